# SPDX-License-Identifier: MIT
# make_stats.R -- R's answers for bench/tests/test_stats.c:   Rscript make_stats.R > stats.txt
#
#   data NAME N X...                      a sample; the lines after it are about it
#   median VALUE
#   quantile Q VALUE                      quantile(x, Q, type = 7)
#   rank CONFIDENCE LOW HIGH ACTUAL       interval of the median, from qbinom and pbinom
#   hl CONFIDENCE CENTRE LOW HIGH         wilcox.test(x, conf.int = TRUE, exact = TRUE, conf.level = CONFIDENCE)
#   k N CONFIDENCE K ACTUAL               from qsignrank and psignrank
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
