/* SPDX-License-Identifier: MIT */
/* future_processes.c -- tasks run by processes: the caller's side gives each of them one task at a time.
 *
 *   a window    per worker, shared with it alone: the task, its argument, and what became of it.  A worker that is
 *               killed takes nothing along but the one task that it ran
 *   command     a socket pair per worker: a byte says that a task is in the window, end-of-file that there will be none
 *   news        an eventfd: workers write to it when something is ready
 *   a pidfd     per worker: readable when it is dead
 *   events      an epoll, on which the usher sleeps until there is news or a death
 *
 * No message can be cut: what is sent is one byte, and all else stands in the window before that.
 */
#include "lessons/lib/future_kind.h"
#include "lessons/lib/pool_kind.h"

#include "bench/check.h"
#include "bench/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum doing { STARTS, IDLES, RUNS };     /* written by the worker, read when it is dead */

/* Invariant: between the command and `ready` the window is the worker's, else the caller's side's. */
struct window {
	future_task *task;              /* the same address in a forked process */
	size_t argument_at, result_at;  /* from the beginning of the window */
	_Atomic enum doing doing;
	_Atomic bool ready;
	struct cause cause;
};

struct process {
	pid_t pid;                      /* 0: none, or reaped */
	int command, pidfd;             /* our end; -1: none */
	struct window *window;
	size_t memory_bytes;            /* of memory behind the window, from its start */
	struct future *running;         /* what was given to it; NULL: it is idle */
};

/* All of it guarded by executor->lock, but for what only start and free write. */
struct crew {
	int window_file, news, events;
	char *windows;                  /* one after the other, window_bytes of address space each */
	size_t window_bytes;
	unsigned started;
	unsigned *idle, idles;          /* idle[0..idles): workers to whom a task can be given */
	struct process process[];
};

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* ---- windows ---- */

static size_t round_up(size_t bytes, size_t to)
{
	return (bytes + to - 1) / to * to;
}

/* An empty file in memory, without a name, mapped far past its end: see fork_pool.c.  A window is as wide as the memory
 * of this machine, or as many workers' windows can be. */
static int open_windows(struct executor *executor, struct crew *crew)
{
	size_t page = (size_t)SYS(sysconf(_SC_PAGESIZE)), memory = (size_t)SYS(sysconf(_SC_PHYS_PAGES)) * page;
	size_t all = (size_t)4 << 40;
	struct rlimit limit;

	SYS(getrlimit(RLIMIT_AS, &limit));
	if (limit.rlim_cur / 4 < all)
		all = limit.rlim_cur / 4;
	crew->window_bytes = all / executor->workers < memory ? all / executor->workers : memory;
	crew->window_bytes -= crew->window_bytes % page;
	if (crew->window_bytes < sizeof(struct window))
		return -ENOMEM;
	crew->window_file = memfd_create("futures", MFD_CLOEXEC);
	if (crew->window_file < 0)
		return -errno;
	crew->windows = mmap(NULL, executor->workers * crew->window_bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
		crew->window_file, 0);
	return crew->windows == MAP_FAILED ? -errno : 0;
}

/* Sees to it that there is so much memory in the worker's window.  False: there is not. */
static bool make_room(struct crew *crew, unsigned worker, size_t bytes)
{
	struct process *process = &crew->process[worker];
	int error;

	if (bytes > crew->window_bytes)
		return false;
	if (bytes <= process->memory_bytes)
		return true;
	do  /* not ftruncate(): that would promise memory, and break the promise with SIGBUS */
		error = posix_fallocate(crew->window_file, (off_t)(worker * crew->window_bytes), (off_t)bytes);
	while (error == EINTR);
	if (!error)
		process->memory_bytes = bytes;
	return !error;
}

/* ---- the worker ---- */

/* False: there will be no more, or the parent is dead. */
static bool next_command(int command)
{
	char byte;
	ssize_t got;

	do
		got = recv(command, &byte, sizeof byte, 0);
	while (got < 0 && errno == EINTR);
	return got > 0;
}

static void run(struct window *window, unsigned worker)
{
	char *bytes = (char *)window;

	worker_enter(worker);
	window->doing = RUNS;
	future_call(window->task, bytes + window->argument_at, bytes + window->result_at, &window->cause);
	worker_leave(worker);
	atomic_store_explicit(&window->ready, true, memory_order_release);  /* A: release; pairs with B */
	window->doing = IDLES;  /* now: who dies before has lost its result */
}

static _Noreturn void work(struct crew *crew, unsigned worker, int command, pid_t parent,
	void (*initializer)(unsigned, void *), void *arg)
{
	struct window *window = crew->process[worker].window;

	SYS(prctl(PR_SET_PDEATHSIG, SIGKILL));  /* or a busy worker outlives its parent */
	if (getppid() != parent)
		_exit(1);  /* it died before the line above */
	for (unsigned i = 0; i <= worker; i++)
		SYS(close(crew->process[i].command));  /* or an idle one does: no end-of-file while we hold its end */
	if (initializer)
		initializer(worker, arg);
	window->doing = IDLES;
	while (next_command(command)) {
		run(window, worker);
		SYS(eventfd_write(crew->news, 1));
	}
	_exit(0);  /* exit() would flush the parent's stdio buffers a second time */
}

