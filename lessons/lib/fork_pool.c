/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- workers that are processes: nothing is shared but what was shared on purpose, before the fork.
 *
 *   the board    who works on what (pool_kind.h); at its end the list of desks, which a dead worker cannot take along
 *   the window   items on their way to the workers, results on their way back
 *   news         an eventfd, on which the parent sleeps until a worker writes to it
 *   commands     a socket pair per worker: a byte says that a call stands on the board, end-of-file that there will be
 *                none.  An idle worker sleeps in recv().
 *   a pidfd      per worker, so that the parent that sleeps for news also wakes when a worker dies
 *
 * Nobody takes a lock that a killed process could keep.
 */
#include "lessons/lib/pool_kind.h"

#include "bench/check.h"
#include "lessons/lib/openmp_fork.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct process {
	pid_t pid;      /* 0: none, or reaped */
	int command;    /* the parent's end */
};

/* Invariant: watch[0] is for news, watch[1 + i] for the end of worker i; its fd is -1, which poll() skips, when
 * process[i].pid is 0. */
struct crew {
	unsigned started, alive;        /* processes [0, started); those of them that were not yet reaped */
	int window_file;
	char *window;
	size_t window_bytes;    /* of address space */
	size_t memory_bytes;    /* of memory behind it, from the start */
	struct pollfd *watch;
	struct process process[];
};

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* ---- the window ---- */

/* As much as a call can ever use.  A limit on address space leaves the larger part to the caller. */
static size_t widest_window(void)
{
	size_t page = (size_t)SYS(sysconf(_SC_PAGESIZE)), bytes = (size_t)SYS(sysconf(_SC_PHYS_PAGES)) * page;
	struct rlimit limit;

	SYS(getrlimit(RLIMIT_AS, &limit));
	if (limit.rlim_cur / 4 < bytes)
		bytes = limit.rlim_cur / 4;
	return bytes - bytes % page;
}

/* An empty file in memory, without a name, mapped far past its end.  When the file grows, its memory stands in the
 * window of every process, at the same address: nobody needs to map anything again. */
static int open_window(struct crew *crew)
{
	crew->window_file = memfd_create("fork_pool", MFD_CLOEXEC);
	if (crew->window_file < 0)
		return -errno;
	crew->window_bytes = widest_window();
	crew->window = mmap(NULL, crew->window_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, crew->window_file, 0);
	return crew->window == MAP_FAILED ? -errno : 0;
}

static void *room(struct pool *pool, size_t bytes)
{
	struct crew *crew = pool->crew;
	int error;

	if (bytes > crew->window_bytes)
		return NULL;
	if (bytes > crew->memory_bytes) {
		do  /* not ftruncate(): that would promise memory, and break the promise with SIGBUS */
			error = posix_fallocate(crew->window_file, 0, (off_t)bytes);
		while (error == EINTR);
		if (error)
			return NULL;
		crew->memory_bytes = bytes;
	}
	return crew->window;
}

/* ---- the worker ---- */

/* False: the parent has closed the pool, or is dead. */
static bool next_call(int command)
{
	char byte;
	ssize_t got;

	do
		got = recv(command, &byte, sizeof byte, 0);
	while (got < 0 && errno == EINTR);
	return got > 0;
}

static _Noreturn void work(struct pool *pool, unsigned worker, int command, pid_t parent,
	void (*initializer)(unsigned, void *), void *arg)
{
	struct crew *crew = pool->crew;

	SYS(prctl(PR_SET_PDEATHSIG, SIGKILL));  /* or a busy worker outlives its parent */
	if (getppid() != parent)
		_exit(1);  /* it died before the line above */
	for (unsigned i = 0; i <= worker; i++)
		SYS(close(crew->process[i].command));  /* or an idle one does: no end-of-file while we hold its end */
	if (initializer)
		initializer(worker, arg);
	pool_does(pool, worker, IDLE);
	while (next_call(command))
		pool_work(pool, worker);
	_exit(0);  /* exit() would flush the parent's stdio buffers a second time */
}

static void notify(struct pool *pool)
{
	struct crew *crew = pool->crew;

	SYS(eventfd_write(crew->watch[0].fd, 1));
}

/* ---- the parent ---- */

static int start_worker(struct pool *pool, unsigned worker, void (*initializer)(unsigned, void *), void *arg)
{
	struct crew *crew = pool->crew;
	struct process *process = &crew->process[worker];
	pid_t parent = getpid();
	int end[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end) < 0)
		return -errno;
	process->command = end[0];
	process->pid = fork();
	if (process->pid == 0)
		work(pool, worker, end[1], parent, initializer, arg);
	int error = process->pid < 0 ? -errno : 0;
	SYS(close(end[1]));
	if (error) {
		process->pid = 0;
		return error;
	}
	crew->watch[1 + worker].fd = (int)syscall(SYS_pidfd_open, process->pid, 0);
	if (crew->watch[1 + worker].fd < 0) {
		error = -errno;
		SYS(kill(process->pid, SIGKILL));
		waitpid(process->pid, NULL, 0);
		process->pid = 0;
		return error;
	}
	crew->started++;
	crew->alive++;
	return 0;
}

