/* SPDX-License-Identifier: MIT */
/* words.c -- a wait, a circle of waits and what to change, as a sentence.  See words.h. */
#include "bench/hang/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { HOLDERS_SHOWN = 3, CIRCLE_SHOWN = 4 };

void words_add(struct words *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int length = vsnprintf(w->text + w->used, w->size - w->used, format, args);
	va_end(args);
	w->used += length > 0 ? (size_t)length : 0;
	if (w->used >= w->size)
		w->used = w->size - 1;
}

void words_who(struct words *w, const struct thread *t, bool several)
{
	if (t->process->threads == 1)
		words_add(w, "process %d", t->process->pid);
	else
		words_add(w, "thread %d", t->tid);
	if (t->process->threads > 1 && several)
		words_add(w, " of process %d", t->process->pid);
}

/* "process 12 itself, descriptor 4, and in process 13, descriptor 4": who has the other end open. */
static void add_holders(struct words *w, const struct thread *t)
{
	unsigned shown = 0;

	for (unsigned pass = 0; pass < 2; pass++)  /* itself first: that is the usual mistake */
		for (unsigned i = 0; i < t->wait.sources; i++) {
			const struct source *s = &t->wait.source[i];
			const bool own = s->process == t->process;
			if (own != (pass == 0) || shown++ >= HOLDERS_SHOWN)
				continue;
			words_add(w, "%sprocess %d%s", shown > 1 ? ", and in " : "", s->process->pid,
				own ? " itself" : "");
			if (s->fd >= 0)
				words_add(w, ", descriptor %d", s->fd);
		}
	if (shown > HOLDERS_SHOWN)
		words_add(w, ", and in %u more", shown - HOLDERS_SHOWN);
}

static bool is_pipe(const struct wait *w)
{
	return strncmp(w->on, "pipe ", 5) == 0 || strncmp(w->on, "FIFO ", 5) == 0;
}

/* Whom there is none of.  One that polls may be left. */
static const char *sort_of(const struct thread *t)
{
	return t->perhaps ? "computing" : "running";
}

static void add_descriptor_wait(struct words *w, const struct thread *t)
{
	const struct wait *wait = &t->wait;
	const bool writes = wait->kind == WAIT_WRITE, weak = wait->sources > 0 && !wait->source[0].strong;

	words_add(w, "waits in %s on %s", wait->call, wait->on);
	if (weak && t->stuck)
		words_add(w, ", descriptor %d, which no %s process is left to %s", wait->fd, sort_of(t),
			writes ? "read" : "write");
	else if (weak || wait->sources == 0)
		words_add(w, ", descriptor %d", wait->fd);
	else if (writes)
		words_add(w, ", which is full; its %s end is open in ", is_pipe(wait) ? "read" : "other");
	else if (strstr(wait->on, "descriptors, of which"))
		words_add(w, "; their other ends are still open in ");
	else
		words_add(w, "; its %s end is still open in ", is_pipe(wait) ? "write" : "other");
	if (wait->sources > 0 && !weak)
		add_holders(w, t);
}

static void add_owned_wait(struct words *w, const struct thread *t, bool several)
{
	const struct thread *owner = t->wait.sources && t->wait.source[0].strong ? t->wait.source[0].thread : NULL;

	words_add(w, "waits for the %s", t->wait.on);
	if (owner == t) {
		words_add(w, " that it holds itself");
	} else if (owner) {
		words_add(w, " that ");
		words_who(w, owner, several);
		words_add(w, " holds");
	}
}

static void add_child_wait(struct words *w, const struct thread *t)
{
	const struct wait *wait = &t->wait;

	words_add(w, "waits in %s for ", wait->call);
	if (wait->sources == 0)
		words_add(w, "a child that we do not see");
	else if (wait->sources == 1)
		words_add(w, "its child %d to end", wait->source[0].process->pid);
	else
		words_add(w, "one of its %u children to end, %d first", wait->sources, wait->source[0].process->pid);
}

