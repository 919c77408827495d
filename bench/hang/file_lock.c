/* SPDX-License-Identifier: MIT */
/* file_lock.c -- who holds the lock on a file: the kernel's list for fcntl(), the descriptors' pages for flock(). */
#include "bench/hang/wait.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Line "7: -> POSIX ADVISORY WRITE 12 fe:00:34 0 EOF" of /proc/locks; the arrow is there when it waits. */
struct line { unsigned number; bool waits; char type[16]; pid_t pid; uint64_t ino; };

static bool read_line(const char *text, struct line *out)
{
	int at = 0;

	if (sscanf(text, "%u: %n", &out->number, &at) != 1)
		return false;
	text += at;
	out->waits = strncmp(text, "-> ", 3) == 0;
	return sscanf(text + (out->waits ? 3 : 0), "%15s %*s %*s %d %*x:%*x:%" SCNu64, out->type, &out->pid, &out->ino)
		== 3;
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end && end[1] ? end + 1 : NULL;
}

/* A POSIX lock belongs to a process, which the kernel names: the one whose line has the number of our own. */
static void find_posix(struct look *l, struct thread *t, uint64_t ino)
{
	struct line own, holder;

	if (!l->locks && !(l->locks = look_read(t->process->pid, "../locks")))
		return;
	for (const char *line = l->locks; line && *line; line = next_line(line)) {
		if (!read_line(line, &own) || !own.waits || own.pid != t->process->pid || own.ino != ino)
			continue;
		for (const char *other = l->locks; other && *other; other = next_line(other)) {
			struct process *p = NULL;
			if (read_line(other, &holder) && !holder.waits && holder.number == own.number)
				p = look_find(l, holder.pid);
			if (p)
				look_source(l, &t->wait, (struct source){ p, NULL, -1, true });
		}
	}
}

/* What a thread asks for: bytes [begin, end) of the file, to write or to read. */
struct range { uint64_t begin, end; bool writes; };

static struct range asked(const struct thread *t)
{
	struct range r = { 0, UINT64_MAX, true };
	struct flock lock;

	if (t->wait.kind == WAIT_FLOCK)
		r.writes = t->arg[1] & LOCK_EX;
	else if (look_memory(t->process->pid, t->arg[2], &lock, sizeof lock) && lock.l_whence == SEEK_SET
		&& lock.l_start >= 0 && lock.l_len >= 0) {
		r.begin = (uint64_t)lock.l_start;
		r.end = lock.l_len ? r.begin + (uint64_t)lock.l_len : UINT64_MAX;
		r.writes = lock.l_type == F_WRLCK;
	}
	return r;
}

/* "... WRITE 12 fe:00:34 0 EOF": is it in the way of what is asked for? */
static bool conflicts(const char *line, const struct range *asked)
{
	char mode[8], end[24];
	uint64_t begin;

	if (sscanf(line, "%*u: %*s %*s %7s %*d %*s %" SCNu64 " %23s", mode, &begin, end) != 3)
		return false;
	const uint64_t last = end[0] == 'E' ? UINT64_MAX : strtoull(end, NULL, 10);
	return begin < asked->end && asked->begin <= last && (asked->writes || strcmp(mode, "WRITE") == 0);
}

/* Does the descriptor's open file hold a lock in the way: a line "lock: 1: FLOCK ..." without an arrow. */
static bool holds(pid_t pid, int fd, const char *type, const struct range *asked)
{
	char *text = look_read(pid, "fdinfo/%d", fd);
	struct line lock;
	bool found = false;

	for (const char *at = text; at && (at = strstr(at, "lock:\t")) && !found; at++) {
		const char *line = at + strlen("lock:\t");
		found = read_line(line, &lock) && !lock.waits && strcmp(lock.type, type) == 0
			&& conflicts(line, asked);
	}
	free(text);
	return found;
}

/* flock() and OFD locks belong to an open file, which children share: all that have it open hold the lock. */
static void find_open_file(struct look *l, struct thread *t, const struct file *f, const char *type)
{
	const struct range range = asked(t);

	for (unsigned i = 0; i < l->processes; i++) {
		struct process *p = &l->process[i];
		look_files(l, p);
		for (unsigned j = 0; j < p->files; j++)
			if (p->file[j].dev == f->dev && p->file[j].ino == f->ino
				&& !(p == t->process && p->file[j].fd == f->fd)  /* nobody waits for his own */
				&& holds(p->pid, p->file[j].fd, type, &range))
				look_source(l, &t->wait, (struct source){ p, NULL, p->file[j].fd, true });
	}
}

void wait_file_lock(struct look *l, struct thread *t)
{
	const int fd = (int)t->arg[0], command = (int)t->arg[1];
	struct file *f = look_file(l, t->process, fd);
	char name[32], link[160];

	t->wait.fd = fd;
	snprintf(name, sizeof name, "fd/%d", fd);
	look_link(t->process->pid, name, link, sizeof link);
	snprintf(t->wait.on, sizeof t->wait.on, "lock on file '%.150s'", link);
	if (f && t->wait.kind == WAIT_FLOCK)
		find_open_file(l, t, f, "FLOCK");
	else if (f && command == F_OFD_SETLKW)
		find_open_file(l, t, f, "OFDLCK");
	else if (f && command == F_SETLKW)
		find_posix(l, t, f->ino);
	if (t->wait.sources == 0) {
		t->wait.outside = true;
		snprintf(t->wait.note, sizeof t->wait.note, "the kernel does not tell who holds it");
	}
}
