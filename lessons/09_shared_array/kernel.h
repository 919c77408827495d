/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n updates of an array that all workers share.  Worker i updates element i and no other, so
 * nobody needs a lock; and yet they may stand in each other's way.
 *
 * Elements lie `stride` bytes apart.  Memory moves between cores in lines, almost everywhere of 64 bytes: with a
 * smaller stride several workers' elements share a line, and to update one takes the line away from the others.
 */
#include "bench/lesson.h"
#include "lessons/lib/split.h"

#include <stdatomic.h>
#include <string.h>

enum { STRIDE };  /* places in task.param */
enum { APART = 256 };  /* more than a line: processors fetch neighbouring lines, too */

/* All that D3's processes share.  Where it lies, is the variants' affair. */
struct arena {
	_Alignas(APART) _Atomic int total;      /* Value('i', 0): updates made by all */
	_Alignas(APART) double constant;        /* Value('d', 3.14): only read */
	_Alignas(APART) char array[];           /* Array('i', [1, 2, 3 ...]): an element per worker */
};

/* The answer: what the caller finds there afterwards. */
struct results {
	double constant;
	int total, element[];
};

static inline size_t arena_bytes(const struct task *t)
{
	return sizeof(struct arena) + t->workers * (size_t)APART;
}

static inline size_t results_bytes(const struct task *t)
{
	return sizeof(struct results) + t->workers * sizeof(int);
}

static inline size_t stride_of(const struct task *t)
{
	return t->param[STRIDE] / sizeof(int) * sizeof(int);
}

/* volatile: an update is a load, an addition and a store, each time; or a compiler would add them all at once. */
static inline volatile int *element_of(const struct task *t, struct arena *a, unsigned i)
{
	return (volatile int *)(a->array + i * stride_of(t));
}

/* Worker i's part of the updates. */
static inline void update(const struct task *t, struct arena *a, unsigned i)
{
	const struct range mine = split(t->n, t->workers, i);
	volatile int *element = element_of(t, a, i);

	for (uint64_t k = mine.begin; k < mine.end; k++)
		++*element;
	atomic_fetch_add(&a->total, (int)(mine.end - mine.begin));
}

/* Puts the first values there, which lesson.c prepared. */
static inline void fill(const struct task *t, struct arena *a)
{
	memcpy(a, t->input, arena_bytes(t));
}

static inline void collect(const struct task *t, struct arena *a, struct results *r)
{
	r->total = a->total;
	r->constant = a->constant;
	for (unsigned i = 0; i < t->workers; i++)
		r->element[i] = *element_of(t, a, i);
}
