/* SPDX-License-Identifier: MIT */
/* wrong_short_read.c -- rung 4, "expected": takes what one read() gives for a record. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <signal.h>

/* False: nothing more will come. */
static bool read_record(int from, struct record *r)
{
	return SYS(read(from, r, sizeof *r)) > 0;
}

/* False: nobody reads any more. */
static bool write_record(int to, const struct record *r)
{
	for (size_t done = 0; done < sizeof *r;) {
		ssize_t wrote = write(to, (const char *)r + done, sizeof *r - done);
		if (wrote < 0 && errno == EPIPE)
			return false;
		done += (size_t)SYS(wrote);
	}
	return true;
}

_Noreturn static void filter(const struct task *t, unsigned i, int from, int to)
{
	const uint64_t most = most_records(t, i);
	bool wanted = true;
	struct record r;

	worker_enter(i);
	for (uint64_t k = 0; k < most && wanted && read_record(from, &r); k++) {
		change(&r, changes_of(t, i));
		wanted = write_record(to, &r);
	}
	worker_leave(i);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	void (*const before)(int) = signal(SIGPIPE, SIG_IGN);   /* EPIPE instead; the filters inherit that */
	int output = open_output(), fd[2];

	SYS(pipe(fd));
	const int first = fd[1];
	for (unsigned i = 0; i < t->workers; i++) {
		const int from = fd[0];
		const bool last = i + 1 == t->workers;
		if (!last)
			SYS(pipe(fd));
		if (SYS(fork()) == 0) {
			SYS(close(first));              /* or filter 0 would wait for what we might write */
			if (!last)
				SYS(close(fd[0]));      /* or we would not hear when filter i + 1 leaves */
			filter(t, i, from, last ? output : fd[1]);
		}
		SYS(close(from));
		if (!last)
			SYS(close(fd[1]));              /* before the next fork: that filter shall not have it */
	}
	feed(t, first);
	SYS(close(first));
	reap(t->workers);
	gather(t, output, answer);
	SYS(close(output));
	signal(SIGPIPE, before);
}

const struct variant variant = { .idea = "wrong: a short read is taken for a record", .solve = solve };
