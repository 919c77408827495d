/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return t->param[KEYS] * sizeof(uint64_t);
}

/* All steps that were made with this key, in one leap. */
static uint64_t expected(const struct task *t, uint64_t key)
{
	uint64_t steps = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		const struct range r = steps_of_client(t, i);
		for (uint64_t k = r.begin; k < r.end; k++)
			steps += key_of(t, k) == key ? steps_of(k) : 0;
	}
	return lcg_leap(first_value(key), steps);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const uint64_t *value = answer;

	for (uint64_t key = 0; key < t->param[KEYS]; key++)
		if (value[key] != expected(t, key)) {
			fprintf(why, "key %" PRIu64 ": expected the value %016" PRIx64 ", found %016" PRIx64
				": is a step missing, or was one made twice?", key, expected(t, key), value[key]);
			return false;
		}
	return true;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const uint64_t *value = answer;
	uint64_t sum = 0;

	for (uint64_t key = 0; key < t->param[KEYS]; key++)
		sum += value[key];
	fprintf(out, "%" PRIu64 " values, which add up to %016" PRIx64 "\n", t->param[KEYS], sum);
}

/* Of each step, four requests and their replies. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * OPS * (sizeof(struct request) + sizeof(struct reply));
}

const struct lesson lesson = {
	.title = "Lab: key_value",
	.unit = "step",
	.source = "the lab of lesson 13",
	.n = 140, .n_max = 10000000,
	.params = {
		{ "keys", "", 64, 1, MOST_KEYS, "how many values there are, each with a lock" },
		{ "deaths", "", 0, 0, MAX_WORKERS, "clients that die with a lock in their hands" },
	},
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
