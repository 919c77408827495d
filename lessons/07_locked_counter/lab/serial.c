/* SPDX-License-Identifier: MIT */
/* serial.c -- one clerk, who needs no locks: the time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static uint64_t audit(const struct task *t, const uint64_t *balance)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < t->param[ACCOUNTS]; i++)
		sum += balance[i];
	return sum;
}

static void solve(const struct task *t, void *answer)
{
	struct books *b = answer;

	worker_enter(0);
	for (unsigned i = 0; i < MOST_ACCOUNTS; i++)
		b->balance[i] = i < t->param[ACCOUNTS] ? OPENING_BALANCE : 0;
	for (uint64_t k = 0; k < t->n; k++) {
		struct transfer order = transfer_of(t, k);
		b->outcome[k] = is_audit(k) ? audit(t, b->balance)
			: move(t, &b->balance[order.payer], &b->balance[order.payee], order.amount);
	}
	worker_leave(0);
}

const struct variant variant = { .idea = "one clerk, no locks: the time to beat", .solve = solve };
