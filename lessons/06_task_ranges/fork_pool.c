/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes that stand ready: the index and the results lie in memory that they share.
 *
 * A byte through a worker's socket says "begin", a byte back says "nothing is left".  Which tasks a worker does, it
 * finds out by itself.  (The pool of lessons/lib would do it, but for one thing: there an idle worker takes over the
 * share of a busy one, and static dealing must not.)
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "deal.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <string.h>
#include <sys/socket.h>

static int desk[MAX_WORKERS];   /* main's end of each worker's socket; lives from start() to stop() */
static struct board {
	struct deal deal;
	struct result results[];
} *board;  /* shared memory, made before the workers are forked */

static size_t board_bytes(const struct task *t)
{
	return sizeof *board + tasks_of(t) * sizeof *board->results;
}

_Noreturn static void work(const struct task *t, unsigned i, int socket)
{
	char begin;

	while (recv(socket, &begin, 1, 0) > 0) {
		worker_enter(i);
		work_share(t, i, &board->deal, board->results);
		worker_leave(i);
		SYS(send(socket, "", 1, MSG_NOSIGNAL));
	}
	_exit(0);
}

static void start(const struct task *t)
{
	const pid_t parent = getpid();
	int pair[2];

	board = shared_make(board_bytes(t));
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
		desk[i] = pair[0];
		if (SYS(fork()) == 0) {
			die_with(parent);
			for (unsigned j = 0; j <= i; j++)
				SYS(close(desk[j]));  /* or worker j would not see the end of its file in stop() */
			work(t, i, pair[1]);
		}
		SYS(close(pair[1]));  /* or recv() below would wait for ever for a dead worker */
	}
}

static void solve(const struct task *t, void *answer)
{
	char done;

	board->deal.next = 0;  /* nobody is at work */
	memset(board->results, 0, tasks_of(t) * sizeof *board->results);  /* or old ones might pass for new ones */
	for (unsigned i = 0; i < t->workers; i++)
		SYS(send(desk[i], "", 1, MSG_NOSIGNAL));
	for (unsigned i = 0; i < t->workers; i++)
		if (recv(desk[i], &done, 1, 0) != 1)
			die("fork_pool.c: worker %u died before it was done", i);
	memcpy(answer, board->results, tasks_of(t) * sizeof *board->results);
}

static void stop(const struct task *t)
{
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(desk[i]));
	reap(t->workers);
	shared_free(board, board_bytes(t));
}

const struct variant variant = {
	.idea = "processes count up one index in shared memory", .start = start, .solve = solve, .stop = stop,
};