static void add_file_lock_wait(struct words *w, const struct thread *t)
{
	words_add(w, "waits in %s for the %s", t->wait.call, t->wait.on);
	if (t->wait.sources > 0) {
		words_add(w, ", which is held in ");
		add_holders(w, t);
	}
}

static void add_untold(struct words *w, const struct thread *t)
{
	words_add(w, "waits where the kernel does not let us look (%s)", strerror(t->error));
	if (t->in_kernel[0])
		words_add(w, "; in the kernel that is %s", t->in_kernel);
}

/* What has no holder to name. */
static void add_plain_wait(struct words *w, const struct thread *t)
{
	const struct wait *wait = &t->wait;

	switch (wait->kind) {
	case WAIT_NONE:
		words_add(w, t->polls ? "wakes up" : t->busy > 0.01 ? "computes" : "is ready to run");
		break;
	case WAIT_SLEEP: words_add(w, "sleeps in %s", wait->call); break;
	case WAIT_ACCEPT: words_add(w, "waits in %s on %s for somebody to connect", wait->call, wait->on); break;
	case WAIT_CONNECT: words_add(w, "waits in %s for %s to answer", wait->call, wait->on); break;
	case WAIT_CONDITION:
	case WAIT_SEMAPHORE:
		words_add(w, "waits for the %s", wait->on);
		if (t->stuck)
			words_add(w, " that no %s thread%s is left to %s", sort_of(t),
				wait->alone ? " of its process" : "",
				wait->kind == WAIT_SEMAPHORE ? "post" : "signal");
		break;
	case WAIT_BARRIER: words_add(w, "waits at the %s", wait->on); break;
	case WAIT_OPENMP: words_add(w, "waits at a %s", wait->on); break;
	case WAIT_FUTEX: words_add(w, "waits for a %s", wait->on); break;
	case WAIT_EXEC: words_add(w, "waits in %s for its child to call exec or to end", wait->call); break;
	case WAIT_SIGNAL: words_add(w, "waits in %s for a signal, which any process may send", wait->call); break;
	case WAIT_STOPPED: words_add(w, t->state == 't' ? "is held by a debugger" : "is stopped by a signal"); break;
	case WAIT_ENDED: words_add(w, "has ended"); break;
	case WAIT_DISK:
		words_add(w, "waits for a device or a file server%s%s", t->in_kernel[0] ? ", in the kernel's " : "",
			t->in_kernel);
		break;
	default: words_add(w, "waits in system call %s%s", wait->call, wait->on);
	}
}

/* What happens to a lock, and how it is made to be shared. */
struct made { enum wait_kind kind; const char *deed, *how; };

static const struct made *made(const struct wait *wait)
{
	static const struct made table[] = {
		{ WAIT_MUTEX, "an unlock",
			"initialise it with pthread_mutexattr_setpshared(.., PTHREAD_PROCESS_SHARED)" },
		{ WAIT_RWLOCK, "an unlock",
			"initialise it with pthread_rwlockattr_setpshared(.., PTHREAD_PROCESS_SHARED)" },
		{ WAIT_CONDITION, "a signal",
			"initialise it with pthread_condattr_setpshared(.., PTHREAD_PROCESS_SHARED)" },
		{ WAIT_SEMAPHORE, "a post", "initialise it with sem_init(.., 1, ..)" },
		{ WAIT_BARRIER, "an arrival",
			"initialise it with pthread_barrierattr_setpshared(.., PTHREAD_PROCESS_SHARED)" },
		{ WAIT_FUTEX, "a wake", "call futex without FUTEX_PRIVATE_FLAG" },
	};

	for (unsigned i = 0; wait->alone && i < sizeof table / sizeof *table; i++)
		if (table[i].kind == wait->kind)
			return &table[i];
	return NULL;
}

static void add_alone(struct words *w, const struct wait *wait)
{
	words_add(w, "; it lies in memory that processes share, but was made for the threads of one process alone");
	if (made(wait))
		words_add(w, ", so that %s in another process wakes nobody", made(wait)->deed);
}

