/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n additions to one counter.  Addition k belongs to job k * jobs / n: job 0 adds 1, job 1 adds
 * 3, job 2 adds 5 ...  The additions are split over the workers, and how these share the counter is the lesson.
 */
#include "bench/check.h"
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/split.h"

#include <time.h>

enum { START, JOBS, HOLD, STEP_US };  /* places in task.param */

/* The additions that a worker has still to make. */
struct share {
	const struct task *task;
	struct range left;      /* their numbers */
	uint64_t amount;        /* what each of them adds, up to number job_end */
	uint64_t job_end;
	uint64_t step_us;       /* a copy: what stands in registers is not read anew for every addition */
};

static inline struct share share_of(const struct task *t, unsigned workers, unsigned i)
{
	struct range left = split(t->n, workers, i);
	return (struct share){ .task = t, .left = left, .job_end = left.begin, .step_us = t->param[STEP_US] };
}

/* Takes the next additions off the share, at most `most` of them (0: no limit) and never of two jobs.  Returns how
 * many, 0 when all are done; s->amount is what each of them adds. */
static inline uint64_t take(struct share *s, uint64_t most)
{
	const uint64_t n = s->task->n, jobs = s->task->param[JOBS], k = s->left.begin;

	if (k == s->left.end)
		return 0;
	if (k == s->job_end) {
		uint64_t job = k * jobs / n;
		s->amount = 1 + 2 * job;
		s->job_end = ((job + 1) * n + jobs - 1) / jobs;  /* the first number of the next job */
	}
	uint64_t end = s->job_end < s->left.end ? s->job_end : s->left.end;
	uint64_t additions = most > 0 && most < end - k ? most : end - k;
	s->left.begin += additions;
	return additions;
}

/* cold: the call stays out of the loop's way, where a jump around it would cost more than the addition. */
__attribute__((cold)) static inline void sleep_us(uint64_t us)
{
	SYS(nanosleep(&(struct timespec){ (time_t)(us / 1000000), (long)(us % 1000000 * 1000) }, NULL));
}

/* What a worker does after an addition: nothing, unless the parameter step_us asks it to sleep. */
static inline void step(const struct share *s)
{
	if (s->step_us > 0)
		sleep_us(s->step_us);
}

/* So many additions, one after the other: load, add, store. */
static inline void add(uint64_t *count, const struct share *s, uint64_t additions)
{
	for (; additions > 0; additions--) {
		uint64_t value = *count;
		KEEP(value);  /* without this, the compiler makes one addition of them all */
		*count = value + s->amount;
		step(s);
	}
}
