/* SPDX-License-Identifier: MIT */
/* round_trip.c -- every message is sent back before the next one goes out: what it takes to wake each other up.
 *
 * It is fork.c with a second pipe for each child, because a pipe is a one-way street.  However many children there are,
 * one process at a time has anything to do.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

struct ends {
	int to[MAX_WORKERS], from[MAX_WORKERS];  /* the parent's: to and from each child */
};

/* Child i takes its messages and sends each of them back. */
static void echo(const struct task *t, unsigned i, int from, int to, struct inbox *inbox)
{
	const size_t bytes = t->param[MESSAGE_BYTES];
	uint32_t message[MOST_WORDS];

	for (uint64_t k = i; read_all(from, message, bytes) > 0; k += inbox->readers) {
		inbox->received[k] = sum_message(message, bytes);
		write_all(i, to, message, bytes);
	}
	inbox->ends++;
}

_Noreturn static void work(const struct task *t, unsigned i, const int out[2], const int back[2],
	const struct ends *ends, struct inbox *inbox)
{
	worker_enter(i);
	SYS(close(out[1]));  /* or we would wait for an end of file that we hold off ourselves */
	SYS(close(back[0]));
	for (unsigned j = 0; j < i; j++) {
		SYS(close(ends->to[j]));
		SYS(close(ends->from[j]));
	}
	echo(t, i, out[0], back[1], inbox);
	worker_leave(i);
	_exit(0);
}

static void send_and_wait(const struct task *t, const struct ends *ends)
{
	const size_t bytes = t->param[MESSAGE_BYTES];
	uint32_t message[MOST_WORDS];

	for (uint64_t k = 0; k < t->n; k++) {
		unsigned i = (unsigned)(k % t->workers);
		make_message(message, k, bytes);
		write_all(i, ends->to[i], message, bytes);
		if (read_all(ends->from[i], message, bytes) < bytes)
			die("round_trip.c: child %u ended before it had sent message %" PRIu64 " back", i, k);
	}
}

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = shared_make(inbox_bytes(t));
	struct ends ends;
	int out[2], back[2];

	inbox->readers = t->workers;
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(pipe(out));
		SYS(pipe(back));
		if (SYS(fork()) == 0)
			work(t, i, out, back, &ends, inbox);
		SYS(close(out[0]));
		SYS(close(back[1]));  /* or a child that died would leave read() waiting for ever */
		ends.to[i] = out[1];
		ends.from[i] = back[0];
	}
	send_and_wait(t, &ends);
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(close(ends.to[i]));
		SYS(close(ends.from[i]));
	}
	reap(t->workers);
	memcpy(answer, inbox, inbox_bytes(t));
	shared_free(inbox, inbox_bytes(t));
}

const struct variant variant = { .idea = "each message comes back before the next", .solve = solve };
