/* SPDX-License-Identifier: MIT */
/* caller.h -- the caller's side of a future, the same whether threads or processes do the work. */
#include "bench/check.h"
#include "kernel.h"

#include <stdatomic.h>

/* D0's callbacks write down who is done.  Global because a callback has room for one argument: the task's number. */
static struct log {
	uint64_t *order;
	_Atomic uint64_t length;        /* a late callback runs in our thread, all others in the executor's */
	sem_t called;                   /* once per callback */
} completions;

static inline int log_completion(struct future *future, void *k)
{
	(void)future;
	completions.order[atomic_fetch_add(&completions.length, 1)] = (uintptr_t)k;
	sem_post(&completions.called);
	return 0;
}

static inline struct future *submit(struct executor *executor, future_task *task, uint64_t k)
{
	struct future *future = executor_submit(executor, task, &k, sizeof k, sizeof(uint64_t));

	if (!future)
		die("task %" PRIu64 " was not taken: %s %s", k, strerror(errno), executor_error(executor));
	return future;
}

static inline int wait_at_gate(const void *argument, void *result)
{
	(void)argument, (void)result;
	sleep_until(&async_bell->gate);
	return 0;
}

/* Cancels the task while it is certainly pending: a worker that waits at the gate takes nothing else. */
static inline struct future *submit_and_cancel(struct executor *executor, unsigned workers, uint64_t k,
	struct future *at_gate[])
{
	for (unsigned i = 0; i < workers; i++)
		at_gate[i] = submit(executor, wait_at_gate, 0);
	struct future *future = submit(executor, work, k);
	if (!future_cancel(future))
		die("task %" PRIu64 " began before it could be cancelled", k);
	ring(&async_bell->gate, workers);
	return future;
}

static inline void collect(const struct task *t, uint64_t k, struct future *future, struct outcome *outcome)
{
	uint64_t value = 0;
	int error = future_get(future, patience_ms(k), &value);

	if (error < 0 && error != -ETIMEDOUT && error != -ECANCELED)
		die("task %" PRIu64 ": %s", k, future_cause(future)->words);
	note(outcome, error, value, future_cause(future));
	if (error == -ETIMEDOUT) {  /* only we have given up: the task sleeps on, and keeps its worker */
		ring(&async_bell->alarm, 1);
		future_wait(future, FOREVER);
	}
	if (t->param[PICTURES])
		sleep_until(&completions.called);  /* as many as tasks, whichever they are for */
	future_free(future);
}

/* Task k is submitted as soon as task k - in_flight has been collected; futures lie in a ring. */
static inline void submit_and_collect(struct executor *executor, const struct task *t, void *answer)
{
	const uint64_t in_flight = t->param[IN_FLIGHT];
	struct future *flight[MOST_IN_FLIGHT], *at_gate[MAX_WORKERS];

	completions.order = order(t, answer);
	completions.length = 0;
	for (uint64_t k = 0; k < t->n + in_flight; k++) {
		struct future **place = &flight[k % in_flight];
		if (k >= in_flight && k - in_flight < t->n)
			collect(t, k - in_flight, *place, outcomes(answer) + k - in_flight);
		if (k >= t->n)
			continue;
		if (k + 1 == t->param[CANCELLED])
			*place = submit_and_cancel(executor, t->workers, k, at_gate);
		else
			*place = submit(executor, work, k);
		if (t->param[PICTURES])
			OK(future_add_done_callback(*place, log_completion, (void *)(uintptr_t)k));
	}
	const bool was_gate = t->param[CANCELLED] > 0 && t->param[CANCELLED] <= t->n;
	for (unsigned i = 0; was_gate && i < t->workers; i++) {
		future_wait(at_gate[i], FOREVER);
		future_free(at_gate[i]);
	}
}
