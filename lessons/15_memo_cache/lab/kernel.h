/* SPDX-License-Identifier: MIT */
/* kernel.h -- questions that are dear to compute, a folder for their values, and workers some of whom are killed.
 *
 *   turn(t, i, j)              what worker i asks in its j-th turn: every worker asks all n questions, once each
 *   compute(t, i, question, v) the value of a question; worker i may be killed meanwhile
 *   put(t, i, question, fd, v) writes a value to a file, in pieces; worker i may be killed between two of them
 *   get(fd, v)                 reads a value; false: the file holds less than a whole one
 *   digest(v)                  what is left of a value in the answer
 *   folder(t)                  an open folder that is empty when solve() begins: for openat(), renameat(), unlinkat()
 *
 * A log, in memory that all processes share, counts what is computed: by it verify() judges.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/shared.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SEED, HERD, KILLED, SPIN, NAP_US };              /* places in task.param */
enum { NOBODY, WHO_COMPUTES, WHO_WRITES };              /* what `killed` says */
enum { NUMBERS = 512, PIECES = 8, MOST_QUESTIONS = 1458 };

/* No two are alike: (1, 11), (11, 1), (2, 11), (21, 1) ... */
struct question { unsigned x, y; };
struct value { uint64_t number[NUMBERS]; };

struct log {
	_Atomic uint64_t computing, writing;    /* begun in this solve() */
	_Atomic bool died[MAX_WORKERS];
	struct { _Atomic uint32_t computed, lost; } of[MOST_QUESTIONS];  /* lost: its writer was killed */
};

struct flight {
	char path[PATH_MAX];
	int folder;                             /* from folder_make() to folder_remove() */
	struct log *log;
};

static inline struct flight *flight_of(const struct task *t)
{
	return (struct flight *)(uintptr_t)t->input;
}

static inline int folder(const struct task *t)
{
	return flight_of(t)->folder;
}

/* Question q of n, of three digits that are not 0, cut behind the first or behind the second. */
static inline struct question question_of(uint64_t q)
{
	unsigned m = (unsigned)q / 2, a = 1 + m % 9, b = 1 + m / 9 % 9, c = 1 + m / 81 % 9;

	return q % 2 == 0 ? (struct question){ a, 10 * b + c } : (struct question){ 10 * a + b, c };
}

static inline uint64_t index_of(struct question k)
{
	unsigned a = k.x < 10 ? k.x : k.x / 10, b = k.x < 10 ? k.y / 10 : k.x % 10, c = k.y % 10;

	return 2 * (a - 1 + 9 * (b - 1) + 81 * (c - 1)) + (k.x >= 10);
}

/* Which question comes first for worker i: of a herd all ask the same at the same time. */
static inline uint64_t first_of(const struct task *t, unsigned i)
{
	return t->param[HERD] ? 0 : i * t->n / t->workers;
}

static inline struct question turn(const struct task *t, unsigned i, uint64_t j)
{
	return question_of((first_of(t, i) + j) % t->n);
}

/* The end of worker i, if `which` is drawn; nobody is killed twice, and somebody is always left. */
static inline bool must_die(const struct task *t, uint64_t when, uint64_t which)
{
	return t->workers > 1 && t->param[KILLED] == when && which == t->param[SEED] % 3;
}

_Noreturn static inline void die_here(const struct task *t, unsigned i)
{
	atomic_store(&flight_of(t)->log->died[i], true);
	for (;;)
		SYS(kill(getpid(), SIGKILL));
}

static inline uint64_t born(const struct task *t, struct question k)
{
	return lcg_leap(t->param[SEED] + 1000 * k.x + k.y, 64);
}

static inline void compute(const struct task *t, unsigned i, struct question k, struct value *v)
{
	struct log *log = flight_of(t)->log;
	uint64_t which = atomic_fetch_add(&log->computing, 1), ns = t->param[NAP_US] * 1000;
	struct timespec left = { (time_t)(ns / 1000000000), (long)(ns % 1000000000) };

	while (ns > 0 && nanosleep(&left, &left) < 0 && errno == EINTR)
		continue;
	may_yield();
	uint64_t x = lcg_run(born(t, k), t->param[SPIN]);
	if (must_die(t, WHO_COMPUTES, which))
		die_here(t, i);
	for (unsigned p = 0; p < NUMBERS; p++)
		v->number[p] = x + p;
	atomic_fetch_add(&log->of[index_of(k)].computed, 1);
}

static inline void put(const struct task *t, unsigned i, struct question k, int fd, const struct value *v)
{
	struct log *log = flight_of(t)->log;
	uint64_t which = atomic_fetch_add(&log->writing, 1);

	for (unsigned piece = 0; piece < PIECES; piece++) {
		size_t bytes = sizeof *v / PIECES;
		if (piece == PIECES / 2 && must_die(t, WHO_WRITES, which)) {
			atomic_fetch_add(&log->of[index_of(k)].lost, 1);
			die_here(t, i);
		}
		may_yield();
		if (SYS(write(fd, (const char *)v + piece * bytes, bytes)) != (long)bytes)
			die("put: the disk is full");
	}
}

static inline bool get(int fd, struct value *v)
{
	size_t had = 0, got = 1;

	while (got > 0 && had < sizeof *v) {
		may_yield();
		got = (size_t)SYS(read(fd, (char *)v + had, sizeof *v - had));
		had += got;
	}
	return had == sizeof *v;
}

static inline uint64_t digest(const struct value *v)
{
	uint64_t sum = 0;

	for (uint64_t p = 0; p < NUMBERS; p++)
		sum += (p + 1) * v->number[p];
	return sum;
}

/* Removes whatever lies in a folder; others may do so at the same time. */
static inline void empty(const char *path)
{
	DIR *all = opendir(path);

	for (struct dirent *file; all && (file = readdir(all));)
		if (file->d_name[0] != '.' && unlinkat(dirfd(all), file->d_name, 0) < 0)
			unlinkat(dirfd(all), file->d_name, AT_REMOVEDIR);
	if (all)
		SYS(closedir(all));
}

/* A run that was killed could not remove its folder: the next one does.  Its name tells whose it was. */
static inline void sweep(const char *base)
{
	DIR *all = opendir(base);
	char path[PATH_MAX];
	int pid;

	for (struct dirent *file; all && (file = readdir(all));) {
		if (sscanf(file->d_name, "manyhands-flight.%d.", &pid) != 1 || kill(pid, 0) == 0 || errno != ESRCH)
			continue;
		snprintf(path, sizeof path, "%s/%s", base, file->d_name);
		empty(path);
		rmdir(path);
	}
	if (all)
		SYS(closedir(all));
}

/* variant.start and variant.stop: the folder is there from the one to the other.  It lies in memory, where that can be:
 * a disk's moods are not to be measured. */
static inline void folder_make(const struct task *t)
{
	struct flight *f = flight_of(t);
	const char *base = getenv("TMPDIR");

	if (!base)
		base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	sweep(base);
	int bytes = snprintf(f->path, sizeof f->path, "%s/manyhands-flight.%d.XXXXXX", base, (int)getpid());
	if (bytes >= PATH_MAX || !mkdtemp(f->path))
		die("no folder can be made in %s: set TMPDIR to one that can be written to", base);
	f->folder = (int)SYS(open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

static inline void folder_remove(const struct task *t)
{
	empty(flight_of(t)->path);
	SYS(close(flight_of(t)->folder));
	SYS(rmdir(flight_of(t)->path));
}
