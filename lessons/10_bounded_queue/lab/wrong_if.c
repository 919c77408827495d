/* SPDX-License-Identifier: MIT */
/* wrong_if.c -- rung 3, "is empty": `if` around the wait: who wakes up takes what is not there. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct queue {
	pthread_mutex_t lock;           /* guards the rest */
	pthread_cond_t was_put, was_got;
	uint64_t head, end;             /* the number that is got next; the first one that never comes */
	bool full[ROOM];
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

static void queue_init(struct queue *q, uint64_t end)
{
	*q = (struct queue){ .end = end };
	OK(pthread_mutex_init(&q->lock, NULL));
	OK(pthread_cond_init(&q->was_put, NULL));
	OK(pthread_cond_init(&q->was_got, NULL));
}

static void queue_destroy(struct queue *q)
{
	OK(pthread_cond_destroy(&q->was_got));
	OK(pthread_cond_destroy(&q->was_put));
	OK(pthread_mutex_destroy(&q->lock));
}

static void queue_put(struct queue *q, struct part part)
{
	const uint64_t place = part.number % ROOM;

	OK(pthread_mutex_lock(&q->lock));
	while (part.number >= q->head + ROOM)
		OK(pthread_cond_wait(&q->was_got, &q->lock));
	q->part[place] = part;
	q->full[place] = true;
	OK(pthread_cond_broadcast(&q->was_put));
	OK(pthread_mutex_unlock(&q->lock));
}

/* False: there is none left, and none will come. */
static bool queue_get(struct queue *q, struct part *part)
{
	OK(pthread_mutex_lock(&q->lock));
	if (q->head < q->end && !q->full[q->head % ROOM])
		OK(pthread_cond_wait(&q->was_put, &q->lock));
	const bool got = q->head < q->end;
	if (got) {
		const uint64_t place = q->head++ % ROOM;
		if (!q->full[place])
			die("place %u of the queue is empty", (unsigned)place);
		*part = q->part[place];
		q->full[place] = false;
		OK(pthread_cond_broadcast(&q->was_got));  /* each putter waits for another number */
		if (q->head == q->end)
			OK(pthread_cond_broadcast(&q->was_put));  /* who still waits, waits for nothing */
	}
	OK(pthread_mutex_unlock(&q->lock));
	return got;
}

static void *work(void *arg)
{
	const struct job *job = arg;
	struct shared *s = job->shared;

	worker_enter(job->worker);
	for (struct part part; queue_get(&s->cut, &part);) {
		shape(&part);
		queue_put(&s->shaped, part);
	}
	worker_leave(job->worker);
	return NULL;
}

static void *pack_all(void *arg)
{
	struct shared *s = arg;

	for (struct part part; queue_get(&s->shaped, &part);)
		pack(s->task, s->line, part);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct shared s = { .task = t, .line = answer };
	pthread_t packer, thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	clear_line(t, answer);
	queue_init(&s.cut, t->n);
	queue_init(&s.shaped, t->n);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ i, &s };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	OK(pthread_create(&packer, NULL, pack_all, &s));
	for (uint64_t k = 0; k < t->n; k++)
		queue_put(&s.cut, cut(t, s.line, k));
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_join(packer, NULL));
	queue_destroy(&s.shaped);
	queue_destroy(&s.cut);
}

const struct variant variant = { .idea = "wrong: `if` for `while` around a wait", .solve = solve };
