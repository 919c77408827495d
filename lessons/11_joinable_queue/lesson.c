/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

static uint64_t expected_joins(const struct task *t)
{
	return t->n / t->param[BATCH] + (t->n % t->param[BATCH] > 0);
}

/* Without a multiplication: from k^2 to (k + 1)^2 it is 2k + 1. */
static bool all_done(const struct task *t, const struct ledger *ledger, FILE *why)
{
	uint64_t square = 0;

	for (uint64_t k = 0; k < t->n; square += k + k + 1, k++) {
		const struct entry *entry = &ledger->entry[k];
		if (entry->times != 1 || entry->square != square) {
			fprintf(why, "item %" PRIu64 ": expected to be done once, with %" PRIu64 ", found %" PRIu32
				" times and %" PRIu64, k, square, entry->times, entry->square);
			return false;
		}
	}
	return true;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct ledger *ledger = answer;

	if (!all_done(t, ledger, why))
		return false;
	if (ledger->early > 0 || ledger->joins != expected_joins(t))
		fprintf(why, "expected %" PRIu64 " joins, found %" PRIu64 ", and %" PRIu64 " items not done by then",
			expected_joins(t), ledger->joins, ledger->early);
	else
		fprintf(why, "task_done() of nothing: expected %d, found %" PRId64, -EINVAL, ledger->once_more);
	return ledger->early == 0 && ledger->joins == expected_joins(t) && ledger->once_more == -EINVAL;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct ledger *ledger = answer;
	uint64_t done = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		if (ledger->entry[k].times > 0)
			fprintf(out, "%" PRIu64 "\n", k);
		done += ledger->entry[k].times;
	}
	fprintf(out, "all %" PRIu64 " are done\n", done);
	if (ledger->once_more == -EINVAL)
		fputs("ValueError: task_done() called too many times\n", out);
}

static size_t answer_bytes(const struct task *t)
{
	return ledger_bytes(t);
}

/* Every item goes to a consumer. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * sizeof(uint64_t);
}

const struct lesson lesson = {
	.title = "Joinable queue: when is everything done, and not only taken",
	.unit = "item",
	.source = "D4: JoinableQueue(10), 20 items, task_done() after each, join(); the consumer is a daemon",
	.question = "An empty queue means that every item was taken. How does one learn that every item is done?",
	.n = 10000, .n_max = 1 << 22,  /* 64 MiB of entries */
	.base_ms = 1,  /* waiting for one another takes tens of times as long as the calls alone */
	.params = {
		{ "capacity", "item", 10, 1, 100000, "how many the queue holds" },
		{ "batch", "item", 20, 1, UINT32_MAX, "items put before each join()", .sweep = "1,5,20,100,1000" },
		{ "work_us", "us", 0, 0, 1000000, "the consumer's sleep over each item", .grain = true },
	},
	.examples = {
		{ "D4", 20, 1, { 10, 20, 1000 }, "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"
			"10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n"
			"all 20 are done\nValueError: task_done() called too many times\n" },
	},
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork_pool", "robust", "openmp" },
	.charts = { "sweep batch", "time", "speedup", "contention", "timeline", "granularity", "spread" },
};
