/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <inttypes.h>

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct results *found = answer;
	const uint64_t instructions = instructions_per_step(t);

	for (uint64_t k = 0; k < t->n; k++) {
		uint64_t right = lcg_leap(k, instructions * t->param[SPIN]);
		if (found->value[k] != right) {
			fprintf(why, "step %" PRIu64 ": expected %" PRIu64 ", found %" PRIu64, k, right,
				found->value[k]);
			return false;
		}
	}
	fprintf(why, "expected %" PRIu64 " instructions, found %" PRIu64, t->n * instructions, found->executed);
	return found->executed == t->n * instructions;
}

/* The documents print times alone, which are for the chart; so: what was done. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct results *found = answer;

	fprintf(out, "%" PRIu64 " steps: %" PRIu64 " instructions executed, %" PRIu64 " us waited\n", t->n,
		found->executed, t->n * waiting_us(t));
}

const struct lesson lesson = {
	.title = "The big lock: threads that may not compute side by side",
	.unit = "step",
	.source = "D1, D2, D3: under the interpreter's lock threads overlap waiting, not computing; processes do both",
	.question = "Why do Python's threads speed up waiting and not computing, and what do processes do about it?",
	.n = 120, .n_max = 10000,
	.base_ms = 60,
	.params = {
		{ "cpu_percent", "%", 100, 0, 100, .about = "share of a step that computes; the rest of it waits",
			.sweep = "0,25,50,75,100" },
		{ "step_us", "us", 500, 0, 1000000, .about = "how long a step takes, about" },
		{ "switch_us", "us", 5000, 50, 1000000, .about = "after so long who waits for the lock asks for it" },
		{ "spin", "iteration", 90, 1, 100000, .about = "in an instruction: so many as take a tenth of a us" },
	},
	.examples = {
		{ "D3", 2, 2, { 100, 20000, 5000, 90 }, "2 steps: 400000 instructions executed, 0 us waited\n" },
		{ "D2", 8, 4, { 50, 1000, 5000, 90 }, "8 steps: 40000 instructions executed, 4000 us waited\n" },
		{ "D1", 10, 10, { 0, 1000, 5000, 90 }, "10 steps: 0 instructions executed, 10000 us waited\n" },
	},
	.answer_bytes = results_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "free_threads", "fork_pool", "openmp" },
	.charts = { "sweep cpu_percent amdahl", "time", "speedup", "timeline", "contention", "serial_share", "spread" },
};
