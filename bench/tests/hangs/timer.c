/* SPDX-License-Identifier: MIT */
/* timer.c -- NOT A HANG: a timer's handler writes to the pipe that its own process reads.
 * says: not hanging: process R
 */
#include "bench/tests/hangs/plant.h"

#include <sys/time.h>

static int fd[2];

static void tick(int number)
{
	if (write(fd[1], &number, 1) < 0)
		_exit(1);
}

int main(void)
{
	const struct itimerval often = { { 0, 20000 }, { 0, 20000 } };
	struct sigaction action = { .sa_handler = tick, .sa_flags = SA_RESTART };
	char byte;

	SYS(pipe(fd));
	SYS(sigaction(SIGALRM, &action, NULL));
	SYS(setitimer(ITIMER_REAL, &often, NULL));
	while (SYS(read(fd[0], &byte, 1)) == 1)
		;
}
