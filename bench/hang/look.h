/* SPDX-License-Identifier: MIT */
/* look.h -- what /proc says at one moment: processes, their threads, what they have open, where they wait.
 *
 * Nothing is stopped and nothing attached to, so threads are seen one after the other.  Two looks put that right: what
 * has not moved from the first to the second was waiting all the while in between (hang.c).
 */
#ifndef BENCH_HANG_LOOK_H
#define BENCH_HANG_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum wait_kind {
	WAIT_NONE,              /* it runs, or is ready to */
	WAIT_SLEEP, WAIT_READ, WAIT_WRITE, WAIT_ACCEPT, WAIT_CONNECT, WAIT_OPEN, WAIT_POLL, WAIT_EPOLL,
	WAIT_FUTEX,             /* of which it is not known what was built on it; the next ones are */
	WAIT_MUTEX, WAIT_RWLOCK, WAIT_CONDITION, WAIT_SEMAPHORE, WAIT_BARRIER, WAIT_OPENMP, WAIT_JOIN,
	WAIT_CHILD, WAIT_EXEC, WAIT_FLOCK, WAIT_FCNTL, WAIT_SIGNAL,
	WAIT_STOPPED, WAIT_ENDED, WAIT_DISK,
	WAIT_OTHER,             /* in a call that we know too little of */
	WAIT_UNTOLD             /* the kernel does not say where */
};

/* Who could end a wait: one thread, or (thread NULL) any thread of a process.  Strong: it is the one that holds, writes
 * or has to end.  Weak: it could come, as anybody may signal a condition. */
struct source {
	struct process *process;
	struct thread *thread;
	int fd;                 /* the descriptor of it that matters, or -1 */
	bool strong;
};

struct wait {
	enum wait_kind kind;
	const char *call;       /* name of the system call */
	bool timed;             /* it has a time limit */
	bool outside;           /* somebody whom we cannot see may end it */
	bool gone;              /* who should end it has ended */
	bool alone;             /* it was made for one process, and lies in memory that others share */
	bool missed;            /* ... where one of them unlocked, posted or signalled it, which wakes nobody */
	int fd;                 /* the descriptor, or -1 */
	char on[192];           /* what for, in words: "pipe 88" */
	char note[160];         /* what to add, or "" */
	struct source *source;
	unsigned sources;
};

struct thread {
	struct process *process;
	pid_t tid, tid_inside;  /* ours; as its own PID namespace counts */
	char state;             /* R, S, D, T, t, Z, X as in proc(5) */
	int error;              /* why its system call could not be read, or 0 */
	char line[200];         /* the system call as the kernel writes it; the same twice: it has not moved */
	long call;              /* -1: in none */
	uint64_t arg[6];
	char in_kernel[64];     /* function of the kernel in which it waits, or "" */
	uint64_t cpu_ns, queued_ns, switches;   /* queued: ready to run, and no CPU was free */
	struct wait wait;
	bool known;             /* wait was found */
	double busy;            /* share of the time between two looks that it computed */
	bool moved;             /* between two looks */
	bool runs, hopes;       /* somebody who could end its wait runs; is outside */
	bool stuck;             /* neither */
	bool polls;             /* over and over, it looks and sleeps again: watch.c's */
	bool patient;           /* it waits for just one that polls, or for one that does */
	bool perhaps;           /* stuck, unless one that polls ends its wait */
	unsigned number, low, component;        /* graph.c's */
	bool on_stack;
};

struct file {
	int fd;
	mode_t type;            /* S_IFIFO, S_IFSOCK ...; 0: an anonymous one, as an eventfd */
	dev_t dev;
	ino_t ino;
};

struct process {
	pid_t pid, parent, group;
	char state, name[64];
	bool member;            /* its threads are looked at */
	struct thread *thread;
	unsigned threads;
	struct file *file;
	unsigned files;
	bool files_read;
	bool clear;             /* graph.c's: one of its threads is stuck in what is not weak */
	bool narrow;            /* of 32 bits: the numbers of its calls, and its locks, are others */
	char *tcp[2];           /* its net/tcp and net/tcp6, read when needed */
	int files_error;        /* why its descriptors could not be listed, or 0 */
};

struct look {
	struct process *process;        /* all of the machine that we see */
	unsigned processes;
	char *locks;                    /* /proc/locks, read when needed */
	int error;                      /* the first that stopped us: -ENOMEM */
};

/* Looks at `root`, its descendants, the group that it leads, and whoever turns out to hold what one of them waits for.
 * 0, -ESRCH when there is no such process or group, -ENOMEM, or why /proc could not be read.  Free it in every case. */
int look_take(pid_t root, struct look *);
void look_free(struct look *);

struct process *look_find(const struct look *, pid_t pid);
void look_join(struct look *, struct process *);                /* makes it a member */
struct thread *look_thread(const struct process *, pid_t tid_inside);   /* or NULL */
void look_files(struct look *, struct process *);               /* lists its descriptors, once */
struct file *look_file(struct look *, struct process *, int fd);        /* or NULL */

bool look_still(const struct thread *);         /* it has not moved since, nor been away */

/* A whole file of /proc/PID/, malloc'd; NULL and errno.  "fdinfo/3" ... */
char *look_read(pid_t pid, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Where the link /proc/PID/... points to, or "" */
void look_link(pid_t pid, const char *name, char *text, size_t size);
/* The number behind `name` in the fdinfo of a descriptor, or -1. */
long look_fdinfo(pid_t pid, int fd, const char *name, int base);
bool look_memory(pid_t pid, uint64_t address, void *out, size_t size);  /* false: we may not, or none is there */

void look_source(struct look *, struct wait *, struct source);  /* adds one, once */

#endif
