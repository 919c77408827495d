/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint128);
}

static void print(FILE *out, uint128 value)
{
	char digits[40], *d = digits + sizeof digits;

	*--d = '\0';
	do
		*--d = (char)('0' + (int)(value % 10));
	while (value /= 10);
	fputs(d, out);
}

/* The closed forms, for terms 0..n-1: n(n-1)/2, (n-1)n(2n-1)/6, (n(n-1)/2)^2 (Faulhaber). */
static uint128 expected(const struct task *t)
{
	const struct powers p = wanted(t);
	uint128 n = t->n, line = n ? n * (n - 1) / 2 : 0;
	uint128 square = n ? line * (2 * n - 1) / 3 : 0, cube = line * line;

	return t->param[JOBS] * (p.first * line + p.second * square + p.third * cube);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint128 found = *(const uint128 *)answer, right = expected(t);

	fputs("expected ", why);
	print(why, right);
	fputs(", found ", why);
	print(why, found);
	return found == right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	print(out, *(const uint128 *)answer);
	fputc('\n', out);
}

/* At least: each worker's sum comes home. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->workers * sizeof(uint128);
}

const struct lesson lesson = {
	.title = "Sum of powers: split, work, gather",
	.unit = "term of each job",
	.source = "D3: i + i^2 + i^3 summed by two jobs, as normal, multithread and multicore; D0: i^2 by five tasks",
	.question = "How do p workers share one sum, and how does each bring its part home?",
	.n = 20000000, .n_max = UINT32_MAX,  /* 64 jobs of sums up to n^4 / 4 stay below 2^128 */
	.sizes = "1000,4000,16000,64000,256000",
	.params = {
		{ "jobs", "job", 2, 1, 64, "sums of n terms each, done one after the other by serial" },
		{ "lowest", "power", 1, 1, 3, "lowest power of i in a term" },
		{ "highest", "power", 3, 1, 3, "highest power of i in a term" },
	},
	.examples = {
		{ "D3", 1000000, 2, { 2, 1, 3 }, "499999666667166666000000\n" },
		{ "D3", 1000, 2, { 2, 1, 3 }, "499667166000\n" },
		{ "D0", 1000000, 5, { 1, 2, 2 }, "333332833333500000\n" },  /* what each of its five tasks returns */
	},
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork", "fork_pool", "openmp" },
	.charts = { "speedup", "time", "efficiency", "crossover", "timeline", "phases", "serial_share", "spread" },
};