static void add_missed(struct words *w, const struct wait *wait, bool one)
{
	words_add(w, "%s for the %s%s%s", one ? "waits" : "wait", wait->on, wait->note[0] ? ", " : "", wait->note);
	add_alone(w, wait);
}

static void add_wait(struct words *w, const struct thread *t, bool several)
{
	const struct wait *wait = &t->wait;

	switch (wait->kind) {
	case WAIT_READ:
	case WAIT_WRITE:
	case WAIT_POLL:
	case WAIT_EPOLL: add_descriptor_wait(w, t); break;
	case WAIT_MUTEX:
	case WAIT_RWLOCK: add_owned_wait(w, t, several); break;
	case WAIT_JOIN: words_add(w, "waits in pthread_join for thread %d to end", wait->source[0].thread->tid); break;
	case WAIT_CHILD: add_child_wait(w, t); break;
	case WAIT_FLOCK:
	case WAIT_FCNTL: add_file_lock_wait(w, t); break;
	case WAIT_UNTOLD: add_untold(w, t); break;
	case WAIT_OPEN:
		words_add(w, "waits in %s on %s", wait->call, wait->on);
		if (wait->note[0])
			words_add(w, " until somebody opens it for %s", wait->note);
		return;
	default: add_plain_wait(w, t);
	}
	if (wait->note[0])
		words_add(w, "%s %s", wait->gone ? ";" : ",", wait->note);
	if (wait->alone)
		add_alone(w, wait);
}

void words_wait(struct words *w, const struct thread *t, bool several)
{
	const struct wait *wait = &t->wait;

	if (wait->missed)
		add_missed(w, wait, true);
	else
		add_wait(w, t, several);
	if (wait->timed && wait->kind != WAIT_SLEEP)
		words_add(w, ", with a time limit");
	if (t->polls)
		words_add(w, ", over and over");
	else if (t->moved && wait->kind != WAIT_NONE)
		words_add(w, ", but it went on meanwhile");
}

/* ---- what to change ---- */

static unsigned count(const struct reason *r, enum wait_kind kind)
{
	unsigned found = 0;

	for (unsigned i = 0; i < r->threads; i++)
		found += r->thread[i]->wait.kind == kind;
	return found;
}

static const char *advice_alone(const struct thread *t, bool circle)
{
	if (t->wait.missed)
		return made(&t->wait)->how;
	if (t->perhaps && (t->wait.kind == WAIT_CONDITION || t->wait.kind == WAIT_SEMAPHORE))
		return "whoever polls may still do it; if not, wait with a time limit";
	switch (t->wait.kind) {
	case WAIT_READ:
	case WAIT_POLL:
	case WAIT_EPOLL:
		return !circle ? "somebody has to write or to close it" : t->process->parent > 1 && is_pipe(&t->wait)
			? "close it after fork" : "close what is not used, before waiting";
	case WAIT_WRITE: return "read it elsewhere meanwhile, and close this end after fork";
	case WAIT_MUTEX:
		if (!t->wait.gone)
			return "unlock it before locking it again, or make it recursive";
		return strstr(t->wait.note, "fork") ? "hold no lock at fork, or only call exec in the child"
			: "unlock before ending, or make it robust (pthread_mutexattr_setrobust)";
	case WAIT_RWLOCK: return "unlock it before asking again: a reader cannot become a writer";
	case WAIT_CONDITION: return "change what it waits for under the mutex, and signal after each change";
	case WAIT_SEMAPHORE: return "post it once for every wait";
	case WAIT_BARRIER: return "let its count be the number of threads that come";
	case WAIT_FLOCK:
	case WAIT_FCNTL: return "unlock or close the first descriptor of the file before";
	case WAIT_STOPPED: return "kill -CONT lets it go on";
	default: return NULL;
	}
}

