/* SPDX-License-Identifier: MIT */
/* descriptor.c -- what a descriptor leads to, and who has its other end open: the reason why an end-of-file does not
 * come. */
#include "bench/hang/wait.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>

enum { MOST_POLLED = 4096 };

unsigned wait_holders(struct look *l, struct thread *t, const struct file *like, bool writing, bool strong)
{
	const int refused = writing ? O_RDONLY : O_WRONLY;
	unsigned found = 0, closed = 0;

	for (unsigned i = 0; i < l->processes; i++) {
		struct process *p = &l->process[i];
		look_files(l, p);
		closed += p->files_error == EACCES && p->state != 'Z';
		for (unsigned j = 0; j < p->files; j++) {
			const struct file *f = &p->file[j];
			if (f->dev != like->dev || f->ino != like->ino)
				continue;
			if (S_ISFIFO(f->type) && (look_fdinfo(p->pid, f->fd, "flags:", 8) & O_ACCMODE) == refused)
				continue;
			look_source(l, &t->wait, (struct source){ p, NULL, f->fd, strong });
			found++;
		}
	}
	if (found == 0) {
		t->wait.outside = true;
		int at = snprintf(t->wait.note, sizeof t->wait.note, "nobody that we see has its other end open");
		if (closed)
			snprintf(t->wait.note + at, sizeof t->wait.note - (size_t)at,
				"; processes that do not show us their descriptors: %u", closed);
	}
	return found;
}

static void pipe_or_fifo(struct look *l, struct thread *t, const struct file *f, const char *link, bool writing)
{
	if (strncmp(link, "pipe:", 5) == 0)
		snprintf(t->wait.on, sizeof t->wait.on, "pipe %" PRIu64, (uint64_t)f->ino);
	else
		snprintf(t->wait.on, sizeof t->wait.on, "FIFO '%.150s'", link);
	wait_holders(l, t, f, !writing, true);
}

/* Everybody who has the same eventfd could write it. */
static void eventfd(struct look *l, struct thread *t, const struct file *f)
{
	const long id = look_fdinfo(t->process->pid, f->fd, "eventfd-id:", 10);

	snprintf(t->wait.on, sizeof t->wait.on, "eventfd");
	t->wait.outside |= id < 0;  /* before Linux 5.2 they have no names */
	for (unsigned i = 0; i < l->processes && id >= 0; i++) {
		struct process *p = &l->process[i];
		look_files(l, p);
		for (unsigned j = 0; j < p->files; j++)
			if (p->file[j].dev == f->dev && p->file[j].ino == f->ino  /* one for all that are anonymous */
				&& look_fdinfo(p->pid, p->file[j].fd, "eventfd-id:", 10) == id)
				look_source(l, &t->wait, (struct source){ p, NULL, p->file[j].fd, false });
	}
}

static void anonymous(struct look *l, struct thread *t, const struct file *f, const char *kind)
{
	if (strcmp(kind, "[eventfd]") == 0) {
		eventfd(l, t, f);
	} else if (strcmp(kind, "[pidfd]") == 0) {
		struct process *p = look_find(l, (pid_t)look_fdinfo(t->process->pid, f->fd, "Pid:", 10));
		snprintf(t->wait.on, sizeof t->wait.on, "pidfd");
		if (p)
			look_source(l, &t->wait, (struct source){ p, NULL, -1, true });
		t->wait.outside |= !p;
	} else {
		snprintf(t->wait.on, sizeof t->wait.on, "%.100s", kind);
		t->wait.timed |= strcmp(kind, "[timerfd]") == 0;
		t->wait.outside = true;
	}
}

