/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include "bench/check.h"

#include <inttypes.h>
#include <stdlib.h>

uint64_t square_spin;

static void *prepare(const struct task *t)
{
	uint64_t *items = malloc((t->n + 1) * sizeof *items);  /* + 1: malloc(0) may return NULL */

	if (!items)
		die("no memory for %" PRIu64 " items: choose a smaller n", t->n);
	for (uint64_t i = 0; i < t->n; i++)
		items[i] = t->param[FIRST] + i;
	square_spin = t->param[SPIN];
	return items;
}

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(uint64_t);
}

/* Without a multiplication: from x^2 to (x + 1)^2 it is 2x + 1, so squares are sums of odd numbers. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const uint64_t *found = answer;
	uint64_t x = 0, right = 0;

	for (; x < t->param[FIRST]; x++)
		right += x + x + 1;
	for (uint64_t i = 0; i < t->n; i++, right += x + x + 1, x++)
		if (found[i] != right) {
			fprintf(why, "result %" PRIu64 ": expected %" PRIu64 ", found %" PRIu64, i, right, found[i]);
			return false;
		}
	return true;
}

/* As Python prints a list. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const uint64_t *result = answer;

	fputc('[', out);
	for (uint64_t i = 0; i < t->n; i++)
		fprintf(out, "%s%" PRIu64, i > 0 ? ", " : "", result[i]);
	fputs("]\n", out);
}

/* Every item goes to a worker, and every result comes back. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * 2 * sizeof(uint64_t);
}

const struct lesson lesson = {
	.title = "Pool.map: one function, many items",
	.unit = "item",
	.source = "x*x: D1: Pool(5) over [1, 2, 3], Pool(4) over range(10); D2: Pool(5), 1..10; D3: Pool(2), range(10)",
	.question = "How do workers that stand ready share a list of items, and how does every result find its place?",
	.n = 100000, .n_max = 2097152,  /* 64 MiB: items and results, once more each in the window of a fork pool */
	.base_ms = 40,
	.params = {
		{ "first", "number", 0, 0, 1000000, "item i is first + i" },
		{ "chunk", "item", 1, 0, UINT32_MAX, "items taken at a time; 0: Python's rule, 4 chunks per worker",
			.sweep = "1,64" },
		{ "spin", "iteration", 1000, 0, 1000000000, "empty loop iterations per item: "
			"without, a task is one product", .grain = true, .sweep = "10,100,1000,10000" },
	},
	.examples = {
		{ "D1", 3, 5, { 1, 1, 0 }, "[1, 4, 9]\n" },
		{ "D1", 10, 4, { 0, 1, 0 }, "[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]\n" },
		{ "D2", 10, 5, { 1, 1, 0 }, "[1, 4, 9, 16, 25, 36, 49, 64, 81, 100]\n" },
		{ "D3", 10, 2, { 0, 1, 0 }, "[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]\n" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "thread_pool", "fork_pool", "fork_pool_unordered", "openmp" },
	.charts = { "speedup", "granularity", "sweep chunk", "time", "efficiency", "timeline", "phases", "spread" },
};
