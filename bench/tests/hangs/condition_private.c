/* SPDX-License-Identifier: MIT */
/* condition_private.c -- a condition variable between processes that was made for the threads of one.
 * says: process # waits for the condition variable at 0x
 * says: , which was signalled; it lies in memory that processes share, but was made for the threads of one process
 *       alone, so that a signal in another process wakes nobody: initialise it with pthread_condattr_setpshared(..,
 *       PTHREAD_PROCESS_SHARED)
 */
#include "bench/tests/hangs/plant.h"

#include <stdbool.h>

/* In shared memory; the mutex is made as it should be. */
struct board {
	pthread_mutex_t lock;   /* guards is_full */
	pthread_cond_t full;
	bool is_full;
};

static struct board *make(void)
{
	struct board *board = shared(sizeof *board);
	pthread_mutexattr_t how;

	OK(pthread_mutexattr_init(&how));
	OK(pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED));
	OK(pthread_mutex_init(&board->lock, &how));
	OK(pthread_cond_init(&board->full, NULL));
	return board;
}

int main(void)
{
	struct board *board = make();
	const pid_t pid = child();

	OK(pthread_mutex_lock(&board->lock));
	if (pid == 0) {
		while (!board->is_full)
			OK(pthread_cond_wait(&board->full, &board->lock));
		_exit(0);
	}
	OK(pthread_mutex_unlock(&board->lock));
	until_locked_out(pid);
	OK(pthread_mutex_lock(&board->lock));
	board->is_full = true;
	OK(pthread_cond_signal(&board->full));
	OK(pthread_mutex_unlock(&board->lock));
	SYS(wait(NULL));
}
