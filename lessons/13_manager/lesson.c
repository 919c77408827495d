/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>

static bool right_count(const struct task *t, const struct result *found, FILE *why)
{
	const int64_t right = (int64_t)(t->param[KIND] == DICT ? t->param[START] + t->n : t->n);

	fprintf(why, "expected %s %" PRId64 ", found %" PRId64,
		t->param[KIND] == DICT ? "a count of" : "so many items:", right, found->count);
	if (t->param[KIND] == DICT && found->count < right)
		fprintf(why, ": %" PRId64 " of %" PRIu64 " additions were lost", right - found->count, t->n);
	return found->count == right;
}

/* LIST: clients append in any order, so every number is there once.  LOCK: in order, or two held the lock at once. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct result *found = answer;
	unsigned char *seen;
	bool right = right_count(t, found, why);

	if (!right || t->param[KIND] == DICT)
		return right;
	seen = calloc(t->n + 1, 1);
	if (!seen)
		die("no memory to verify");
	rewind(why);
	for (uint64_t i = 0; i < t->n && right; i++) {
		const uint64_t item = (uint64_t)found->item[i];
		right = t->param[KIND] == LOCK ? item == i : item < t->n && !seen[item]++;
		if (!right)
			fprintf(why, "item %" PRIu64 " of the list is %" PRId64 ", %s", i, found->item[i],
				t->param[KIND] == LOCK ? "not its place: two held the lock at once"
						       : "which is too large or was there before");
	}
	free(seen);
	return right;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* A list is shown in order, for in which order clients append is a matter of chance. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct result *result = answer;
	int64_t *item;

	if (t->param[KIND] == DICT) {
		fprintf(out, "{'count': %" PRId64 "}\n", result->count);
		return;
	}
	item = malloc(t->n * sizeof *item + 1);
	if (!item)
		die("no memory to show the result");
	memcpy(item, result->item, t->n * sizeof *item);
	qsort(item, t->n, sizeof *item, by_value);
	if (t->param[KIND] == LIST)
		fputc('[', out);
	for (uint64_t i = 0; i < t->n; i++)
		if (t->param[KIND] == LIST)
			fprintf(out, "%s%" PRId64, i > 0 ? ", " : "", item[i]);
		else
			fprintf(out, "result is %" PRId64 "\n", item[i]);
	if (t->param[KIND] == LIST)
		fputs("]\n", out);
	free(item);
}

const struct lesson lesson = {
	.title = "Manager: objects in a process of their own",
	.unit = "step",
	.source = "D4: ten processes add 1 to Manager().dict's count, under a lock; D0: five pool tasks append to a "
		"Manager().list; D2: a Manager lock passed to 20 pool tasks",
	.question = "What does it cost to own nothing, and to ask the owner for everything?",
	.n = 2000, .n_max = MANAGER_ITEMS,
	.base_ms = 50,  /* with more clients than cores a step takes longer than alone */
	.waits = true,
	.params = {
		{ "kind", "object", DICT, DICT, KINDS - 1, .about = "0: d['count'] += 1 under a lock; 1: l.append(k); "
			"2: l.append(len(l)) under a lock" },
		{ "start", "count", 0, 0, UINT32_MAX, .about = "what the count holds at first" },
		{ "hold_us", "us", 0, 0, 1000000, .about = "sleep within each step, the lock held if there is one" },
		{ "post", "", 1, 0, 1, .about = "1: calls that have nothing to say back are not waited for; 0: all "
			"are, as in Python", .sweep = "0,1" },
	},
	.examples = {
		{ "D4", 10, 10, { DICT, 10, 0, 0 }, "{'count': 20}\n" },
		{ "D0", 5, 5, { LIST, 0, 0, 0 }, "[0, 1, 2, 3, 4]\n" },
		{ "D2", 20, 5, { LOCK, 0, 5000, 1 },  /* 5 ms under the lock; the document's tasks sleep for 5 s */
			"result is 0\nresult is 1\nresult is 2\nresult is 3\nresult is 4\n"
			"result is 5\nresult is 6\nresult is 7\nresult is 8\nresult is 9\n"
			"result is 10\nresult is 11\nresult is 12\nresult is 13\nresult is 14\n"
			"result is 15\nresult is 16\nresult is 17\nresult is 18\nresult is 19\n" },
	},
	.answer_bytes = result_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "shared", "pthreads", "fork_pool", "openmp" },
	.charts = { "contention", "sweep post", "time", "speedup", "timeline", "phases", "spread" },
};
