/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "bench/check.h"
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

/* The sieve of Eratosthenes: nothing is ever divided. */
static uint64_t expected(uint64_t n)
{
	uint64_t count = 0;
	bool *crossed_out = calloc(n + 1, sizeof *crossed_out);

	if (!crossed_out)
		die("no memory for a sieve of %" PRIu64 " numbers", n);
	for (uint64_t k = 2; k < n; k++) {
		count += !crossed_out[k];
		for (uint64_t multiple = k * k; multiple < n && !crossed_out[k]; multiple += k)
			crossed_out[multiple] = true;
	}
	free(crossed_out);
	return count;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint64_t found = *(const uint64_t *)answer, right = expected(t->n);

	fprintf(why, "expected %" PRIu64 " primes below %" PRIu64 ", found %" PRIu64, right, t->n, found);
	return found == right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%" PRIu64 "\n", *(const uint64_t *)answer);
}

const struct lesson lesson = {
	.title = "Lab: primes",
	.unit = "number",
	.source = "the lab of lesson 02",
	.n = 10000, .n_max = 10000000,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "solution_openmp", "mine", "mine_openmp" },
};
