/* SPDX-License-Identifier: MIT */
/* idle_pool.c -- two processes wait for each other to write; idle workers of one of them are not the reason.
 * says: process R waits in read on socket #; its other end is still open in process #, descriptor #; and thread #
 *       of process # waits in read on socket #; its other end is still open in process R, descriptor #: each
 *       waits for the other
 * says: (2 more wait in vain)
 */
#include "bench/tests/hangs/plant.h"

#include <sys/socket.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_to_do = PTHREAD_COND_INITIALIZER;

static void *worker(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	for (;;)
		OK(pthread_cond_wait(&work_to_do, &lock));
	return unused;
}

int main(void)
{
	int end[2];
	char byte;

	SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, end));
	const int own = child() == 0;
	SYS(close(end[!own]));
	if (own) {
		thread(worker, NULL);
		thread(worker, NULL);
	}
	SYS(read(end[own], &byte, 1));
}
