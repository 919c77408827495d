/* SPDX-License-Identifier: MIT */
/* look.c -- what /proc says at one moment: processes, threads, descriptors, memory.  See look.h. */
#include "bench/hang/look.h"

#include "bench/base/text.h"
#include "bench/hang/wait.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MOST_BYTES = 16 << 20 };  /* of one file of /proc; an epoll of 10^5 descriptors has 8 MB */

/* One more element at the end, zeroed; NULL and look->error when there is no memory. */
static void *one_more(struct look *l, void *array, unsigned *count, size_t size)
{
	void **at = array;

	if ((*count & (*count - 1)) == 0) {  /* full at every power of two */
		void *more = realloc(*at, size * (*count ? 2 * (size_t)*count : 1));
		if (!more) {
			l->error = -ENOMEM;
			return NULL;
		}
		*at = more;
	}
	return memset((char *)*at + size * (*count)++, 0, size);
}

static char *read_all(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t bytes = 0, room = 4096;
	char *text = fd < 0 ? NULL : malloc(room);
	ssize_t got = text ? 1 : -1;

	while (text && bytes < MOST_BYTES && (got = read(fd, text + bytes, room - bytes - 1)) > 0) {
		bytes += (size_t)got;
		if (bytes + 1 < room)
			continue;
		char *more = realloc(text, room *= 2);
		if (!more)
			break;
		text = more;
	}
	int error = errno;
	if (fd >= 0)
		close(fd);
	if (got < 0) {
		free(text);
		errno = error;
		return NULL;
	}
	text[bytes] = '\0';
	return text;
}

char *look_read(pid_t pid, const char *format, ...)
{
	char path[128];
	va_list args;
	int at = snprintf(path, sizeof path, "/proc/%d/", pid);

	va_start(args, format);
	vsnprintf(path + at, sizeof path - (size_t)at, format, args);
	va_end(args);
	return read_all(path);
}

void look_link(pid_t pid, const char *name, char *text, size_t size)
{
	char path[128];

	snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
	ssize_t length = readlink(path, text, size - 1);
	text[length > 0 ? length : 0] = '\0';
}

long look_fdinfo(pid_t pid, int fd, const char *name, int base)
{
	char *text = look_read(pid, "fdinfo/%d", fd), *at = text ? strstr(text, name) : NULL;
	long value = at ? strtol(at + strlen(name), NULL, base) : -1;

	free(text);
	return value;
}

bool look_memory(pid_t pid, uint64_t address, void *out, size_t size)
{
	struct iovec here = { out, size }, there = { (void *)(uintptr_t)address, size };

	return process_vm_readv(pid, &here, 1, &there, 1, 0) == (ssize_t)size;
}

void look_source(struct look *l, struct wait *w, struct source s)
{
	for (unsigned i = 0; i < w->sources; i++)
		if (w->source[i].process == s.process && w->source[i].thread == s.thread && w->source[i].fd == s.fd)
			return;
	struct source *more = one_more(l, &w->source, &w->sources, sizeof s);
	if (more)
		*more = s;
	look_join(l, s.process);
}

struct process *look_find(const struct look *l, pid_t pid)
{
	for (unsigned i = 0; i < l->processes; i++)
		if (l->process[i].pid == pid)
			return &l->process[i];
	return NULL;
}

struct thread *look_thread(const struct process *p, pid_t tid_inside)
{
	for (unsigned i = 0; i < p->threads; i++)
		if (p->thread[i].tid_inside == tid_inside)
			return &p->thread[i];
	return NULL;
}

/* "name: ... last": the last number of that line of a status file, or -1. */
static long long last_number(const char *status, const char *name)
{
	const char *at = strstr(status, name);
	char *end;
	long long value = -1;

	if (!at)
		return -1;
	for (at += strlen(name); *at == '\t' || *at == ' '; at = end) {
		long long next = strtoll(at, &end, 10);
		if (end == at)
			break;
		value = next;
	}
	return value;
}

/* The line of `syscall`: "running", "-1 stack place", or "number six arguments stack place". */
static void read_call(struct thread *t, pid_t pid)
{
	char *line = look_read(pid, "task/%d/syscall", t->tid);

	t->call = -1;
	if (!line) {
		t->error = errno;
		return;
	}
	snprintf(t->line, sizeof t->line, "%s", line);
	sscanf(line, "%ld 0x%" SCNx64 " 0x%" SCNx64 " 0x%" SCNx64 " 0x%" SCNx64 " 0x%" SCNx64 " 0x%" SCNx64, &t->call,
		&t->arg[0], &t->arg[1], &t->arg[2], &t->arg[3], &t->arg[4], &t->arg[5]);
	free(line);
}

