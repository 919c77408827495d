/* SPDX-License-Identifier: MIT */
/* skeleton.c -- where to begin: it builds, and nobody moves any money. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

struct job {
	const struct task *task;
	unsigned worker;
	struct account *account;        /* the same for all */
	uint64_t *outcome;
};

/* TODO: do order under the locks of its two accounts, by move(), and return what it returns. */
static uint64_t transfer(const struct task *t, struct account *account, struct transfer order)
{
	(void)t, (void)account, (void)order;
	return REFUSED;
}

/* And here: the sum of all balances, at one moment. */
static uint64_t audit(const struct task *t, struct account *account)
{
	(void)t, (void)account;
	return 0;
}

static void *work(void *arg)
{
	const struct job *job = arg;
	const struct task *t = job->task;
	struct range r = split(t->n, t->workers, job->worker);

	worker_enter(job->worker);
	for (uint64_t k = r.begin; k < r.end; k++)
		job->outcome[k] = is_audit(k) ? audit(t, job->account) : transfer(t, job->account, transfer_of(t, k));
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct books *b = answer;
	struct account account[MOST_ACCOUNTS] = { 0 };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	for (unsigned i = 0; i < t->param[ACCOUNTS]; i++) {
		OK(pthread_mutex_init(&account[i].lock, NULL));
		account[i].balance = OPENING_BALANCE;
	}
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ t, i, account, b->outcome };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	for (unsigned i = 0; i < MOST_ACCOUNTS; i++)
		b->balance[i] = account[i].balance;
	for (unsigned i = 0; i < t->param[ACCOUNTS]; i++)
		OK(pthread_mutex_destroy(&account[i].lock));
}

const struct variant variant = { .idea = "my bank", .solve = solve };