void wait_descriptor(struct look *l, struct thread *t, int fd, bool writing)
{
	struct file *f = look_file(l, t->process, fd);
	char name[32], link[192];

	t->wait.fd = fd;
	snprintf(name, sizeof name, "fd/%d", fd);
	look_link(t->process->pid, name, link, sizeof link);
	if (!f) {
		snprintf(t->wait.on, sizeof t->wait.on, "what the kernel does not tell");
		t->wait.outside = true;
	} else if (S_ISFIFO(f->type)) {
		pipe_or_fifo(l, t, f, link, writing);
	} else if (S_ISSOCK(f->type)) {
		wait_socket(l, t, f);
	} else if (strncmp(link, "anon_inode:", 11) == 0) {
		anonymous(l, t, f, link + 11);
	} else {
		snprintf(t->wait.on, sizeof t->wait.on, "%s '%.150s'", S_ISCHR(f->type) ? "device" : "file", link);
		t->wait.outside = true;
	}
}

/* ---- several at once ---- */

/* What was polled, in words: the first one's, and how many more. */
struct polled { char first[192]; int first_fd; unsigned count; };

static void add_polled(struct look *l, struct thread *t, struct polled *p, int fd, bool writing)
{
	t->wait.on[0] = '\0';
	wait_descriptor(l, t, fd, writing);
	if (p->count++ == 0) {
		p->first_fd = fd;
		snprintf(p->first, sizeof p->first, "%s", t->wait.on);
	}
}

static void poll_array(struct look *l, struct thread *t, struct polled *p)
{
	for (uint64_t i = 0; i < t->arg[1] && i < MOST_POLLED; i++) {
		struct pollfd one;
		if (!look_memory(t->process->pid, t->arg[0] + i * sizeof one, &one, sizeof one))
			t->wait.outside = true;
		else if (one.fd >= 0)
			add_polled(l, t, p, one.fd, !(one.events & POLLIN));
	}
}

static void select_sets(struct look *l, struct thread *t, struct polled *p)
{
	for (unsigned set = 0; set < 2; set++)
		for (uint64_t fd = 0; t->arg[1 + set] && fd < t->arg[0] && fd < MOST_POLLED; fd++) {
			unsigned char bits;
			if (!look_memory(t->process->pid, t->arg[1 + set] + fd / 8, &bits, 1))
				t->wait.outside = true;
			else if (bits >> fd % 8 & 1)
				add_polled(l, t, p, (int)fd, set == 1);
		}
}

static void epoll_set(struct look *l, struct thread *t, struct polled *p)
{
	char *set = look_read(t->process->pid, "fdinfo/%d", (int)t->arg[0]);
	int fd;
	unsigned events;

	t->wait.outside |= !set;
	for (const char *at = set; at && (at = strstr(at, "tfd:")); at++)
		if (sscanf(at, "tfd: %d events: %x", &fd, &events) == 2)
			add_polled(l, t, p, fd, !(events & POLLIN));
	free(set);
}

static bool has_limit(const struct thread *t)
{
#ifdef SYS_poll
	if (t->call == SYS_poll)
		return (int)t->arg[2] >= 0;
#endif
	if (t->call == SYS_ppoll)
		return t->arg[2] != 0;
	if (t->wait.kind == WAIT_POLL)
		return t->arg[4] != 0;
#ifdef SYS_epoll_pwait2
	if (t->call == SYS_epoll_pwait2)
		return t->arg[3] != 0;
#endif
	return (int)t->arg[3] >= 0;
}

void wait_poll(struct look *l, struct thread *t)
{
	struct polled p = { .first_fd = -1 };
	const bool select = strstr(t->wait.call, "select") != NULL;

	t->wait.timed = has_limit(t);
	if (t->wait.kind == WAIT_EPOLL)
		epoll_set(l, t, &p);
	else if (select)
		select_sets(l, t, &p);
	else
		poll_array(l, t, &p);
	t->wait.fd = p.first_fd;
	if (p.count == 0)
		snprintf(t->wait.on, sizeof t->wait.on, "no descriptor at all");
	else if (p.count == 1)
		snprintf(t->wait.on, sizeof t->wait.on, "%s", p.first);
	else
		snprintf(t->wait.on, sizeof t->wait.on, "%u descriptors, of which %d is %.120s", p.count, p.first_fd,
			p.first);
	if (p.count == 0 && t->wait.timed)
		t->wait.kind = WAIT_SLEEP;
	t->wait.outside |= p.count == 0 && !t->wait.timed;  /* then it waits for a signal */
}