static void read_thread(struct thread *t, pid_t pid)
{
	char *stat = look_read(pid, "task/%d/stat", t->tid), *after = stat ? strrchr(stat, ')') : NULL;
	char *status = look_read(pid, "task/%d/status", t->tid);
	char *schedstat = look_read(pid, "task/%d/schedstat", t->tid);
	char *in_kernel = look_read(pid, "task/%d/wchan", t->tid);

	t->state = after && after[1] ? after[2] : 'X';  /* it has ended meanwhile */
	t->tid_inside = status ? (pid_t)last_number(status, "\nNSpid:") : -1;
	if (t->tid_inside < 0)
		t->tid_inside = t->tid;
	t->switches = status ? (uint64_t)last_number(status, "\nvoluntary_ctxt_switches:") : 0;
	if (schedstat)
		sscanf(schedstat, "%" SCNu64 " %" SCNu64, &t->cpu_ns, &t->queued_ns);
	if (in_kernel && in_kernel[0] != '0')
		snprintf(t->in_kernel, sizeof t->in_kernel, "%s", in_kernel);
	read_call(t, pid);
	free(stat);
	free(status);
	free(schedstat);
	free(in_kernel);
}

bool look_still(const struct thread *t)
{
	struct thread now = { .tid = t->tid };

	read_thread(&now, t->process->pid);
	return now.state == t->state && now.switches == t->switches && strcmp(now.line, t->line) == 0;
}

static bool is_narrow(pid_t pid)
{
	char path[64], head[EI_NIDENT] = "";

	snprintf(path, sizeof path, "/proc/%d/exe", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool narrow = fd >= 0 && read(fd, head, sizeof head) == sizeof head && head[EI_CLASS] == ELFCLASS32;
	if (fd >= 0)
		close(fd);
	return narrow;
}

void look_join(struct look *l, struct process *p)
{
	char path[64];

	if (p->member)
		return;
	p->member = true;
	p->narrow = is_narrow(p->pid);
	snprintf(path, sizeof path, "/proc/%d/task", p->pid);
	DIR *tasks = opendir(path);
	for (struct dirent *entry; tasks && (entry = readdir(tasks));) {
		pid_t tid = atoi(entry->d_name);
		struct thread *t = tid > 0 ? one_more(l, &p->thread, &p->threads, sizeof *t) : NULL;
		if (!t)
			continue;
		t->tid = tid;
		read_thread(t, p->pid);
	}
	if (tasks)
		closedir(tasks);
	for (unsigned i = 0; i < p->threads; i++)  /* only now do they stay where they are */
		p->thread[i].process = p;
}

void look_files(struct look *l, struct process *p)
{
	char path[96];

	if (p->files_read)
		return;
	p->files_read = true;
	snprintf(path, sizeof path, "/proc/%d/fd", p->pid);
	DIR *fds = opendir(path);
	p->files_error = fds ? 0 : errno;
	for (struct dirent *entry; fds && (entry = readdir(fds));) {
		struct statx about;
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/fd/%d", p->pid, atoi(entry->d_name));
		/* not synchronised: a server that is away must not hang the doctor, too */
		if (statx(AT_FDCWD, path, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE | STATX_INO, &about) < 0)
			continue;
		struct file *f = one_more(l, &p->file, &p->files, sizeof *f);
		if (f)
			*f = (struct file){ .fd = atoi(entry->d_name), .type = about.stx_mode & S_IFMT,
				.dev = makedev(about.stx_dev_major, about.stx_dev_minor), .ino = about.stx_ino };
	}
	if (fds)
		closedir(fds);
}

struct file *look_file(struct look *l, struct process *p, int fd)
{
	look_files(l, p);
	for (unsigned i = 0; i < p->files; i++)
		if (p->file[i].fd == fd)
			return &p->file[i];
	return NULL;
}

static void read_process(struct look *l, pid_t pid)
{
	char *stat = look_read(pid, "stat"), *name = stat ? strchr(stat, '(') : NULL;
	char *after = name ? strrchr(name, ')') : NULL;
	struct process read = { .pid = pid };

	if (after && sscanf(after, ") %c %d %d", &read.state, &read.parent, &read.group) == 3) {
		*after = '\0';
		snprintf(read.name, sizeof read.name, "%s", name + 1);
		text_clean(read.name);
		struct process *p = one_more(l, &l->process, &l->processes, sizeof *p);
		if (p)
			*p = read;
	}
	free(stat);
}

static bool descends(const struct look *l, const struct process *p, pid_t root)
{
	for (unsigned steps = 0; p && steps < l->processes; steps++) {
		if (p->pid == root)
			return true;
		p = look_find(l, p->parent);
	}
	return false;
}

int look_take(pid_t root, struct look *l)
{
	DIR *proc = opendir("/proc");
	unsigned members = 0;

	*l = (struct look){ 0 };
	if (!proc)
		return -errno;
	for (struct dirent *entry; (entry = readdir(proc));)
		if (atoi(entry->d_name) > 0)
			read_process(l, atoi(entry->d_name));
	closedir(proc);
	for (unsigned i = 0; i < l->processes; i++)
		if (l->process[i].group == root || descends(l, &l->process[i], root)) {
			look_join(l, &l->process[i]);
			members++;
		}
	wait_find_all(l);
	return l->error ? l->error : members ? 0 : -ESRCH;
}

void look_free(struct look *l)
{
	for (unsigned i = 0; i < l->processes; i++) {
		for (unsigned j = 0; j < l->process[i].threads; j++)
			free(l->process[i].thread[j].wait.source);
		free(l->process[i].thread);
		free(l->process[i].file);
		free(l->process[i].tcp[0]);
		free(l->process[i].tcp[1]);
	}
	free(l->process);
	free(l->locks);
	*l = (struct look){ 0 };
}
