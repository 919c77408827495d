/* SPDX-License-Identifier: MIT */
/* wrong_late.c -- rung 4, "expected": a reply that comes late is taken for the answer to the next question. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct question {
	atomic_bool cancelled;
};

struct desk {
	const struct task *task;
	pthread_mutex_t lock;   /* guards answered and value */
	pthread_cond_t news;    /* one of them was answered */
	bool answered;
	uint64_t value;
	struct question *question;
};

struct job {
	struct desk *desk;
	unsigned replica;
};

static void hand_in(struct desk *desk, uint64_t value)
{
	OK(pthread_mutex_lock(&desk->lock));
	desk->value = value;
	desk->answered = true;
	OK(pthread_cond_signal(&desk->news));
	OK(pthread_mutex_unlock(&desk->lock));
}

static void *work(void *arg)
{
	const struct job *job = arg;
	struct desk *desk = job->desk;
	const struct task *t = desk->task;

	worker_enter(job->replica);
	for (uint64_t q = 0; q < t->n; q++) {
		struct question *question = &desk->question[q];
		uint64_t value;
		if (ask(t, q, job->replica, &question->cancelled, &value))
			hand_in(desk, value);
	}
	worker_leave(job->replica);
	return NULL;
}

static uint64_t first_answer(struct desk *desk, struct question *question)
{
	const struct timespec deadline = deadline_of(desk->task);
	int error = 0;

	OK(pthread_mutex_lock(&desk->lock));
	while (!desk->answered && error == 0)
		error = pthread_cond_timedwait(&desk->news, &desk->lock, &deadline);
	uint64_t value = desk->answered ? desk->value : NO_ANSWER;
	desk->answered = false;
	question->cancelled = true;
	OK(pthread_mutex_unlock(&desk->lock));
	if (error != 0 && error != ETIMEDOUT)
		OK(error);
	return value;
}

/* Or timed waits would mean the time of day, which is not what deadline_of() gives, and which may be set. */
static void make_news(pthread_cond_t *news)
{
	pthread_condattr_t attributes;

	OK(pthread_condattr_init(&attributes));
	OK(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
	OK(pthread_cond_init(news, &attributes));
	OK(pthread_condattr_destroy(&attributes));
}

static void solve(const struct task *t, void *answer)
{
	struct desk desk = { .task = t, .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	uint64_t *value = answer;

	desk.question = calloc(t->n + 1, sizeof *desk.question);
	if (!desk.question)
		die("no memory for the questions");
	make_news(&desk.news);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .desk = &desk, .replica = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (uint64_t q = 0; q < t->n; q++)
		value[q] = first_answer(&desk, &desk.question[q]);
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_cond_destroy(&desk.news));
	free(desk.question);
}

const struct variant variant = { .idea = "wrong: one place for all answers", .solve = solve };
