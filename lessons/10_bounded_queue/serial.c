/* SPDX-License-Identifier: MIT */
/* serial.c -- both roles in one hand: who may not wait asks with a wait of 0, and does the other thing at "full". */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static struct queue *queue;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	queue = make_queue(t);
}

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = answer;
	uint64_t *message = message_room(t), *received = message_room(t), place = 0;

	clear_inbox(t, inbox, 1);
	worker_enter(0);
	for (uint64_t k = 0; k < t->n; k++) {
		make_message(t, message, k);
		while (!put(queue, message, t->param[MESSAGE_BYTES], 0))  /* full: and only we can change that */
			while (get(t, queue, received, 0, place, 0, inbox))
				place++;
	}
	while (get(t, queue, received, 0, place, 0, inbox))
		place++;
	put(queue, NULL, 0, 0);
	get(t, queue, received, 0, place, 0, inbox);  /* the sentinel */
	worker_leave(0);
	free(message);
	free(received);
}

static void stop(const struct task *t)
{
	(void)t;
	queue_free(queue);
}

const struct variant variant = {
	.idea = "one thread in both roles never waits: the time to beat", .start = start, .solve = solve, .stop = stop,
};
