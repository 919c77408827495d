# SPDX-License-Identifier: MIT
# make_stats.R -- R's answers for bench/tests/test_stats.c:   Rscript make_stats.R > stats.txt
#
#   data NAME N X...                      a sample; the lines after it are about it
#   median VALUE
#   quantile Q VALUE                      quantile(x, Q, type = 7)
#   rank CONFIDENCE LOW HIGH ACTUAL       interval of the median, from qbinom and pbinom
#   hl CONFIDENCE CENTRE LOW HIGH         wilcox.test(x, conf.int = TRUE, exact = TRUE, conf.level = CONFIDENCE)
#   k N CONFIDENCE K ACTUAL               from qsignrank and psignrank
#   groups LOW WITHIN                     the best cut into two, every cut tried
#   versus N Y...                         a second sample, compared with the one in data
#   shift CONFIDENCE SHIFT LOW HIGH ACTUAL        wilcox.test(x, y, conf.int = TRUE, exact = TRUE), and pwilcox
#   proportion HITS N CONFIDENCE LOW HIGH         binom.test(HITS, N)
#
# For samples with ties or zeros wilcox.test() gives a normal approximation; their hl lines are the order statistics
# that it takes without them.

set.seed(20240607)

put <- function(...) cat(..., "\n", sep = " ")
num <- function(x) paste(sprintf("%.15g", x), collapse = " ")

draw <- list(
	normal = function(n) rnorm(n, 0.6, 0.05),
	lognormal = function(n) rlnorm(n, -1, 0.8) - 0.3,
	cauchy = function(n) rt(n, 1) * 0.01,
	shifted = function(n) 1e6 + runif(n, 0, 1000))

# Nine digits keep the file small; redrawn until no tie is left.
sample_of <- function(kind, n) repeat {
	x <- signif(draw[[kind]](n), 9)
	if (!any(duplicated(abs(x))) && all(x != 0)) return(x)
}

order_statistics <- function(x, level) {
	walsh <- outer(x, x, "+") / 2
	walsh <- sort(walsh[!lower.tri(walsh)])
	k <- qsignrank((1 - level) / 2, length(x))
	c(median(walsh), walsh[k], walsh[length(walsh) + 1 - k])
}

by_wilcox <- function(x, level) {
	w <- wilcox.test(x, conf.int = TRUE, exact = TRUE, conf.level = level)
	c(w$estimate, w$conf.int)
}

answers <- function(name, x, hl = by_wilcox) {
	n <- length(x)
	put("data", name, n, num(x))
	put("median", num(median(x)))
	for (q in c(0, 0.1, 0.25, 0.9, 1)) put("quantile", q, num(quantile(x, q, type = 7)))
	for (level in if (n >= 8) c(0.9, 0.95, 0.99) else 0.95) {
		k <- qbinom((1 - level) / 2, n, 0.5)
		s <- sort(x)
		put("rank", level, num(c(s[k], s[n + 1 - k], 1 - 2 * pbinom(k - 1, n, 0.5))))
		put("hl", level, num(hl(x, level)))
	}
}

kinds <- names(draw)
for (n in 6:60) answers(kinds[n %% 4 + 1], sample_of(kinds[n %% 4 + 1], n))
for (kind in kinds) for (n in c(6, 7, 10, 15, 31)) answers(kind, sample_of(kind, n))
answers("normal", sample_of("normal", 200))
answers("ties", c(1, 1, 1, 2, 2, 3, 3, 3, 3, 4), order_statistics)
answers("zeros", c(0, 0, 0, -1, 1, 0, 2, 0, -2, 0, 0.5), order_statistics)
answers("equal", rep(0.25, 12), order_statistics)

for (n in c(6:60, 100, 200, 300)) for (level in c(0.9, 0.95, 0.99)) {
	k <- qsignrank((1 - level) / 2, n)
	if (k > 0) put("k", n, level, k, num(1 - 2 * psignrank(k - 1, n)))
}

# ---- two samples, two groups, proportions; below, so that what stands above keeps its random numbers ----

shift_statistics <- function(x, y, level) {
	d <- sort(outer(x, y, "-"))
	k <- qwilcox((1 - level) / 2, length(x), length(y))
	c(median(d), d[k], d[length(d) + 1 - k])
}

by_wilcox_2 <- function(x, y, level) {
	w <- wilcox.test(x, y, conf.int = TRUE, exact = TRUE, conf.level = level)
	c(w$estimate, w$conf.int)
}

compare <- function(name, x, y, shift = by_wilcox_2, levels = c(0.9, 0.95, 0.99)) {
	nx <- length(x)
	ny <- length(y)
	put("data", name, nx, num(x))
	put("versus", ny, num(y))
	for (level in levels) {
		k <- qwilcox((1 - level) / 2, nx, ny)
		if (k > 0) put("shift", level, num(c(shift(x, y, level), 1 - 2 * pwilcox(k - 1, nx, ny))))
	}
}

pairs <- list(c(3, 5), c(4, 4), c(5, 3), c(1, 40), c(6, 6), c(7, 12), c(12, 7), c(10, 10), c(20, 31), c(2, 60),
	c(60, 60))
for (p in pairs) for (kind in kinds) repeat {
	x <- sample_of(kind, p[1])
	y <- sample_of(kind, p[2])
	if (any(duplicated(c(x, y)))) next
	compare(kind, x, y)
	break
}
compare("large", sample_of("normal", 120), sample_of("normal", 90), shift_statistics)
compare("ties", c(1, 1, 1, 2, 2, 3, 3, 3, 3, 4), c(0, 1, 1, 2, 2, 2, 3), shift_statistics)

groups <- function(name, x) {
	n <- length(x)
	s <- sort(x) - mean(x)
	squares <- function(v) sum((v - mean(v))^2)
	within <- sapply(seq_len(n - 1), function(g) squares(s[1:g]) + squares(s[(g + 1):n]))
	put("data", name, n, num(x))
	put("groups", which.min(within), num(min(within) / squares(s)))
}

for (kind in kinds) for (n in c(2, 3, 5, 10, 23, 60)) groups(kind, sample_of(kind, n))
for (n in c(10, 40))
	groups("bimodal", signif(1e6 + c(sample_of("normal", n), 2 + sample_of("normal", 2 * n)), 12))

trials <- list(c(0, 1), c(1, 1), c(0, 100), c(100, 100), c(1, 2), c(3, 10), c(7, 10), c(5, 100), c(50, 100), c(99, 100),
	c(8, 1000), c(500, 1000), c(1, 1e6), c(26000, 1e6), c(500000, 1e6), c(999999, 1e6))
for (t in trials) for (level in c(0.5, 0.9, 0.95, 0.99))
	put("proportion", sprintf("%d", t), level, num(binom.test(t[1], t[2], conf.level = level)$conf.int))
