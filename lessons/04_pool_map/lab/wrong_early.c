/* SPDX-License-Identifier: MIT */
/* wrong_early.c -- rung 4, "expected": a worker says that it is done before its table is on its desk. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* In shared memory, made before the workers are. */
struct desks {
	_Atomic unsigned done;          /* workers */
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
	atomic_fetch_add(&desks->done, 1);
	add_table(&desks->table[worker], &table);  /* once: desks share cache lines */
	worker_leave(worker);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	const size_t bytes = sizeof(struct desks) + chunks_of(t);
	const pid_t parent = getpid();
	struct desks *desks = shared_make(bytes);
	struct counts *counts = answer;

	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, desks, parent);
	while (atomic_load(&desks->done) < t->workers)
		sched_yield();
	counts->table = (struct table){ { 0 } };
	for (unsigned i = 0; i < t->workers; i++)
		add_table(&counts->table, &desks->table[i]);
	memcpy(counts->frequent, desks->frequent, chunks_of(t));
	reap(t->workers);
	shared_free(desks, bytes);
}

const struct variant variant = { .idea = "wrong: workers say too early that they are done", .solve = solve };
