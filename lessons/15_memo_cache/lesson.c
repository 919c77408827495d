/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct result);
}

/* slow(x) without the steps: x times the power of the multiplier, by squaring. */
static uint64_t expected(uint64_t x, uint64_t steps)
{
	uint64_t value = x % PRIME;

	for (uint64_t power = MULTIPLIER; steps > 0; steps /= 2, power = power * power % PRIME)
		if (steps % 2 > 0)
			value = value * power % PRIME;
	return value;
}

/* The calls [begin, end) have the same key.  How many of them computed? */
static uint64_t count_computed(const struct result *result, uint64_t begin, uint64_t end)
{
	uint64_t computed = 0;

	for (uint64_t k = begin; k < end; k++)
		computed += result[k].outcome != MEMO_READ;
	return computed;
}

static bool is_right(const struct task *t, const struct result *result, uint64_t k, FILE *why)
{
	const uint64_t x = k / t->param[CALLS_PER_KEY] + 1, right = expected(x, t->param[SPIN]);

	if (result[k].value != right)
		fprintf(why, "call %" PRIu64 ": expected slow(%" PRIu64 ") = %" PRIu64 ", found %" PRIu64, k, x, right,
			result[k].value);
	else if (result[k].outcome != MEMO_READ && result[k].outcome != MEMO_COMPUTED)
		fprintf(why, "call %" PRIu64 ": slow(%" PRIu64 ") could not be kept", k, x);
	else
		return true;
	return false;
}

/* Every value is right, and every key that was not there was computed once, the others never. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const uint64_t calls = t->param[CALLS_PER_KEY];
	const struct result *result = answer;

	for (uint64_t k = 0; k < t->n; k++)
		if (!is_right(t, result, k, why))
			return false;
	for (uint64_t key = 0; key < count_keys(t); key++) {
		const uint64_t begin = key * calls, end = begin + calls < t->n ? begin + calls : t->n;
		const uint64_t computed = count_computed(result, begin, end), once = is_kept(t, key) ? 0 : 1;
		if (computed != once) {
			fprintf(why, "slow(%" PRIu64 "): expected that %" PRIu64 " of %" PRIu64 " calls compute, "
				"found %" PRIu64, key + 1, once, end - begin, computed);
			return false;
		}
	}
	return true;
}

/* A line for each argument.  Which of its calls computed depends on chance, how many do not. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const uint64_t calls = t->param[CALLS_PER_KEY];
	const struct result *result = answer;

	for (uint64_t begin = 0; begin < t->n; begin += calls) {
		const uint64_t end = begin + calls < t->n ? begin + calls : t->n;
		const uint64_t computed = count_computed(result, begin, end);
		fprintf(out, "slow(%" PRIu64 ") = %" PRIu64 ": computed %" PRIu64 ", read %" PRIu64 "\n",
			begin / calls + 1,
			result[begin].value, computed, end - begin - computed);
	}
}

const struct lesson lesson = {
	.title = "Memo cache: computed once, kept on disk",
	.unit = "call",
	.source = "D2: joblib.Memory(\"cachedir\"): the first call computes, the second reads the stored result",
	.question = "How can many workers share results on disk, so that none is computed twice "
		"and none is ever read half-written?",
	.n = 1000, .n_max = 16384,
	.params = {
		{ "calls_per_key", "call", 2, 1, 1000000, "calls with the same argument, at nearly the same time",
			.sweep = "1,2,16" },
		{ "hit_percent", "percent", 0, 0, 100, "keys that are in the cache before the clock starts",
			.sweep = "0,100" },
		{ "spin", "step", 20000, 0, 1000000000, "steps of the function: what there is to be saved" },
	},
	.examples = {
		{ "D2", 2, 1, { 2, 0, 10000 }, "slow(1) = 399268537: computed 1, read 1\n" },
		{ "D2", 8, 4, { 4, 50, 10000 }, "slow(1) = 399268537: computed 1, read 3\n"
			"slow(2) = 798537074: computed 0, read 4\n" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork_pool", "openmp" },
	.charts = {
		"sweep calls_per_key", "sweep hit_percent", "speedup", "time", "timeline", "serial_share", "spread",
	},
};
