/* SPDX-License-Identifier: MIT */
/* futex.c -- what was built on a futex: glibc's locks are known by what lies in memory around the word waited on.
 *
 * The kernel knows an address and a number; who holds a lock stands in the program's own memory.  The layouts are those
 * of glibc 2.34 and later on 64-bit machines (struct __pthread_mutex_s and its siblings, bits/pthreadtypes).  Each test
 * asks for all that must be so; where more than one fits, more than one is named, and where none does, none.
 */
#include "bench/hang/symbol.h"
#include "bench/hang/wait.h"

#include <inttypes.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

enum { TID = 0x3fffffff, MOST_WAITERS = 1 << 20 };

/* One 32-bit word of the program; a page that is not there reads as "impossible". */
static uint32_t word(const struct thread *t, int64_t offset)
{
	uint32_t value;

	return look_memory(t->process->pid, t->arg[0] + (uint64_t)offset, &value, sizeof value) ? value : 0xdeadbeef;
}

/* ---- who shares the memory ---- */

struct mapping { bool shared; unsigned major, minor; uint64_t ino; };

static bool find_mapping(const char *maps, uint64_t address, struct mapping *out)
{
	uint64_t begin, end;
	char may[8];

	for (const char *line = maps; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %*x %x:%x %" SCNu64, &begin, &end, may, &out->major,
			&out->minor, &out->ino) == 6 && begin <= address && address < end) {
			out->shared = may[3] == 's';
			return true;
		}
	return false;
}

