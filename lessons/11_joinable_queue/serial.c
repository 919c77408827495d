/* SPDX-License-Identifier: MIT */
/* serial.c -- main is its own consumer: it puts until the queue is full, does what is there, and need never wait. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static struct queue *queue;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	queue = make_queue(t);
}

static void do_all(const struct task *t, struct ledger *ledger)
{
	while (consume_one(t, 0, queue, 0, ledger))
		continue;
}

static void solve(const struct task *t, void *answer)
{
	struct ledger *ledger = answer;
	int error;

	memset(ledger, 0, ledger_bytes(t));
	worker_enter(0);
	for (uint64_t begin = 0, end; begin < t->n; begin = end) {
		end = t->n - begin < t->param[BATCH] ? t->n : begin + t->param[BATCH];
		for (uint64_t k = begin; k < end; k++)
			while ((error = queue_put(queue, &k, sizeof k, 0)) == QUEUE_FULL)
				do_all(t, ledger);
		do_all(t, ledger);
		error = queue_join(queue, 0);  /* all is done, so it need not wait */
		if (error)
			die("join: %s", strerror(-error));
		look(ledger, begin, end);
	}
	ledger->once_more = queue_task_done(queue);
	worker_leave(0);
}

static void stop(const struct task *t)
{
	(void)t;
	queue_free(queue);
}

const struct variant variant = {
	.idea = "one thread in both roles never waits: the time to beat", .start = start, .solve = solve, .stop = stop,
};
