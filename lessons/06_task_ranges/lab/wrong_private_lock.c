/* SPDX-License-Identifier: MIT */
/* wrong_private_lock.c -- rung 7, "one process alone": a lock in shared memory that was not made to be shared. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

/* In shared memory, made before the workers are: white paper, and row 0 is the next. */
struct board {
	pthread_mutex_t lock;   /* guards next */
	uint64_t next;
	uint32_t picture[];
};

static uint64_t take(struct board *board)
{
	OK(pthread_mutex_lock(&board->lock));
	uint64_t row = take_row(&board->next);
	OK(pthread_mutex_unlock(&board->lock));
	return row;
}

_Noreturn static void work(const struct task *t, unsigned worker, struct board *board, pid_t parent)
{
	die_with(parent);
	worker_enter(worker);
	for (uint64_t row; row = take(board), row < t->n;)
		draw_row(t, row, board->picture);
	worker_leave(worker);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	const size_t bytes = sizeof(struct board) + picture_bytes(t);
	const pid_t parent = getpid();
	struct board *board = shared_make(bytes);

	OK(pthread_mutex_init(&board->lock, NULL));
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, board, parent);
	reap(t->workers);
	memcpy(answer, board->picture, picture_bytes(t));
	shared_free(board, bytes);
}

const struct variant variant = { .idea = "wrong: a lock for threads between processes", .solve = solve };