static const char *advice(const struct reason *r)
{
	const unsigned all = r->threads, locks = count(r, WAIT_MUTEX) + count(r, WAIT_RWLOCK);
	const unsigned polls = count(r, WAIT_POLL) + count(r, WAIT_EPOLL), reads = count(r, WAIT_READ) + polls;
	const unsigned writes = count(r, WAIT_WRITE), ends = count(r, WAIT_CHILD) + count(r, WAIT_JOIN);
	const unsigned files = count(r, WAIT_FLOCK) + count(r, WAIT_FCNTL);

	if (all == 1 || r->thread[0]->wait.missed)
		return advice_alone(r->thread[0], r->circle);
	if (locks == all || files == all)
		return "lock them in the same order everywhere";
	if (reads == all)
		return "each waits for the other: close after fork what is not used, and let one write first";
	if (writes == all)
		return "each waits for the other to read: one has to read first";
	if (ends && writes)
		return "read all before waiting for the end of who writes it";
	if (ends && reads)
		return "close it, or write what is missing, before waiting for the end of who reads it";
	if (ends && (locks || files))
		return "unlock before waiting for the end of who needs the lock";
	if ((locks || files) && (reads || writes))
		return "hold no lock while waiting for data";
	return "each waits for the next: one of them has to go on first";
}

/* "processes 12, 13 and 14 wait for the mutex ..." */
static void add_same(struct words *w, const struct reason *r, bool several)
{
	const unsigned shown = r->threads > CIRCLE_SHOWN ? CIRCLE_SHOWN : r->threads;
	bool single = true;

	for (unsigned i = 0; i < r->threads; i++)
		single &= r->thread[i]->process->threads == 1;
	words_add(w, "%s", single ? "processes " : "");
	for (unsigned i = 0; i < shown; i++) {
		words_add(w, "%s", i == 0 ? "" : i + 1 < r->threads ? ", " : " and ");
		if (single)
			words_add(w, "%d", r->thread[i]->process->pid);
		else
			words_who(w, r->thread[i], several);
	}
	if (r->threads > shown)
		words_add(w, " and %u more", r->threads - shown);
	words_add(w, " ");
	add_missed(w, &r->thread[0]->wait, false);
}

void words_reason(struct words *w, const struct reason *r, bool several)
{
	const struct wait *wait = &r->thread[0]->wait;
	const bool same = r->threads > 1 && wait->missed;
	const char *change = advice(r);

	if (same)
		add_same(w, r, several);
	for (unsigned i = 0; !same && i < r->threads && i < CIRCLE_SHOWN; i++) {
		const bool breath = memchr(w->text, ';', w->used) != NULL;
		if (i > 0)
			words_add(w, "%s and ", breath ? ";" : ",");
		words_who(w, r->thread[i], several);
		words_add(w, " ");
		words_wait(w, r->thread[i], several);
	}
	if (!same && r->threads > CIRCLE_SHOWN)
		words_add(w, "; and so on, %u in a circle", r->threads);
	if (change)
		words_add(w, ": %s", change);
	if (change && r->threads == 1 && made(wait) && !wait->missed)
		words_add(w, ", and %s", made(wait)->how);
}

/* Yama lets only ancestors look at a process of the same user. */
static bool has_yama(void)
{
	FILE *file = fopen("/proc/sys/kernel/yama/ptrace_scope", "re");
	const int scope = file ? fgetc(file) : '0';

	if (file)
		fclose(file);
	return scope > '0';
}

const char *words_hope(const struct thread *t)
{
	switch (t->wait.kind) {
	case WAIT_OPEN: return t->wait.note[0] ? "open its other end, too" : "";
	case WAIT_UNTOLD:
		return has_yama() ? "look as root, or with kernel.yama.ptrace_scope at 0"
			: "look as root, or as the user who started it";
	case WAIT_READ:
	case WAIT_WRITE: return strstr(t->wait.note, "do not show us") ? "look as root" : "";
	default: return "";
	}
}
