/* SPDX-License-Identifier: MIT */
/* wrong_payer_only.c -- rung 4, "expected": guards the account that is debited, and not the other. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

/* Invariant: while no lock is held, the balances add up to the sum that the bank began with. */
struct job {
	const struct task *task;
	unsigned worker;
	struct account *account;        /* the same for all */
	uint64_t *outcome;
};

static uint64_t transfer(const struct task *t, struct account *account, struct transfer order)
{
	struct account *payer = &account[order.payer], *payee = &account[order.payee];

	OK(pthread_mutex_lock(&payer->lock));
	uint64_t outcome = move(t, &payer->balance, &payee->balance, order.amount);
	OK(pthread_mutex_unlock(&payer->lock));
	return outcome;
}

/* All locks at once: money on its way from one account to another must not be missed, or counted twice. */
static uint64_t audit(const struct task *t, struct account *account)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < t->param[ACCOUNTS]; i++) {
		OK(pthread_mutex_lock(&account[i].lock));
		sum += account[i].balance;
	}
	for (unsigned i = 0; i < t->param[ACCOUNTS]; i++)
		OK(pthread_mutex_unlock(&account[i].lock));
	return sum;
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

const struct variant variant = { .idea = "wrong: the payee is not locked", .solve = solve };