static bool maps_it(const struct process *p, const struct mapping *what)
{
	char *maps = look_read(p->pid, "maps");
	struct mapping here;
	bool found = false;

	for (const char *line = maps; line && *line && !found;
		line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		found = sscanf(line, "%*x-%*x %*s %*x %x:%x %" SCNu64, &here.major, &here.minor, &here.ino) == 3
			&& here.major == what->major && here.minor == what->minor && here.ino == what->ino;
	free(maps);
	return found;
}

/* All that could wake it become sources: its own process and, where the memory is shared, the others that have it. */
static bool add_sharers(struct look *l, struct thread *t)
{
	char *maps = look_read(t->process->pid, "maps");
	struct mapping own = { 0 };

	t->wait.outside = !maps || !find_mapping(maps, t->arg[0], &own);
	free(maps);
	look_source(l, &t->wait, (struct source){ t->process, NULL, -1, false });
	for (unsigned i = 0; own.shared && i < l->processes; i++)
		if (&l->process[i] != t->process && maps_it(&l->process[i], &own))
			look_source(l, &t->wait, (struct source){ &l->process[i], NULL, -1, false });
	return own.shared;
}

/* ---- locks with an owner ---- */

static bool of_parent(const struct process *p, pid_t tid)
{
	char *status = look_read(tid, "status"), *at = status ? strstr(status, "\nTgid:") : NULL;
	const bool is = at && atoi(at + strlen("\nTgid:")) == p->parent;

	free(status);
	return is;
}

/* A process that was forked and has not called exec since runs what its parent runs. */
static bool may_be_forked(const struct process *p)
{
	char own[256], parents[256];

	look_link(p->pid, "exe", own, sizeof own);
	look_link(p->parent, "exe", parents, sizeof parents);
	return own[0] && strcmp(own, parents) == 0;
}

/* Thread `owner`, as the program counts, holds it: it alone is the source.  Or it is gone. */
static void set_owner(struct look *l, struct thread *t, pid_t owner, bool shared)
{
	struct thread *found = NULL;

	for (unsigned i = 0; i < t->wait.sources && !found; i++)
		found = look_thread(t->wait.source[i].process, owner);
	t->wait.sources = 0;
	if (found && found->state != 'Z' && found->state != 'X') {
		look_source(l, &t->wait, (struct source){ found->process, found, -1, true });
		t->wait.alone &= found->process != t->process;  /* between threads of one process it does its work */
		return;
	}
	t->wait.gone = true;
	snprintf(t->wait.note, sizeof t->wait.note, "its owner, thread %d, %s", owner,
		shared || !may_be_forked(t->process) ? "is gone"
		: of_parent(t->process, owner) ? "is of the parent, and held it at the fork"
		: "is gone, or held it when this process was forked");
}

static bool is_mutex(const struct thread *t)
{
	enum { KINDS = 3 | 16 | 32 | 64 | 128 | 256 | 512 };
	const uint32_t lock = word(t, 0), kind = word(t, 16), owner = word(t, 8);

	if (kind & ~(uint32_t)KINDS)
		return false;
	if (kind & (16 | 32))  /* robust, or with priority inheritance: the lock is the owner's number */
		return (lock & TID) != 0;
	return lock == 2 && owner > 0 && owner <= TID && word(t, 12) > 0 && word(t, 12) < MOST_WAITERS;
}

/* What it is, with the variable's name. */
static void named(struct thread *t, enum wait_kind kind, const char *what, const char *more)
{
	char name[80];

	symbol_at(t->process->pid, t->arg[0], name, sizeof name);
	if (t->wait.alone && !name[0])
		snprintf(name, sizeof name, " at %#" PRIx64, t->arg[0]);
	t->wait.kind = kind;
	snprintf(t->wait.on, sizeof t->wait.on, "%s%s%s", what, name, more);
}

static void mutex(struct look *l, struct thread *t, bool shared)
{
	const uint32_t kind = word(t, 16);

	named(t, WAIT_MUTEX, kind & 16 ? "robust mutex" : shared && !t->wait.alone ? "shared mutex" : "mutex", "");
	set_owner(l, t, (pid_t)(kind & (16 | 32) ? word(t, 0) & TID : word(t, 8)), shared);
}

/* A read-write lock: readers, writers, two futexes, ..., the thread that writes.  `base` is where it begins. */
static bool is_rwlock(const struct thread *t, int64_t base)
{
	const uint32_t readers = word(t, base), writers = word(t, base + 4), writer = word(t, base + 24);
	const uint32_t shared = word(t, base + 28);

	return shared <= 1 && readers >> 3 < MOST_WAITERS && writers < MOST_WAITERS && word(t, base + 8) <= 3
		&& word(t, base + 12) <= 3 && writer <= TID && (readers >> 3 > 0 || writer > 0)
		&& (writers > 0 || writer > 0 || readers & 2);  /* 2: a writer waits, or writes */
}

static void rwlock(struct look *l, struct thread *t, int64_t base, bool shared)
{
	const uint32_t writer = word(t, base + 24);

	named(t, WAIT_RWLOCK, "read-write lock", "");
	if (writer)
		set_owner(l, t, (pid_t)writer, shared);
	else
		snprintf(t->wait.note, sizeof t->wait.note, "which %u reader%s hold%s (who, is not written down)",
			word(t, base) >> 3, word(t, base) >> 3 == 1 ? "" : "s", word(t, base) >> 3 == 1 ? "s" : "");
}

/* ---- without an owner ---- */

/* pthread_join waits for the word that the kernel clears when the thread ends; it holds its number.  It waits in a way
 * that may be cancelled: a mutex that others wait for, too, says 2, and in a sandbox there is a thread 2. */
static struct thread *joined(const struct thread *t)
{
	const uint32_t tid = ((int)t->arg[1] & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET ? word(t, 0) : 0;
	struct thread *found = tid == (uint32_t)t->arg[2] && tid > 0 && tid <= TID
		? look_thread(t->process, (pid_t)tid) : NULL;

	return t->arg[1] & FUTEX_PRIVATE_FLAG ? NULL : found;
}

/* value 0 and how many wait, then whether it is private. */
static bool is_semaphore(const struct thread *t)
{
	const uint32_t waiters = word(t, 4), private = word(t, 8);

	return word(t, 0) == 0 && t->arg[2] == 0 && waiters >= 1 && waiters < MOST_WAITERS
		&& (private == 0 || private == 128);
}

/* The word is one of the two group's signals; `base` is where the condition begins.  glibc 2.41 moved them. */
static bool is_condition(const struct thread *t, unsigned group, bool old)
{
	const int64_t base = -(int64_t)(old ? 40 : 32) - 4 * (int64_t)group;
	const uint32_t waiters = word(t, base + (old ? 36 : 28)) >> 3;
	const uint32_t refs = old ? word(t, base + 16 + 4 * (int64_t)group) >> 1 : 1;
	uint64_t sequence, first;

	return look_memory(t->process->pid, t->arg[0] + (uint64_t)base, &sequence, sizeof sequence)
		&& look_memory(t->process->pid, t->arg[0] + (uint64_t)(base + 8), &first, sizeof first)
		&& waiters >= 1 && waiters < MOST_WAITERS && refs >= 1 && refs <= waiters
		&& sequence >> 1 >= waiters && first >> 1 <= sequence >> 1 && sequence >> 1 < (uint64_t)1 << 48
		&& (old || (word(t, base + 40) == 0 && word(t, base + 44) == 0));
}

static bool is_condition_of(const struct thread *t, bool old)
{
	return is_condition(t, 0, old) || is_condition(t, 1, old);
}

/* in, round, count, shared: `in` - `round` have come, the word is `round`. */
static bool is_barrier(const struct thread *t)
{
	const uint32_t come = word(t, -4) - word(t, 0), count = word(t, 4), shared = word(t, 8);

	return word(t, 0) == (uint32_t)t->arg[2] && count > 1 && count < MOST_WAITERS && come >= 1 && come < count
		&& (shared == 0 || shared == 128);
}

/* Other runtimes wait for the same numbers, so libgomp must be there. */
static bool has_libgomp(const struct thread *t)
{
	char *maps = look_read(t->process->pid, "maps");
	const bool has = maps && strstr(maps, "/libgomp.so");

	free(maps);
	return has;
}

/* libgomp's barrier: total and generation at the start of a cache line, who is awaited in the next one. */
static bool is_openmp_barrier(const struct thread *t)
{
	const uint32_t total = word(t, -4), awaited = word(t, 60);

	return t->arg[0] % 64 == 4 && total >= 1 && total < MOST_WAITERS && awaited >= 1 && awaited <= total
		&& word(t, 4) == 0 && has_libgomp(t);
}

static void barrier(struct thread *t)
{
	char more[64];

	snprintf(more, sizeof more, " for %u, to which only %u came", word(t, 4), word(t, -4) - word(t, 0));
	named(t, WAIT_BARRIER, "barrier", more);
}

static void unknown(struct thread *t)
{
	t->wait.missed &= t->wait.sources > 1;
	t->wait.alone &= t->wait.sources > 1;
	snprintf(t->wait.on, sizeof t->wait.on, "futex %#" PRIx64 " of a lock or queue that is not glibc's", t->arg[0]);
}

/* Those without an owner: any thread may end the wait.  All that fit are named.  `cancelable`: see wait_futex(). */
static void ownerless(struct thread *t, bool cancelable)
{
	const bool semaphore = cancelable && is_semaphore(t);
	const bool condition = cancelable && (is_condition_of(t, true) || is_condition_of(t, false));

	if (!cancelable && is_barrier(t)) {
		barrier(t);
	} else if (!cancelable && is_openmp_barrier(t)) {
		named(t, WAIT_OPENMP, "barrier of OpenMP", "");
	} else if (semaphore && condition && !is_condition_of(t, true)) {
		named(t, WAIT_CONDITION, "condition variable or semaphore (they look alike here)", "");
	} else if (condition) {
		named(t, WAIT_CONDITION, "condition variable", "");
	} else if (semaphore) {
		named(t, WAIT_SEMAPHORE, "semaphore", " (its value is 0)");
	} else if (!cancelable && word(t, 0) == ~0u && has_libgomp(t)) {
		named(t, WAIT_OPENMP, "lock or critical region of OpenMP", ", whose holder is not written down");
	} else {
		unknown(t);
	}
}

/* ---- made for one process, used by several ---- */

/* Nobody sleeps on a free mutex, nor on a taken one whose word does not say so, but who was not woken. */
static bool was_mutex(const struct thread *t)
{
	enum { KINDS = 3 | 256 | 512 };

	return t->arg[2] == 2 && word(t, 0) <= 1 && word(t, 8) <= TID && word(t, 12) < MOST_WAITERS
		&& !(word(t, 16) & ~(uint32_t)KINDS);
}

static bool was_semaphore(const struct thread *t)
{
	return t->arg[2] == 0 && word(t, 0) > 0 && word(t, 0) <= INT32_MAX && word(t, 4) >= 1
		&& word(t, 4) < MOST_WAITERS && word(t, 8) == 0;
}

static void missed_mutex(struct thread *t)
{
	const pid_t owner = (pid_t)word(t, 8);
	const struct thread *found = NULL;

	for (unsigned i = 0; i < t->wait.sources && !found; i++)
		found = look_thread(t->wait.source[i].process, owner);
	named(t, WAIT_MUTEX, "mutex", "");
	if (word(t, 0) == 0)
		snprintf(t->wait.note, sizeof t->wait.note, "which is free");
	else if (found && found->state != 'Z' && found->state != 'X')
		snprintf(t->wait.note, sizeof t->wait.note, "which %s %d holds",
			found->process->threads == 1 ? "process" : "thread", found->tid);
	else
		snprintf(t->wait.note, sizeof t->wait.note, "whose owner, thread %d, is gone", owner);
}

/* The kernel looks for sleepers of a private futex in the process of who wakes them: this one changed the word, and is
 * another.  Or it is of this process, and has not come to wake: then it still runs, and that is a source. */
static void missed(struct thread *t, bool cancelable)
{
	const bool semaphore = cancelable && was_semaphore(t);
	const bool condition = cancelable && (is_condition_of(t, true) || is_condition_of(t, false));

	t->wait.missed = true;
	if (!cancelable && was_mutex(t)) {
		missed_mutex(t);
	} else if (semaphore && condition && !is_condition_of(t, true)) {
		named(t, WAIT_CONDITION, "condition variable or semaphore (they look alike here)", "");
	} else if (condition) {
		named(t, WAIT_CONDITION, "condition variable", "");
		snprintf(t->wait.note, sizeof t->wait.note, "which was signalled");
	} else if (semaphore) {
		named(t, WAIT_SEMAPHORE, "semaphore", "");
		snprintf(t->wait.note, sizeof t->wait.note, "whose value is %u", word(t, 0));
	} else {
		unknown(t);
	}
}

void wait_futex(struct look *l, struct thread *t)
{
	const int what = (int)t->arg[1] & FUTEX_CMD_MASK;
	struct thread *ended = joined(t);

	t->wait.timed = t->arg[3] != 0;
	if (ended) {
		t->wait.kind = WAIT_JOIN;
		look_source(l, &t->wait, (struct source){ t->process, ended, -1, true });
		return;
	}
	const bool shared = add_sharers(l, t), waits = what == FUTEX_WAIT || what == FUTEX_WAIT_BITSET;
	/* glibc waits so in what may be cancelled or have a limit: not in a mutex, nor in a barrier */
	const bool cancelable = what == FUTEX_WAIT_BITSET;
	const bool other = is_semaphore(t) || is_condition_of(t, true) || is_condition_of(t, false);
	const bool inherits = what == FUTEX_LOCK_PI || what == 13;  /* FUTEX_LOCK_PI2, since Linux 5.14 */

	const bool changed = waits && word(t, 0) != (uint32_t)t->arg[2];

	t->wait.alone = shared && t->arg[1] & FUTEX_PRIVATE_FLAG && (changed || t->wait.sources > 1);
	if (word(t, 0) == 0xdeadbeef)
		t->wait.outside = true, snprintf(t->wait.on, sizeof t->wait.on, "futex in memory that we may not read");
	else if (t->wait.alone && changed)
		missed(t, cancelable);
	else if (inherits || (waits && is_mutex(t)))
		mutex(l, t, shared);
	else if (cancelable && !other && is_rwlock(t, -8))
		rwlock(l, t, -8, shared);
	else if (cancelable && !other && is_rwlock(t, -12))
		rwlock(l, t, -12, shared);
	else
		ownerless(t, cancelable);
	if (t->wait.alone && t->wait.sources > 1)
		t->wait.sources = 1;  /* its own process: nobody else's wake reaches it */
}
