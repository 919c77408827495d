/* SPDX-License-Identifier: MIT */
/* wrong_order.c -- rung 3 or 4, "expected part": parts are packed as they come: one may overtake another. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

#define NO_PART UINT64_MAX      /* the number of a sentinel */

/* Invariant: count parts, from place `first` on. */
struct queue {
	pthread_mutex_t lock;           /* guards the rest */
	pthread_cond_t was_put, was_got;
	unsigned first, count;
	struct part part[ROOM];
};

struct shared {
	const struct task *task;
	struct line *line;
	struct queue cut, shaped;
};

struct job {
	unsigned worker;
	struct shared *shared;
};

static void queue_put(struct queue *q, struct part part)
{
	OK(pthread_mutex_lock(&q->lock));
	while (q->count == ROOM)
		OK(pthread_cond_wait(&q->was_got, &q->lock));
	q->part[(q->first + q->count) % ROOM] = part;
	q->count++;
	OK(pthread_cond_signal(&q->was_put));
	OK(pthread_mutex_unlock(&q->lock));
}

static struct part queue_get(struct queue *q)
{
	OK(pthread_mutex_lock(&q->lock));
	while (q->count == 0)
		OK(pthread_cond_wait(&q->was_put, &q->lock));
	struct part part = q->part[q->first];
	q->first = (q->first + 1) % ROOM;
	q->count--;
	OK(pthread_cond_signal(&q->was_got));
	OK(pthread_mutex_unlock(&q->lock));
	return part;
}

static void *work(void *arg)
{
	const struct job *job = arg;
	struct shared *s = job->shared;

	worker_enter(job->worker);
	for (struct part part; part = queue_get(&s->cut), part.number != NO_PART;) {
		shape(&part);
		queue_put(&s->shaped, part);
	}
	worker_leave(job->worker);
	return NULL;
}

static void *pack_all(void *arg)
{
	struct shared *s = arg;

	for (uint64_t k = 0; k < s->task->n; k++)
		pack(s->task, s->line, queue_get(&s->shaped));
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	const struct queue empty = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER };
	struct shared s = { .task = t, .line = answer, .cut = empty, .shaped = empty };
	pthread_t packer, thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	clear_line(t, answer);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ i, &s };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	OK(pthread_create(&packer, NULL, pack_all, &s));
	for (uint64_t k = 0; k < t->n; k++)
		queue_put(&s.cut, cut(t, s.line, k));
	for (unsigned i = 0; i < t->workers; i++)
		queue_put(&s.cut, (struct part){ .number = NO_PART });
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_join(packer, NULL));
}

const struct variant variant = { .idea = "wrong: the order is lost", .solve = solve };
