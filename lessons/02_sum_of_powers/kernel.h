/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: powers of i summed, exactly.  Several jobs of n terms each lie end to end in one index space of
 * jobs * n terms, so that any number of workers can share it.
 *
 * Sums of cubes pass 64 bits near n = 80 000: unsigned __int128 keeps them whole, and integer addition does not care in
 * which order the parts come home.
 */
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/split.h"

typedef unsigned __int128 uint128;

enum { JOBS, LOWEST, HIGHEST };  /* places in task.param */

/* 1 or 0 for i, i^2 and i^3: which powers are wanted. */
struct powers { uint64_t first, second, third; };

static inline struct powers wanted(const struct task *t)
{
	uint64_t low = t->param[LOWEST], high = t->param[HIGHEST];
	return (struct powers){ low <= 1 && 1 <= high, low <= 2 && 2 <= high, low <= 3 && 3 <= high };
}

static inline uint128 term(uint64_t i, struct powers p)
{
	KEEP(i);  /* or a clever compiler may replace the whole loop by a formula */
	return i * (p.first + i * (p.second + (uint128)i * p.third));
}

static inline uint64_t all_terms(const struct task *t)
{
	return t->param[JOBS] * t->n;
}

/* Sums the terms [begin, end) of all jobs: term k is number k % n of its job. */
static inline uint128 sum_terms(const struct task *t, struct range r)
{
	const struct powers p = wanted(t);
	uint128 sum = 0;

	for (uint64_t k = r.begin; k < r.end;) {
		uint64_t begin = k % t->n, terms = t->n - begin < r.end - k ? t->n - begin : r.end - k;
		for (uint64_t i = begin; i < begin + terms; i++)
			sum += term(i, p);
		k += terms;
	}
	return sum;
}
