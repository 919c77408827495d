/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker: when its queue is empty nobody has a page in hand, so all is done.  The time to beat. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t *queue = calloc(t->n + 1, sizeof *queue), head = 0, tail = 0;
	bool *seen = calloc(t->n + 1, sizeof *seen);
	struct page page;

	if (!queue || !seen)
		die("no memory for a queue of all pages: choose a smaller n");
	worker_enter(0);
	memset(answer, 0, t->n * sizeof(struct visit));
	if (t->n > 0 && is_new(seen, 0))
		queue[tail++] = 0;
	while (head < tail) {
		uint64_t k = queue[head++];
		fetch(t, k, &page);
		record(answer, k, &page);
		for (unsigned l = 0; l < page.links; l++)
			if (is_new(seen, page.link[l]))
				queue[tail++] = page.link[l];
	}
	worker_leave(0);
	free(queue);
	free(seen);
}

const struct variant variant = { .idea = "one worker: the time to beat", .solve = solve };
