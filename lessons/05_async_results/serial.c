/* SPDX-License-Identifier: MIT */
/* serial.c -- nobody to ask: every task is called at once, and there is nothing to wait for.  The time to beat.
 *
 * Only sleeping can be shared by one alone, who lets all sleep at the same time and calls first whoever wakes first. */
#include "bench/worker.h"
#include "kernel.h"

static int call(const void *argument, void *result)
{
	return compute(*(const uint64_t *)argument, result);
}

static void solve_one(const struct task *t, uint64_t k, struct outcome *outcome)
{
	struct cause cause = { 0 };
	uint64_t value = 0;
	int error;

	if (k + 1 == t->param[CANCELLED]) {
		error = -ECANCELED;
	} else if (k + 1 == t->param[SLEEPER]) {
		wait_ms((uint64_t)patience_ms(k));  /* and not a moment longer */
		error = -ETIMEDOUT;
	} else {
		error = future_call(call, &k, &value, &cause);
	}
	note(outcome, error, value, &cause);
}

static void solve(const struct task *t, void *answer)
{
	const unsigned seconds = t->param[PICTURES] ? LONGEST : 0;
	uint64_t done = 0;

	worker_enter(0);
	for (unsigned second = 0; second <= seconds; second++) {
		if (second > 0)
			wait_ms(t->param[SECOND_MS]);
		for (uint64_t k = 0; k < t->n; k++) {
			if (seconds_of(k) != second)
				continue;
			solve_one(t, k, outcomes(answer) + k);
			if (t->param[PICTURES])
				order(t, answer)[done++] = k;
		}
	}
	worker_leave(0);
}

const struct variant variant = { .idea = "every task called at once: the time to beat", .solve = solve };
