/* SPDX-License-Identifier: MIT */
/* serial.c -- both ends in one hand: who writes more than the pipe holds waits for itself.  The time to beat. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <fcntl.h>

/* Sends a message to ourselves, in pieces that fit into the empty pipe, and returns its sum. */
static uint64_t pass(const int fd[2], size_t capacity, uint64_t k, size_t bytes)
{
	uint32_t sent[MOST_WORDS], received[MOST_WORDS];

	make_message(sent, k, bytes);
	for (size_t done = 0; done < bytes;) {
		size_t piece = bytes - done < capacity ? bytes - done : capacity;
		write_all(0, fd[1], (char *)sent + done, piece);
		done += read_all(fd[0], (char *)received + done, piece);
	}
	return sum_message(received, bytes);
}

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = answer;
	int fd[2];

	SYS(pipe(fd));
	inbox->readers = 1;
	inbox->ends = 0;
	worker_enter(0);
	const size_t capacity = (size_t)SYS(fcntl(fd[0], F_GETPIPE_SZ));
	for (uint64_t k = 0; k < t->n; k++)
		inbox->received[k] = pass(fd, capacity, k, t->param[MESSAGE_BYTES]);
	SYS(close(fd[1]));  /* without this, the next line waits for ever */
	receive_all(t, 0, fd[0], inbox);
	worker_leave(0);
	SYS(close(fd[0]));
}

const struct variant variant = { .idea = "one process holds both ends: the time to beat", .solve = solve };
