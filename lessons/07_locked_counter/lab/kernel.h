/* SPDX-License-Identifier: MIT */
/* kernel.h -- the bank: operation k of n moves money from one account to another, or counts what all of them hold.
 *
 * A transfer that the payer cannot afford is refused.  Payer and payee may be the same account.  One operation in
 * AUDIT_EACH is an audit: it must find the sum that the bank began with, at whatever moment it is made.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { SEED, ACCOUNTS, PAPERS_US };  /* places in task.param */
enum { MOST_ACCOUNTS = 256, OPENING_BALANCE = 1000, MOST_AMOUNT = 800, AUDIT_EACH = 10 };
enum { REFUSED, DONE };

struct account {
	pthread_mutex_t lock;   /* guards balance */
	uint64_t balance;
};

/* The answer. */
struct books {
	uint64_t balance[MOST_ACCOUNTS];        /* at the end, account by account; the rest is 0 */
	uint64_t outcome[];     /* of each of n operations: of a transfer DONE or REFUSED, of an audit its sum */
};

struct transfer { unsigned payer, payee; uint64_t amount; };  /* payer, payee: indices of accounts */

static inline bool is_audit(uint64_t k)
{
	return k % AUDIT_EACH == AUDIT_EACH / 2;
}

static inline struct transfer transfer_of(const struct task *t, uint64_t k)
{
	uint64_t x = lcg_leap(t->param[SEED] + 1000003 * k, 64), y = lcg_leap(x, 1), z = lcg_leap(x, 2);
	const uint64_t accounts = t->param[ACCOUNTS];

	return (struct transfer){ (unsigned)((x >> 33) % accounts), (unsigned)((y >> 33) % accounts),
		(z >> 33) % MOST_AMOUNT + 1 };
}

/* The archive takes its time, and what it says holds only as long as nobody touches the two accounts. */
static inline void read_papers(const struct task *t)
{
	const uint64_t us = t->param[PAPERS_US];
	struct timespec left = { (time_t)(us / 1000000), (long)(us % 1000000 * 1000) };

	while (us > 0 && nanosleep(&left, &left) < 0 && errno == EINTR)
		continue;
}

/* Moves money, if the payer has it.  With the locks of both accounts: others may run between reading and writing. */
static inline uint64_t move(const struct task *t, uint64_t *payer, uint64_t *payee, uint64_t amount)
{
	uint64_t left = *payer;

	read_papers(t);
	if (left < amount)
		return REFUSED;
	may_yield();
	*payer = left - amount;
	uint64_t held = *payee;
	may_yield();
	*payee = held + amount;
	return DONE;
}
