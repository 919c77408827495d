/* SPDX-License-Identifier: MIT */
/* wrong_private.c -- rung 3, "expected": the desks are memory that each process has for itself. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct desks {
	struct table table[MAX_WORKERS];
	char frequent[];        /* by the number of the chunk */
};

_Noreturn static void work(const struct task *t, unsigned worker, struct desks *desks, pid_t parent)
{
	const struct range mine = split(chunks_of(t), t->workers, worker);
	struct table table = { { 0 } };

	die_with(parent);
	worker_enter(worker);
	for (uint64_t i = mine.begin; i < mine.end; i++) {
		struct table chunk = count_chunk(t, i);
		desks->frequent[i] = most_frequent(&chunk);
		add_table(&table, &chunk);
	}
	desks->table[worker] = table;  /* once: desks share cache lines */
	worker_leave(worker);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	const size_t bytes = sizeof(struct desks) + chunks_of(t);
	const pid_t parent = getpid();
	struct desks *desks = calloc(1, bytes);
	struct counts *counts = answer;

	if (!desks)
		die("no memory for %zu bytes", bytes);
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, desks, parent);
	reap(t->workers);  /* before anything is read */
	counts->table = (struct table){ { 0 } };
	for (unsigned i = 0; i < t->workers; i++)
		add_table(&counts->table, &desks->table[i]);
	memcpy(counts->frequent, desks->frequent, chunks_of(t));
	free(desks);
}

const struct variant variant = { .idea = "wrong: desks in private memory", .solve = solve };
