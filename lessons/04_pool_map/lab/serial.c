/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker, one table: the time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	struct counts *counts = answer;

	worker_enter(0);
	counts->table = (struct table){ { 0 } };
	for (uint64_t i = 0; i < chunks_of(t); i++) {
		struct table chunk = count_chunk(t, i);
		counts->frequent[i] = most_frequent(&chunk);
		add_table(&counts->table, &chunk);
	}
	worker_leave(0);
}

const struct variant variant = { .idea = "one worker: the time to beat", .solve = solve };
