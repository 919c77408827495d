/* SPDX-License-Identifier: MIT */
/* wait.c -- from a system call and its arguments to what a thread waits for: children, sleep, signals; descriptors,
 * futexes and file locks have files of their own. */
#include "bench/hang/wait.h"

#include <fcntl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

static void note_seconds(struct thread *t, const char *words, uint64_t address)
{
	struct timespec asked;

	if (look_memory(t->process->pid, address, &asked, sizeof asked) && asked.tv_sec >= 0)
		snprintf(t->wait.note, sizeof t->wait.note, "%s %.4g s", words,
			(double)asked.tv_sec + (double)asked.tv_nsec * 1e-9);
}

static void find_sleep(struct thread *t)
{
	const bool clock = t->call == SYS_clock_nanosleep;

	if (t->call == SYS_nanosleep || (clock && !(t->arg[1] & TIMER_ABSTIME)))
		note_seconds(t, "asked for", t->arg[clock ? 2 : 0]);
}

/* The child that a pidfd names, a number as everybody counts, or -1. */
static pid_t child_of_pidfd(const struct thread *t, int fd)
{
	return (pid_t)look_fdinfo(t->process->pid, fd, "Pid:", 10);
}

/* Does `child` answer to what was asked for: `who` as its own namespace counts, 0 for any, < 0 for a group. */
static bool is_meant(struct look *l, struct process *child, pid_t who, pid_t asker_group)
{
	if (who > 0) {
		look_join(l, child);  /* threads know the number inside; the first one's is the process's */
		for (unsigned i = 0; i < child->threads; i++)
			if (child->thread[i].tid == child->pid)
				return child->thread[i].tid_inside == who;
		return false;
	}
	return who == 0 || child->group == -who || (who == -1 && child->group == asker_group);
}

static void find_children(struct look *l, struct thread *t)
{
	pid_t who = (pid_t)t->arg[0], outside_who = 0;
	int flags = (int)t->arg[t->call == SYS_wait4 ? 2 : 3];

	if (t->call == SYS_wait4) {
		who = who == -1 ? 0 : who == 0 ? -t->process->group : who;
	} else {
		int type = (int)t->arg[0];
		who = (pid_t)t->arg[1];
		if (type == P_PIDFD)
			outside_who = child_of_pidfd(t, who);
		who = type == P_ALL || type == P_PIDFD ? 0 : type == P_PGID ? -who : who;
	}
	t->wait.timed = flags & WNOHANG;
	for (unsigned i = 0; i < l->processes; i++) {
		struct process *child = &l->process[i];
		bool wanted = child->parent == t->process->pid && (!outside_who || child->pid == outside_who);
		if (wanted && is_meant(l, child, who, t->process->group))
			look_source(l, &t->wait, (struct source){ child, NULL, -1, true });
	}
	t->wait.outside = t->wait.sources == 0;
}

/* vfork and clone(CLONE_VFORK): the parent waits until the child has called exec or ended. */
static void find_exec(struct look *l, struct thread *t)
{
	for (unsigned i = 0; i < l->processes; i++)
		if (l->process[i].parent == t->process->pid)
			look_source(l, &t->wait, (struct source){ &l->process[i], NULL, -1, true });
	t->wait.outside = true;  /* which of them it was is nowhere to be read */
}

/* open() of a FIFO waits until the other end is opened, too. */
static void find_open(struct thread *t)
{
	const bool at = t->call == SYS_openat;
	const int flags = (int)t->arg[at ? 2 : 1], folder = (int)t->arg[0];
	char name[160] = "", path[256];
	struct statx about;

	for (size_t i = 0; i + 1 < sizeof name; i++)  /* byte by byte: the next page may not be there */
		if (!look_memory(t->process->pid, t->arg[at ? 1 : 0] + i, name + i, 1) || !name[i])
			break;
	if (name[0] == '/')
		snprintf(path, sizeof path, "/proc/%d/root%s", t->process->pid, name);
	else if (at && folder != AT_FDCWD)
		snprintf(path, sizeof path, "/proc/%d/fd/%d/%s", t->process->pid, folder, name);
	else
		snprintf(path, sizeof path, "/proc/%d/cwd/%s", t->process->pid, name);
	bool fifo = statx(AT_FDCWD, path, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE, &about) == 0
		&& S_ISFIFO(about.stx_mode);
	snprintf(t->wait.on, sizeof t->wait.on, "%s '%.150s'", fifo ? "FIFO" : "file", name);
	if (fifo)
		snprintf(t->wait.note, sizeof t->wait.note, "%s",
			(flags & O_ACCMODE) == O_RDONLY ? "writing" : "reading");
	t->wait.outside = true;
}

static void find_by_call(struct look *l, struct thread *t, const struct call *call)
{
	t->wait.call = call->name;
	t->wait.kind = call->kind;
	switch (call->kind) {
	case WAIT_SLEEP: find_sleep(t); break;
	case WAIT_READ: wait_descriptor(l, t, (int)t->arg[0], false); break;
	case WAIT_WRITE: wait_descriptor(l, t, (int)t->arg[0], true); break;
	case WAIT_ACCEPT:
	case WAIT_CONNECT: wait_descriptor(l, t, (int)t->arg[0], false); break;
	case WAIT_OPEN: find_open(t); break;
	case WAIT_POLL:
	case WAIT_EPOLL: wait_poll(l, t); break;
	case WAIT_FUTEX: wait_futex(l, t); break;
	case WAIT_CHILD: find_children(l, t); break;
	case WAIT_EXEC: find_exec(l, t); break;
	case WAIT_FLOCK:
	case WAIT_FCNTL: wait_file_lock(l, t); break;
	case WAIT_SIGNAL:
		t->wait.timed = t->call == SYS_rt_sigtimedwait && t->arg[2] != 0;
		t->wait.outside = true;
		break;
	default: t->wait.outside = true;
	}
}

static void find(struct look *l, struct thread *t)
{
	const struct call *call = t->call >= 0 && !t->process->narrow ? call_find(t->call) : NULL;

	t->known = true;
	t->wait = (struct wait){ .fd = -1, .call = "" };
	if (t->state == 'Z' || t->state == 'X')
		t->wait.kind = WAIT_ENDED;
	else if (t->state == 'T' || t->state == 't')
		t->wait.kind = WAIT_STOPPED;
	else if (t->state == 'R')
		t->wait.kind = WAIT_NONE;
	else if (t->error)
		t->wait = (struct wait){ .kind = WAIT_UNTOLD, .fd = -1, .call = "", .outside = true };
	else if (call)
		find_by_call(l, t, call);
	else
		t->wait = (struct wait){ .kind = t->state == 'D' ? WAIT_DISK : t->call < 0 ? WAIT_NONE : WAIT_OTHER,
			.fd = -1, .call = "", .outside = true };
	if (t->wait.kind == WAIT_OTHER && !call)
		snprintf(t->wait.on, sizeof t->wait.on, "number %ld%s", t->call,
			t->process->narrow ? " of a 32-bit program, which we do not know" : "");
}

void wait_find_all(struct look *l)
{
	for (bool more = true; more;) {
		more = false;
		for (unsigned i = 0; i < l->processes; i++)
			for (unsigned j = 0; l->process[i].member && j < l->process[i].threads; j++)
				if (!l->process[i].thread[j].known) {
					find(l, &l->process[i].thread[j]);
					more = true;
				}
	}
}
