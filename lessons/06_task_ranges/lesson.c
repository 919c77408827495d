/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return tasks_of(t) * sizeof(struct result);
}

/* Each number's steps at once, by multiplication. */
static uint64_t expected_sum(const struct task *t, uint64_t first, uint64_t last)
{
	uint64_t sum = 0;

	for (uint64_t x = first; x <= last; x++)
		sum += x * steps_of(t, x);
	return sum;
}

/* Tasks that one worker had to take in one go, when task i is the first that nobody has. */
static struct range right_share(const struct task *t, uint64_t i, unsigned worker)
{
	const uint64_t left = tasks_of(t) - i;

	if (t->param[SCHEDULE] == STATIC)
		return split(tasks_of(t), t->workers, worker);
	if (t->param[SCHEDULE] == GUIDED)
		return (struct range){ i, i + (left + t->workers - 1) / t->workers };
	return (struct range){ i, i + 1 };
}

static bool is_right_share(const struct task *t, const struct result *results, uint64_t i, FILE *why)
{
	const struct range right = right_share(t, i, results[i].worker);

	if (right.begin == i && results[i].taken == right.end - i) {
		while (++i < right.end)
			if (results[i].worker != results[i - 1].worker || results[i].taken != results[i - 1].taken)
				break;
		if (i == right.end)
			return true;
	}
	fprintf(why, "task %" PRIu64 ": worker %" PRIu32 " took it among %" PRIu32 ", expected tasks %" PRIu64
		"..%" PRIu64 " in one go", i, results[i].worker, results[i].taken, right.begin, right.end - 1);
	return false;
}

/* Who did what, as far as the schedule says.  A runtime that deals does not tell in what portions (taken is 0): then we
 * know of static only that equal shares go to the workers in their order. */
static bool right_workers(const struct task *t, const struct result *results, FILE *why)
{
	const uint64_t tasks = tasks_of(t);

	for (uint64_t i = 0; i < tasks; i += results[i].taken > 0 ? results[i].taken : 1) {
		if (results[i].worker >= t->workers) {
			fprintf(why, "task %" PRIu64 ": there is no worker %" PRIu32, i, results[i].worker);
			return false;
		}
		if (results[i].taken > 0 && !is_right_share(t, results, i, why))
			return false;
		if (t->param[SCHEDULE] == STATIC && i > 0 && results[i].worker < results[i - 1].worker) {
			fprintf(why, "task %" PRIu64 ": static, and yet it went back to worker %" PRIu32, i,
				results[i].worker);
			return false;
		}
	}
	return true;
}

/* The ranges must lie end to end, from 0 to n - 1. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct result *results = answer;
	const uint64_t tasks = tasks_of(t);
	uint64_t first = 0;

	for (uint64_t i = 0; i < tasks; i++) {
		uint64_t last = i + 1 < tasks ? first + t->n / tasks - 1 : t->n - 1;
		uint64_t sum = expected_sum(t, first, last);
		if (results[i].first != first || results[i].last != last || results[i].sum != sum) {
			fprintf(why, "task %" PRIu64 ": expected (%" PRIu64 ", %" PRIu64 ") and a sum of %" PRIu64
				", found (%" PRIu64 ", %" PRIu64 ") and %" PRIu64, i, first, last, sum,
				results[i].first, results[i].last, results[i].sum);
			return false;
		}
		first = last + 1;
	}
	return right_workers(t, results, why);
}

/* As Python prints a list of pairs. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct result *results = answer;

	fputc('[', out);
	for (uint64_t i = 0; i < tasks_of(t); i++)
		fprintf(out, "%s(%" PRIu64 ", %" PRIu64 ")", i > 0 ? ", " : "", results[i].first, results[i].last);
	fputs("]\n", out);
}

/* What every task has found out. */
static uint64_t crossed_bytes(const struct task *t)
{
	return tasks_of(t) * sizeof(struct result);
}

#define D1_RANGES \
	"[(0, 199), (200, 399), (400, 599), (600, 799), (800, 999), (1000, 1199), (1200, 1399), (1400, 1599), " \
	"(1600, 1799), (1800, 1999), (2000, 2199), (2200, 2399), (2400, 2599), (2600, 2799), (2800, 2999), " \
	"(3000, 3199), (3200, 3399), (3400, 3599), (3600, 3799), (3800, 3999), (4000, 4199), (4200, 4399), " \
	"(4400, 4599), (4600, 4799), (4800, 4999), (5000, 5199), (5200, 5399), (5400, 5599), (5600, 5799), " \
	"(5800, 5999), (6000, 6199), (6200, 6399), (6400, 6599), (6600, 6799), (6800, 6999), (7000, 7199), " \
	"(7200, 7399), (7400, 7599), (7600, 7799), (7800, 7999), (8000, 8199), (8200, 8399), (8400, 8599), " \
	"(8600, 8799), (8800, 8999), (9000, 9199), (9200, 9399), (9400, 9599), (9600, 9799), (9800, 10000)]\n"

const struct lesson lesson = {
	.title = "Task ranges: uneven work, dealt out",
	.unit = "number",
	.source = "D1: 0..10000 cut into 50 inclusive ranges, one apply_async each, as many processes as tasks",
	.question = "Who gets which tasks, when nobody knows beforehand how long each will take?",
	.crowds = true,
	.n = 250000, .n_max = 1 << 22,  /* times 4 * 65536 steps, added up: below 2^64 */
	.params = {
		{ "tasks", "task", 50, 1, 65536, .about = "ranges to cut the numbers into; never more than numbers" },
		{ "schedule", "way", DYNAMIC, STATIC, GUIDED, .about = "who does which: 0 static, 1 dynamic, 2 guided",
			.sweep = "0,1,2" },
		{ "skew", "power", 2, 0, 3, .about = "number x is as dear as x^skew; 0: all alike", .sweep = "0,2" },
		{ "spin", "step", 1000, 0, 65536, .about = "steps per number, on average" },
	},
	.examples = {
		{ "D1", 10001, 50, { 50, DYNAMIC, 0, 1 }, D1_RANGES },
	},
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork_pool", "openmp" },
	.charts = {
		"timeline schedule=0", "timeline", "sweep schedule", "sweep skew", "speedup", "time", "efficiency",
		"spread",
	},
};