/* ---- the caller's side: tasks out, results in; all with the lock held ---- */

/* False: there is no room for it. */
static bool fill_window(struct crew *crew, unsigned worker, const struct future *future)
{
	size_t argument_at = round_up(sizeof(struct window), CACHE_LINE), result_at, end;

	if (__builtin_add_overflow(argument_at + CACHE_LINE - 1, future->argument_bytes, &result_at) ||
	    __builtin_add_overflow(result_at -= result_at % CACHE_LINE, future->result_bytes, &end) ||
	    !make_room(crew, worker, end))
		return false;

	struct window *window = crew->process[worker].window;
	window->task = future->task;
	window->argument_at = argument_at;
	window->result_at = result_at;
	window->ready = false;
	memcpy((char *)window + argument_at, future->argument, future->argument_bytes);
	return true;
}

static void dispatch(struct executor *executor)
{
	static const struct cause no_room = { .number = -ENOMEM, .words = "no memory to bring it to a process" };
	struct crew *crew = executor->crew;

	while (crew->idles > 0 && executor->pending.first && !executor_ends(executor)) {
		unsigned worker = crew->idle[crew->idles - 1];  /* the last one to be idle: its caches are warm */
		struct process *process = &crew->process[worker];
		struct future *future = executor_take(executor);

		if (!fill_window(crew, worker, future)) {
			executor_finish(executor, future, &no_room);
			continue;
		}
		process->running = future;
		crew->idles--;
		/* A dead worker makes send() fail, without SIGPIPE; its pidfd will say so better.  Never blocks: the
		 * worker has read the byte before. */
		send(process->command, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	}
}

static void take_in(struct executor *executor)
{
	struct crew *crew = executor->crew;

	for (unsigned i = 0; i < crew->started; i++) {
		struct process *process = &crew->process[i];
		struct window *window = process->window;
		struct future *future = process->running;
		/* B: acquire; pairs with A */
		if (!future || !atomic_load_explicit(&window->ready, memory_order_acquire))
			continue;
		if (window->cause.number == 0)
			memcpy(future->result, (char *)window + window->result_at, future->result_bytes);
		process->running = NULL;
		if (process->pid)
			crew->idle[crew->idles++] = i;
		executor_finish(executor, future, &window->cause);
	}
}

/* Reaps a worker that is dead, or will be at once.  True: it left as it should. */
static bool reap(struct crew *crew, struct process *process, char *how, size_t size)
{
	static const char *const while_it[] = { "started", "was idle", "ran a task" };
	siginfo_t info = { 0 };
	size_t length;

	while (waitid(P_PID, (id_t)process->pid, &info, WEXITED) < 0 && errno == EINTR)
		continue;
	SYS(epoll_ctl(crew->events, EPOLL_CTL_DEL, process->pidfd, NULL));  /* a later child may hold a copy */
	SYS(close(process->pidfd));
	process->pidfd = -1;
	process->pid = 0;
	pool_how_it_ended(&info, how, size);
	length = strlen(how);
	snprintf(how + length, size - length, " while it %s", while_it[process->window->doing]);
	return process->window->doing == IDLES && info.si_status == 0;
}

/* A worker died while the executor was in use. */
static void bury(struct executor *executor, unsigned worker)
{
	struct crew *crew = executor->crew;
	struct process *process = &crew->process[worker];
	struct future *running = process->running;
	pid_t pid = process->pid;
	char how[128];

	for (unsigned k = 0; k < crew->idles; k++)
		if (crew->idle[k] == worker)
			crew->idle[k] = crew->idle[--crew->idles];
	reap(crew, process, how, sizeof how);
	process->running = NULL;
	if (running && process->window->doing != RUNS) {
		executor_put_back(executor, running);  /* it did not begin, and is not what killed the worker */
		running = NULL;
	}
	executor_gone(executor, running, worker, "pid", pid, how);
}

static void wait_for_news(struct executor *executor)
{
	struct crew *crew = executor->crew;
	struct epoll_event event[64];
	eventfd_t count;

	OK(pthread_mutex_unlock(&executor->lock));
	int n = epoll_wait(crew->events, event, sizeof event / sizeof *event, -1);
	if (n < 0 && errno != EINTR)
		die("future_processes.c: epoll_wait: %s", strerror(errno));
	OK(pthread_mutex_lock(&executor->lock));
	for (int k = 0; k < n; k++)
		if (event[k].data.u32 == executor->workers)
			SYS(eventfd_read(crew->news, &count));
	take_in(executor);  /* before the dead: what one of them had ready is kept */
	for (int k = 0; k < n; k++)
		if (event[k].data.u32 != executor->workers)
			bury(executor, event[k].data.u32);
	dispatch(executor);
}

static void notify(struct executor *executor)
{
	struct crew *crew = executor->crew;

	SYS(eventfd_write(crew->news, 1));
}

/* ---- beginning and end ---- */

static void kill_workers(struct executor *executor)
{
	struct crew *crew = executor->crew;

	for (unsigned i = 0; i < crew->started; i++)
		if (crew->process[i].pid)  /* by pidfd: a pid may be somebody else's by now, where SIGCHLD is ignored */
			syscall(SYS_pidfd_send_signal, crew->process[i].pidfd, SIGKILL, NULL, 0);
}

static void close_commands(struct executor *executor)
{
	struct crew *crew = executor->crew;

	for (unsigned i = 0; i < crew->started; i++)
		shutdown(crew->process[i].command, SHUT_WR);  /* close() is not enough: a later child may hold a copy */
}

/* Those that are still there have been told to leave: one that ends in another way is a loss, too. */
static void reap_all(struct executor *executor)
{
	struct crew *crew = executor->crew;
	char how[128];

	for (unsigned i = 0; i < crew->started; i++) {
		struct process *process = &crew->process[i];
		pid_t pid = process->pid;
		if (pid && !reap(crew, process, how, sizeof how)) {
			OK(pthread_mutex_lock(&executor->lock));
			executor_gone(executor, NULL, i, "pid", pid, how);
			OK(pthread_mutex_unlock(&executor->lock));
		}
	}
}

static void free_crew(struct executor *executor)
{
	struct crew *crew = executor->crew;

	reap_all(executor);
	for (unsigned i = 0; i < executor->workers; i++)
		close_if_open(crew->process[i].command);
	if (crew->windows != MAP_FAILED)
		munmap(crew->windows, executor->workers * crew->window_bytes);
	close_if_open(crew->window_file);
	close_if_open(crew->events);
	close_if_open(crew->news);
	free(crew->idle);
	free(crew);
}

/* A crew of nobody, in which every descriptor is -1. */
static struct crew *make_crew(unsigned workers)
{
	struct crew *crew = calloc(1, sizeof *crew + workers * sizeof *crew->process);
	unsigned *idle = calloc(workers, sizeof *idle);

	if (!crew || !idle) {
		free(crew);
		free(idle);
		return NULL;
	}
	for (unsigned i = 0; i < workers; i++)
		crew->process[i].command = crew->process[i].pidfd = -1;
	crew->idle = idle;
	crew->windows = MAP_FAILED;
	crew->window_file = crew->news = crew->events = -1;
	return crew;
}

static int watch(struct crew *crew, int fd, unsigned number)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = number };

	return epoll_ctl(crew->events, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

static int open_crew(struct executor *executor, struct crew *crew)
{
	int error = open_windows(executor, crew);

	if (error)
		return error;
	crew->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (crew->news < 0)
		return -errno;
	crew->events = epoll_create1(EPOLL_CLOEXEC);
	if (crew->events < 0)
		return -errno;
	return watch(crew, crew->news, executor->workers);
}

static int start_worker(struct crew *crew, unsigned worker, void (*initializer)(unsigned, void *), void *arg)
{
	struct process *process = &crew->process[worker];
	pid_t parent = getpid();
	int end[2], error = 0;

	process->window = (struct window *)(crew->windows + worker * crew->window_bytes);
	if (!make_room(crew, worker, sizeof *process->window))
		return -ENOMEM;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end) < 0)
		return -errno;
	process->command = end[0];
	process->pid = fork();
	if (process->pid == 0)
		work(crew, worker, end[1], parent, initializer, arg);
	if (process->pid < 0) {
		error = -errno;
		process->pid = 0;
	}
	SYS(close(end[1]));
	if (error)
		return error;
	process->pidfd = (int)syscall(SYS_pidfd_open, process->pid, 0);
	error = process->pidfd < 0 ? -errno : watch(crew, process->pidfd, worker);
	if (error) {
		SYS(kill(process->pid, SIGKILL));
		waitpid(process->pid, NULL, 0);
		process->pid = 0;
		close_if_open(process->pidfd);
		return error;
	}
	crew->started++;
	return 0;
}

static int start(struct executor *executor, void (*initializer)(unsigned, void *), void *arg)
{
	struct crew *crew = executor->crew = make_crew(executor->workers);
	int error;

	if (!crew)
		return -ENOMEM;
	error = open_crew(executor, crew);
	for (unsigned i = 0; i < executor->workers && !error; i++)
		error = start_worker(crew, i, initializer, arg);
	for (unsigned i = executor->workers; i > 0; i--)
		crew->idle[crew->idles++] = i - 1;  /* worker 0 is the first to get a task */
	if (error) {
		executor->terminated = true;  /* so that their end is no loss */
		kill_workers(executor);
		free_crew(executor);
	}
	return error;
}

const struct crew_kind process_crew = {
	.start = start,
	.dispatch = dispatch,
	.notify = notify,
	.wait = wait_for_news,
	.terminate = kill_workers,
	.close = close_commands,
	.free = free_crew,
};
