/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: a replica is asked a question, and takes its time.  All that answer give the same answer.
 *
 * Half of the replies are slow, and which ones, nobody knows beforehand.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"

#include <stdatomic.h>
#include <time.h>

enum { QUICK_US, SLOW_US, SILENT, DEADLINE_MS, SEED };  /* places in task.param */

#define NO_ANSWER UINT64_MAX    /* what is noted for a question that nobody answered in time */
#define NEVER     UINT64_MAX    /* microseconds */

static inline uint64_t value_of(const struct task *t, uint64_t question)
{
	return lcg_run(t->param[SEED] + question, 100) >> 1;
}

/* How long this replica takes for this question, us; or NEVER. */
static inline uint64_t reply_us(const struct task *t, uint64_t question, unsigned replica)
{
	uint64_t lot = lcg_run(t->param[SEED] + question * MAX_WORKERS + replica, 2);

	lot = lcg_run(lot ^ lot >> 32, 2) >> 33;  /* or neighbours would be alike, or as unlike as can be */
	if (t->param[SILENT] > 0 && question == t->param[SEED] % t->n)
		return NEVER;
	return (lot & 1024 ? t->param[SLOW_US] : t->param[QUICK_US]) + lot % 128;
}

/* So many ms from now, by CLOCK_MONOTONIC. */
static inline struct timespec after_ms(uint64_t ms)
{
	struct timespec now;

	SYS(clock_gettime(CLOCK_MONOTONIC, &now));
	uint64_t ns = (uint64_t)now.tv_nsec + ms % 1000 * 1000000;
	return (struct timespec){ now.tv_sec + (time_t)(ms / 1000 + ns / 1000000000), (long)(ns % 1000000000) };
}

/* Until when the question that is asked now must be answered. */
static inline struct timespec deadline_of(const struct task *t)
{
	return after_ms(t->param[DEADLINE_MS]);
}

static inline void sleep_us(uint64_t us)
{
	struct timespec time = { (time_t)(us / 1000000), (long)(us % 1000000 * 1000) };

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &time) != 0)  /* a signal came */
		;
}

static inline uint64_t now_us(void)
{
	struct timespec now;

	SYS(clock_gettime(CLOCK_MONOTONIC, &now));
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* Asks, and waits for the reply.  True: it is in *value.  False: *cancelled became true before it came; the replica
 * looks up from its work every now and then.  There are replicas that never reply. */
static inline bool ask(const struct task *t, uint64_t question, unsigned replica, const atomic_bool *cancelled,
	uint64_t *value)
{
	enum { LOOKS_UP_US = 20 };
	const uint64_t reply = reply_us(t, question, replica), begin_us = now_us();

	while (!*cancelled) {
		if (reply != NEVER && now_us() - begin_us >= reply) {
			*value = value_of(t, question);
			may_yield();
			return true;
		}
		sleep_us(LOOKS_UP_US);
	}
	return false;
}
