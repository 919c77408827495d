/* SPDX-License-Identifier: MIT */
/* kernel.h -- an interpreter with one lock, and calls that ask a server and wait for its reply.
 *
 * Call k has three parts: ask() computes what to ask for, await_reply() waits, finish() computes the value of the call
 * from what was asked.  To compute is to change the interpreter: its register and its count of instructions.  So who
 * computes holds the lock.  Waiting touches nothing of the interpreter's.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { SEED, WAIT_US, SPIN };  /* places in task.param */
enum { ASK_INSTRUCTIONS = 2, FINISH_INSTRUCTIONS = 2, KNOWN = 4 };

/* Invariant: while the lock is free, `executed` counts every instruction that was executed so far. */
struct interpreter {
	pthread_mutex_t lock;   /* guards the rest */
	uint64_t reg;           /* what is computed right now; whoever takes the lock next uses it for something else */
	uint64_t executed;
};

/* The answer. */
struct results {
	uint64_t executed;      /* instructions, as the interpreter counted them */
	uint64_t value[];       /* of each of the n calls */
};

/* One of KNOWN calls asks for what the interpreter knows already. */
static inline bool is_known(const struct task *t, uint64_t k)
{
	return (k + t->param[SEED]) % KNOWN == 0;
}

/* With the lock: between reading and writing others may run, but nobody else may compute. */
static inline void execute(struct interpreter *in, uint64_t spin, unsigned instructions)
{
	for (unsigned i = 0; i < instructions; i++) {
		uint64_t x = in->reg, before = in->executed;
		may_yield();
		in->reg = lcg_run(x, spin);
		in->executed = before + 1;
	}
}

/* With the lock.  Afterwards the register holds what is asked for.  False: it holds the value of the call already, and
 * there is nothing to wait for and nothing to finish. */
static inline bool ask(const struct task *t, struct interpreter *in, uint64_t k)
{
	in->reg = t->param[SEED] + k;
	execute(in, t->param[SPIN], ASK_INSTRUCTIONS);
	return !is_known(t, k);
}

/* Without the lock, if you let go of it. */
static inline void await_reply(const struct task *t)
{
	const uint64_t us = t->param[WAIT_US];
	struct timespec left = { (time_t)(us / 1000000), (long)(us % 1000000 * 1000) };

	may_yield();
	while (us > 0 && nanosleep(&left, &left) < 0 && errno == EINTR)
		continue;
}

/* With the lock, and with what ask() left in the register.  Afterwards the register holds the value of the call. */
static inline void finish(const struct task *t, struct interpreter *in)
{
	execute(in, t->param[SPIN], FINISH_INSTRUCTIONS);
}
