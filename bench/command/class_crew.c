/* SPDX-License-Identifier: MIT */
/* class_crew.c -- several graders at once, each a fork of us that grades one student and ends.  See class.h.
 *
 * A process each, because grading waits for, signals and reaps children of its own; and because what goes wrong in one
 * is one student's row.  What a grader tells lies in memory that it shares with us; its rows, which may be long, in a
 * file in memory.
 */
#include "bench/command/class.h"

#include "bench/run/spawn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const double until_killed_s = 20;        /* what a grader has for cleaning up when it is asked to end */

int crew_open(struct crew *c, unsigned size)
{
	*c = (struct crew){ .size = size };
	void *shared = mmap(NULL, size * sizeof *c->told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return -errno;
	c->told = shared;
	for (unsigned i = 0; i < size; i++)
		c->grader[i].told = &c->told[i];
	return 0;
}

_Noreturn static void be_grader(const struct grader *g, pid_t parent, crew_work *work, void *arg)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent || spawn_init() < 0)
		_exit(EXIT_FAILURE);
	FILE *rows = fdopen(g->rows, "w");
	int error = rows ? work(arg, g->student, rows, g->told) : -errno;
	if (rows && fclose(rows) != 0 && error == 0)
		error = -errno;
	g->told->error = error;
	_exit(EXIT_SUCCESS);
}

static void end_grader(struct crew *c, struct grader *g)
{
	if (g->rows >= 0)
		close(g->rows);
	if (g->pidfd >= 0)
		close(g->pidfd);
	g->pid = 0;
	c->busy--;
}

int crew_start(struct crew *c, unsigned student, crew_work *work, void *arg)
{
	struct grader *g = c->grader;
	const pid_t parent = getpid();

	while (g->pid)
		g++;
	*g->told = (struct told){ .error = -ECHILD, .why = "its grader ended before it was done" };
	g->student = student;
	g->rows = memfd_create("rows", MFD_CLOEXEC);
	fflush(NULL);
	g->pid = g->rows >= 0 ? fork() : -1;
	if (g->pid == 0)
		be_grader(g, parent, work, arg);
	int error = g->pid < 0 ? -errno : 0;
	c->busy++;
	g->pidfd = error == 0 ? (int)syscall(SYS_pidfd_open, g->pid, 0) : -1;
	if (error == 0 && g->pidfd < 0)
		error = -errno;
	if (error < 0 && g->pid < 0)
		end_grader(c, g);       /* one that was started is ended by crew_close() */
	return error;
}

/* What it wrote, malloc'd. */
static char *read_rows(const struct grader *g)
{
	off_t bytes = lseek(g->rows, 0, SEEK_END);
	char *rows = bytes >= 0 ? calloc(1, (size_t)bytes + 1) : NULL;

	for (off_t at = 0; rows && at < bytes;) {
		ssize_t got = pread(g->rows, rows + at, (size_t)(bytes - at), at);
		if (got <= 0) {
			free(rows);
			return NULL;
		}
		at += got;
	}
	return rows;
}

int crew_wait(struct crew *c, double timeout_s, unsigned *student, struct told *told, char **rows)
{
	struct pollfd fds[CREW_MOST];

	for (unsigned i = 0; i < c->size; i++)
		fds[i] = (struct pollfd){ .fd = c->grader[i].pid ? c->grader[i].pidfd : -1, .events = POLLIN };
	int ready = spawn_wait(fds, c->size, timeout_s);
	if (ready <= 0)
		return ready;
	unsigned i = 0;
	while (!fds[i].revents)
		i++;
	struct grader *g = &c->grader[i];
	waitpid(g->pid, NULL, 0);
	*student = g->student;
	*told = *g->told;
	*rows = read_rows(g);
	end_grader(c, g);
	return *rows ? 1 : -ENOMEM;
}

/* Asks all to end, which they do as at Ctrl-C, and waits for them; kills who does not. */
void crew_close(struct crew *c)
{
	for (unsigned i = 0; i < c->size; i++) {
		struct grader *g = &c->grader[i];
		if (g->pid)
			kill(g->pid, SIGTERM);
	}
	for (unsigned i = 0; i < c->size; i++) {
		struct grader *g = &c->grader[i];
		struct pollfd ended = { .fd = g->pidfd, .events = POLLIN };
		if (!g->pid)
			continue;
		if (g->pidfd < 0 || poll(&ended, 1, (int)(until_killed_s * 1e3)) <= 0)
			kill(g->pid, SIGKILL);
		waitpid(g->pid, NULL, 0);
		end_grader(c, g);
	}
	if (c->told)
		munmap(c->told, c->size * sizeof *c->told);
	c->told = NULL;
}
