/* SPDX-License-Identifier: MIT */
/* spawn.c -- a fresh program: nothing is copied, so the child knows only what stands in its arguments.
 *
 * The program is this one again, with arguments that begin with "be_worker"; it never reaches its main().  It does not
 * see the table of worker.h either, so main makes those stamps, from the start of a worker to the end that it sees.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdlib.h>

struct message { uint64_t k; struct report report; };
_Static_assert(MAX_WORKERS * sizeof(struct message) <= 65536, "what a pipe holds: with more, children would wait");

enum { NAME, BE_WORKER, PARENT, NUMBER, PARAM };  /* places in argv */
static const char be_worker_word[] = "be_worker";

/* In the fresh program: runs before main(), and main() never, if this is to be a worker.  glibc passes argv. */
__attribute__((constructor)) static void born(int argc, char **argv)
{
	struct message m;
	uint64_t param[FUNCTIONS + 1];

	if (argc != PARAM + FUNCTIONS + 1 || strcmp(argv[BE_WORKER], be_worker_word) != 0)
		return;
	die_with((pid_t)strtol(argv[PARENT], NULL, 10));
	for (int i = 0; i <= FUNCTIONS; i++)
		param[i] = strtoull(argv[PARAM + i], NULL, 10);
	m.k = strtoull(argv[NUMBER], NULL, 10);
	be_worker(param, m.k, &m.report);
	SYS(write(STDOUT_FILENO, &m, sizeof m));  /* < PIPE_BUF: atomic, never interleaved with another child's */
	_exit(0);
}

/* Starts worker k; what it writes to its standard output goes to `home`. */
static void start(const struct task *t, uint64_t k, int home)
{
	char text[PARAM + FUNCTIONS + 1][24], *argv[PARAM + FUNCTIONS + 2] = { "worker", (char *)be_worker_word };
	posix_spawn_file_actions_t actions;
	pid_t pid;

	snprintf(text[PARENT], sizeof text[0], "%d", (int)getpid());
	snprintf(text[NUMBER], sizeof text[0], "%" PRIu64, k);
	for (int i = 0; i <= FUNCTIONS; i++)
		snprintf(text[PARAM + i], sizeof text[0], "%" PRIu64, t->param[i]);
	for (int i = PARENT; i <= PARAM + FUNCTIONS; i++)
		argv[i] = text[i];
	OK(posix_spawn_file_actions_init(&actions));
	OK(posix_spawn_file_actions_adddup2(&actions, home, STDOUT_FILENO));
	OK(posix_spawn(&pid, "/proc/self/exe", &actions, NULL, argv, environ));
	OK(posix_spawn_file_actions_destroy(&actions));
}

static void solve(const struct task *t, void *answer)
{
	struct reports *a = answer;
	struct message m;
	int fd[2];

	counter = 0;
	SYS(pipe2(fd, O_CLOEXEC));  /* the fresh program has its standard output, and no other end */
	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = round_size(t, begin);
		for (unsigned i = 0; i < workers; i++) {
			worker_enter(i);  /* it binds main, and what main starts is bound where main is */
			start(t, begin + i, fd[1]);
		}
		reap(workers);  /* or dies, when one did not do its work: so each of them has written */
		for (unsigned i = 0; i < workers; i++) {
			worker_leave(i);
			if (SYS(read(fd[0], &m, sizeof m)) != sizeof m || m.k - begin >= workers)
				die("spawn.c: a worker's message is damaged");
			a->report[m.k] = m.report;
		}
	}
	SYS(close(fd[0]));
	SYS(close(fd[1]));
	a->counter = counter;
}

const struct variant variant = { .idea = "spawn: a fresh program, told by its arguments", .solve = solve };
