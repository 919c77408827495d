/* SPDX-License-Identifier: MIT */
/* wrong_order.c -- rung 4, "chunk": results are put down in the order in which they come. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <unistd.h>

/* What a worker says of one chunk. */
struct message {
	struct table table;
	char frequent;
};

_Noreturn static void work(const struct task *t, unsigned worker, int home, pid_t parent)
{
	const struct range mine = split(chunks_of(t), t->workers, worker);

	die_with(parent);
	worker_enter(worker);
	for (uint64_t i = mine.begin; i < mine.end; i++) {
		struct message chunk = { .table = count_chunk(t, i) };
		chunk.frequent = most_frequent(&chunk.table);
		SYS(write(home, &chunk, sizeof chunk));  /* < PIPE_BUF: atomic */
	}
	worker_leave(worker);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	const pid_t parent = getpid();
	struct counts *counts = answer;
	struct message chunk;
	int fd[2];

	SYS(pipe(fd));
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, fd[1], parent);
	SYS(close(fd[1]));
	counts->table = (struct table){ { 0 } };
	for (uint64_t i = 0; i < chunks_of(t); i++) {
		if (SYS(read(fd[0], &chunk, sizeof chunk)) != sizeof chunk)
			die("a worker ended before it answered");
		counts->frequent[i] = chunk.frequent;
		add_table(&counts->table, &chunk.table);
	}
	reap(t->workers);
	SYS(close(fd[0]));
}

const struct variant variant = { .idea = "wrong: results as they come", .solve = solve };
