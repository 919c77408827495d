/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work of one worker, from its first statement to its last; and what it reports of where it ran.
 *
 * n workers are started and joined in all, in rounds of at most p: main starts p, then joins p, then starts the next.
 * Each adds 1 to `counter`, an ordinary variable of the program.  Whose variable that is, is the lesson: main sees the
 * additions of those who run in its own memory, and of nobody else.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "lessons/lib/lcg.h"

#include <errno.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

enum { RSS_MIB, SPIN, TICKS, TICK_US, FUNCTIONS };  /* places in task.param */

/* What worker k tells of itself. */
struct report {
	int pid, parent;                /* as getpid() and getppid() said */
	uint64_t counter;               /* what it found there after its own addition */
	uint64_t ticks, first, last;    /* how many times it ticked, and the numbers it began and ended with */
	uint64_t product;               /* of its computing */
	uint64_t ended;                 /* 1: this was its last statement */
};

/* The answer. */
struct reports {
	uint64_t counter;               /* what main found there, after the last join */
	struct report report[];         /* one for each of n workers */
};

/* Threads add to it side by side, hence atomic.  In a process it is a copy that nobody else has. */
static _Atomic uint64_t counter;

static inline size_t reports_bytes(const struct task *t)
{
	return sizeof(struct reports) + t->n * sizeof(struct report);
}

/* How many workers the round has that begins with worker `begin`. */
static inline unsigned round_size(const struct task *t, uint64_t begin)
{
	return t->n - begin < t->workers ? (unsigned)(t->n - begin) : t->workers;
}

/* Tick j of worker k; where there are two functions, every second worker runs the one that counts down. */
static inline uint64_t tick_number(const uint64_t *param, uint64_t k, uint64_t j)
{
	return k % param[FUNCTIONS] == 0 ? j + 1 : param[TICKS] - j;
}

/* Until a moment and not for a time: then ten ticks last ten ticks, however long waking up takes. */
static inline void sleep_until(struct timespec begin, uint64_t us)
{
	uint64_t ns = (uint64_t)begin.tv_nsec + us * 1000;
	struct timespec end = { begin.tv_sec + (time_t)(ns / 1000000000), (long)(ns % 1000000000) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) == EINTR)
		continue;
}

/* Worker k, all of it. */
static inline void be_worker(const uint64_t *param, uint64_t k, struct report *r)
{
	struct timespec begin;

	*r = (struct report){ .pid = getpid(), .parent = getppid(), .counter = ++counter };
	SYS(clock_gettime(CLOCK_MONOTONIC, &begin));
	for (; r->ticks < param[TICKS]; r->ticks++) {
		r->last = tick_number(param, k, r->ticks);
		if (r->ticks == 0)
			r->first = r->last;
		if (param[TICK_US] > 0)
			sleep_until(begin, (r->ticks + 1) * param[TICK_US]);
	}
	r->product = lcg_run(k, param[SPIN]);
	r->ended = 1;
}
