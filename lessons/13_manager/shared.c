/* SPDX-License-Identifier: MIT */
/* shared.c -- no server: the same steps by processes that share the memory itself, and a mutex in it. */
#include "kernel.h"

#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

#include <pthread.h>

/* Invariant: while the lock is free, count and item[0..len) hold every step made so far. */
static struct board {
	pthread_mutex_t lock;   /* guards the rest */
	int64_t count;
	uint64_t len;
	int64_t item[];         /* there is room for n: a list that grows would have to move for all at once */
} *board;  /* made before the workers are forked: so it has the same address in all of them */

static struct pool *pool;       /* lives from start() to stop() */
static const struct task *task; /* set before the workers are forked: each has its copy */

static size_t board_bytes(const struct task *t)
{
	return sizeof *board + t->n * sizeof *board->item;
}

static void step_shared(const struct task *t, uint64_t k)
{
	if (t->param[KIND] == LIST)
		hold(t);
	OK(pthread_mutex_lock(&board->lock));
	if (t->param[KIND] != LIST)
		hold(t);
	if (t->param[KIND] == DICT) {
		board->count++;
	} else {
		board->item[board->len] = (int64_t)(t->param[KIND] == LIST ? k : board->len);
		board->len++;
	}
	OK(pthread_mutex_unlock(&board->lock));
}

static void run(const void *part, void *nothing)
{
	struct range mine = split(task->n, task->workers, *(const unsigned *)part);

	(void)nothing;
	for (uint64_t k = mine.begin; k < mine.end; k++)
		step_shared(task, k);
}

static void start(const struct task *t)
{
	pthread_mutexattr_t shared;

	task = t;
	board = shared_make(board_bytes(t));
	OK(pthread_mutexattr_init(&shared));
	OK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED));
	OK(pthread_mutex_init(&board->lock, &shared));
	OK(pthread_mutexattr_destroy(&shared));
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("shared.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	unsigned part[MAX_WORKERS];
	struct result *result = answer;

	for (unsigned i = 0; i < t->workers; i++)
		part[i] = i;
	board->count = (int64_t)t->param[START];  /* no lock: the workers are asleep */
	board->len = 0;
	if (pool_map(pool, run, part, sizeof *part, NULL, 0, t->workers, 1) < 0)
		die("shared.c: %s", pool_error(pool));
	memset(result, 0, result_bytes(t));
	result->count = t->param[KIND] == DICT ? board->count : (int64_t)board->len;
	memcpy(result->item, board->item, board->len * sizeof *board->item);
}

static void stop(const struct task *t)
{
	pool_close(pool);
	pool_join(pool);
	OK(pthread_mutex_destroy(&board->lock));
	shared_free(board, board_bytes(t));
}

const struct variant variant = {
	.idea = "no server: shared memory, and a mutex in it",
	.start = start, .solve = solve, .stop = stop,
};
