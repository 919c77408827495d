/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: a task that gets a number and gives its square, unless it was told to sleep or to fail. */
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/future.h"

#include <errno.h>
#include <inttypes.h>
#include <semaphore.h>
#include <string.h>
#include <time.h>

/* Places in task.param.  The last three name a task, counted from 1; 0: none. */
enum { FIRST, SPIN, IN_FLIGHT, PICTURES, SECOND_MS, SLEEPER, CANCELLED, RAISING };
enum { MOST_IN_FLIGHT = 64 };  /* with more, libgomp would run new tasks in the thread that makes them */

/* What became of task k, as its caller learns it. */
struct outcome {
	int64_t error;          /* 0; what the task raised; -ETIMEDOUT, -ECANCELED */
	uint64_t value;         /* 0 after an error */
	char words[40];         /* of a task's own error */
};

/* The answer: n outcomes, in the order of submission; then, of D0's pictures only, the tasks as they were completed. */
static inline struct outcome *outcomes(void *answer)
{
	return answer;
}

static inline uint64_t *order(const struct task *t, void *answer)
{
	return (uint64_t *)(outcomes(answer) + t->n);
}

/* A task is given its number and nothing else.  So these are global, as they would be in Python: prepare() sets them
 * before any worker starts, threads see them and forked workers inherit them. */
extern const uint64_t *async_param;
extern struct bell { sem_t alarm, gate; } *async_bell;  /* shared by all processes; each post wakes one sleeper */

static inline void wait_ms(uint64_t ms)
{
	struct timespec rest = { (time_t)(ms / 1000), (long)(ms % 1000) * 1000000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR)
		continue;
}

static inline void sleep_until(sem_t *bell)
{
	while (sem_wait(bell) < 0)
		continue;  /* a signal */
}

static inline void ring(sem_t *bell, unsigned times)
{
	for (; times > 0; times--)
		sem_post(bell);
}

/* D0's pictures take 1 to 5 seconds: picture 1 is done first, then 3, 2, 4 and 0. */
enum { LONGEST = 5 };
static inline unsigned seconds_of(uint64_t k)
{
	static const unsigned seconds[] = { 5, 1, 3, 2, 4 };

	return async_param[PICTURES] ? seconds[k % 5] : 0;
}

/* What a task computes once it is no longer asleep. */
static inline int compute(uint64_t k, uint64_t *value)
{
	uint64_t x = async_param[FIRST] + k;

	for (uint64_t i = 0; i < async_param[SPIN]; i++)
		KEEP(x);  /* without this, the empty loop would be left out */
	if (k + 1 == async_param[RAISING])
		return RAISE(EDOM, "%" PRIu64 " is not wanted", x);
	*value = async_param[PICTURES] ? x : x * x;
	return 0;
}

/* The task.  The document's sleeper sleeps for ten seconds: ours until it is woken, so that nobody need wait for it. */
static inline int work(const void *argument, void *result)
{
	uint64_t k = *(const uint64_t *)argument;

	if (k + 1 == async_param[SLEEPER])
		sleep_until(&async_bell->alarm);
	if (seconds_of(k) > 0)  /* the shortest sleep there is takes 50 us: see timerslack_ns in prctl(2) */
		wait_ms(seconds_of(k) * async_param[SECOND_MS]);
	return compute(k, result);
}

/* For how long the caller waits for task k: D1 gives its sleeper one second. */
static inline int patience_ms(uint64_t k)
{
	return k + 1 == async_param[SLEEPER] ? (int)async_param[SECOND_MS] : FOREVER;
}

static inline void note(struct outcome *outcome, int error, uint64_t value, const struct cause *cause)
{
	outcome->error = error;
	outcome->value = error ? 0 : value;
	outcome->words[0] = '\0';
	if (error > 0)
		snprintf(outcome->words, sizeof outcome->words, "%.39s", cause->words);
}
