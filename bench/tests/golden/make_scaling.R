# SPDX-License-Identifier: MIT
# make_scaling.R -- R's answers for bench/tests/test_scaling.c:   Rscript make_scaling.R > scaling.txt
#
#   line N P... E... WEIGHT... A B        lm(E ~ P, weights = WEIGHT); where that makes A or B negative, the better of
#                                         lm(E ~ 1) and lm(E ~ 0 + P), themselves not below 0

set.seed(20240608)

put <- function(...) cat(..., "\n", sep = " ")
num <- function(x) paste(sprintf("%.15g", x), collapse = " ")

fit <- function(p, e, w) {
	ab <- unname(coef(lm(e ~ p, weights = w)))
	if (all(ab >= 0)) return(ab)
	edges <- list(c(max(0, coef(lm(e ~ 1, weights = w))), 0), c(0, max(0, coef(lm(e ~ 0 + p, weights = w)))))
	squares <- sapply(edges, function(ab) sum(w * (e - ab[1] - ab[2] * p)^2))
	edges[[which.min(squares)]]
}

line <- function(a, b, n) {
	p <- sort(sample(2:64, n))
	w <- signif(rexp(n, 1e-4), 6)
	e <- signif(a + b * p + rnorm(n, 0, 0.01), 9)
	put("line", n, num(p), num(e), num(w), num(fit(p, e, w)))
}

for (n in c(2, 3, 6, 10, 20)) for (i in 1:4) {
	line(0.05, 0.001, n)
	line(0.05, 0, n)
	line(0.05, -0.002, n)
	line(-0.05, 0.002, n)
	line(-0.05, -0.001, n)
	line(0, 0, n)
}
