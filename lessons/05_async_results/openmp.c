/* SPDX-License-Identifier: MIT */
/* openmp.c -- the runtime has tasks, but no handle of them: what makes a future of one is ours to add.
 *
 * Thread 0 is the caller; the others wait for it at the barrier, and run tasks while they do.
 */
#include "bench/check.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>
#include <stdatomic.h>

/* A task may begin, or be cancelled, and not both: whoever changes `waiting` first has it. */
struct promise {
	uint64_t k, value;
	struct cause cause;
	_Atomic bool waiting;
	bool cancelled;
	sem_t done;
};

/* What tasks find their promise by; global because a task is handed nothing: what it captures, the runtime keeps in
 * memory that it gives to the next task, unseen by ThreadSanitizer. */
static struct {
	struct promise *ring;
	uint64_t in_flight, *order;     /* order: of D0's pictures, as they are done; or NULL */
	_Atomic uint64_t begun;         /* tasks: the i-th to begin keeps the i-th promise, which was made before it */
	uint64_t completed;
} all;

static void keep(void)
{
	struct promise *promise = &all.ring[atomic_fetch_add(&all.begun, 1) % all.in_flight];

	if (atomic_exchange(&promise->waiting, false))
		future_call(work, &promise->k, &promise->value, &promise->cause);
	if (all.order) {
		#pragma omp critical
		all.order[all.completed++] = promise->k;
	}
	SYS(sem_post(&promise->done));
}

static void submit(const struct task *t, uint64_t k, struct promise *promise)
{
	promise->k = k;
	promise->waiting = true;
	/* Before the runtime hears of it: afterwards, chance would decide whether it had begun. */
	promise->cancelled = k + 1 == t->param[CANCELLED] && atomic_exchange(&promise->waiting, false);
	#pragma omp task
	keep();
}

/* The runtime's own wait, taskwait, knows no deadline. */
static bool is_done_within(struct promise *promise, int timeout_ms)
{
	struct timespec deadline;

	SYS(clock_gettime(CLOCK_MONOTONIC, &deadline));
	deadline.tv_nsec += timeout_ms * 1000000L;
	deadline.tv_sec += deadline.tv_nsec / 1000000000;
	deadline.tv_nsec %= 1000000000;
	return sem_clockwait(&promise->done, CLOCK_MONOTONIC, &deadline) == 0;
}

static void collect(uint64_t k, struct promise *promise, struct outcome *outcome)
{
	int error = 0;

	if (promise->cancelled || patience_ms(k) == FOREVER) {
		sleep_until(&promise->done);
	} else if (!is_done_within(promise, patience_ms(k))) {
		error = -ETIMEDOUT;  /* only we have given up: the task sleeps on, and keeps its thread */
		ring(&async_bell->alarm, 1);
		sleep_until(&promise->done);
	}
	if (!error)
		error = promise->cancelled ? -ECANCELED : promise->cause.number;
	note(outcome, error, promise->value, &promise->cause);
}

/* Task k is submitted as soon as task k - in_flight has been collected; promises lie in a ring. */
static void submit_and_collect(const struct task *t, void *answer)
{
	const uint64_t in_flight = t->param[IN_FLIGHT];
	struct promise promise[MOST_IN_FLIGHT];

	all.ring = promise;
	all.in_flight = in_flight;
	all.order = t->param[PICTURES] ? order(t, answer) : NULL;
	all.begun = all.completed = 0;
	for (uint64_t i = 0; i < in_flight; i++)
		SYS(sem_init(&promise[i].done, 0, 0));
	for (uint64_t k = 0; k < t->n + in_flight; k++) {
		struct promise *place = &promise[k % in_flight];
		if (k >= in_flight && k - in_flight < t->n)
			collect(k - in_flight, place, outcomes(answer) + k - in_flight);
		if (k < t->n)
			submit(t, k, place);
	}
	for (uint64_t i = 0; i < in_flight; i++)
		SYS(sem_destroy(&promise[i].done));
}

static void solve(const struct task *t, void *answer)
{
	#pragma omp parallel num_threads(t->workers + 1)
	{
		if (omp_get_num_threads() < 2)  /* OpenMP may give fewer: then nobody is there to run a task */
			die("openmp.c: no thread beside the caller: see OMP_THREAD_LIMIT, OMP_DYNAMIC");
		const unsigned thread = (unsigned)omp_get_thread_num();
		if (thread > 0)
			worker_enter(thread - 1);
		else
			submit_and_collect(t, answer);
		#pragma omp barrier
		if (thread > 0)
			worker_leave(thread - 1);
	}
}

const struct variant variant = { .idea = "tasks of the runtime: the future is ours to add", .solve = solve };