static void wake(struct pool *pool)
{
	struct crew *crew = pool->crew;

	/* A dead worker makes send() fail, without SIGPIPE; wait() will say so better.  Never blocks: workers have read
	 * the byte of the call before. */
	for (unsigned i = 0; i < pool->workers; i++)
		send(crew->process[i].command, "", 1, MSG_NOSIGNAL);
}

void pool_how_it_ended(const siginfo_t *info, char *out, size_t size)
{
	if (info->si_code == CLD_EXITED) {
		snprintf(out, size, "exited with code %d", info->si_status);
	} else if (info->si_code == CLD_KILLED || info->si_code == CLD_DUMPED) {
		const char *name = sigabbrev_np(info->si_status);
		snprintf(out, size, "was killed by SIG%s (%s)", name ? name : "RT", strsignal(info->si_status));
	} else {  /* waitid() left info alone: a wait() elsewhere in the program was told, or SIGCHLD is ignored */
		snprintf(out, size, "ended, how is not known,");
	}
}

/* Reaps a worker that is dead.  That is a loss, unless it was asked for. */
static int reap_worker(struct pool *pool, unsigned worker)
{
	struct crew *crew = pool->crew;
	pid_t pid = crew->process[worker].pid;
	siginfo_t info = { 0 };
	char how[96];

	while (waitid(P_PID, (id_t)pid, &info, WEXITED) < 0 && errno == EINTR)
		continue;
	SYS(close(crew->watch[1 + worker].fd));
	crew->watch[1 + worker].fd = -1;
	crew->process[worker].pid = 0;
	crew->alive--;

	bool left = pool->closed && pool_doing(pool, worker) == IDLE && info.si_status == 0;
	if (left || pool->terminated || pool->broken)
		return 0;
	pool_how_it_ended(&info, how, sizeof how);
	return pool_lost(pool, worker, "pid", pid, how);
}

static int wait_for_news(struct pool *pool)
{
	struct crew *crew = pool->crew;
	eventfd_t news;
	int error = 0;

	if (poll(crew->watch, 1 + crew->started, -1) < 0) {  /* no more: poll() counts against RLIMIT_NOFILE */
		if (errno != EINTR)
			die("fork_pool.c: poll: %s", strerror(errno));
		return 0;
	}
	if (crew->watch[0].revents)
		SYS(eventfd_read(crew->watch[0].fd, &news));
	for (unsigned i = 0; i < crew->started && !error; i++)
		if (crew->watch[1 + i].revents)
			error = reap_worker(pool, i);
	return error;
}

static void close_commands(struct pool *pool)
{
	struct crew *crew = pool->crew;

	for (unsigned i = 0; i < pool->workers; i++)
		shutdown(crew->process[i].command, SHUT_WR);  /* close() is not enough: a later child may hold a copy */
}

static void kill_workers(struct pool *pool)
{
	struct crew *crew = pool->crew;

	for (unsigned i = 0; i < crew->started; i++)
		if (crew->process[i].pid)  /* by pidfd: a pid may be somebody else's by now, where SIGCHLD is ignored */
			syscall(SYS_pidfd_send_signal, crew->watch[1 + i].fd, SIGKILL, NULL, 0);
}

static void reap(struct pool *pool)
{
	struct crew *crew = pool->crew;

	while (crew->alive > 0)
		wait_for_news(pool);  /* all at once: when one is lost now, those who wait for it are not waited for */
}

static void free_crew(struct pool *pool)
{
	struct crew *crew = pool->crew;

	for (unsigned i = 0; i < pool->workers; i++)
		close_if_open(crew->process[i].command);
	if (crew->window != MAP_FAILED)
		munmap(crew->window, crew->window_bytes);
	close_if_open(crew->window_file);
	close_if_open(crew->watch[0].fd);
	free(crew->watch);
	free(crew);
}

/* A crew of nobody, in which every descriptor is -1. */
static struct crew *make_crew(unsigned workers)
{
	struct crew *crew = calloc(1, sizeof *crew + workers * sizeof *crew->process);
	struct pollfd *watch = calloc(1 + workers, sizeof *watch);

	if (!crew || !watch) {
		free(crew);
		free(watch);
		return NULL;
	}
	for (unsigned i = 0; i < workers; i++)
		crew->process[i].command = -1;
	for (unsigned i = 0; i <= workers; i++)
		watch[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	crew->watch = watch;
	crew->window = MAP_FAILED;
	crew->window_file = -1;
	return crew;
}

static int start(struct pool *pool, void (*initializer)(unsigned, void *), void *arg)
{
	int error = openmp_allows_fork();
	if (error)
		return error;
	struct crew *crew = pool->crew = make_crew(pool->workers);
	if (!crew)
		return -ENOMEM;
	error = open_window(crew);
	if (!error) {
		crew->watch[0].fd = eventfd(0, EFD_CLOEXEC);
		error = crew->watch[0].fd < 0 ? -errno : 0;
	}
	for (unsigned i = 0; i < pool->workers && !error; i++)
		error = start_worker(pool, i, initializer, arg);
	if (error) {
		pool->terminated = true;  /* so that their end is no loss */
		kill_workers(pool);
		reap(pool);
		free_crew(pool);
	}
	return error;
}

const struct pool_kind fork_pool = {
	.copies = true,
	.start = start,
	.room = room,
	.wake = wake,
	.notify = notify,
	.wait = wait_for_news,
	.close = close_commands,
	.terminate = kill_workers,
	.reap = reap,
	.free = free_crew,
};
