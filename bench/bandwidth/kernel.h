/* SPDX-License-Identifier: MIT */
/* kernel.h -- STREAM's triad: a[i] = b[i] + 3 c[i], one multiplication for 24 bytes, so the memory sets the pace. */
#include "bench/check.h"
#include "bench/keep.h"
#include "bench/lesson.h"

#include <stdlib.h>

enum { ELEMENT_BYTES = 3 * sizeof(double) };    /* read b and c, write a: as STREAM counts (McCalpin 1995) */

/* Memory lies near the core that touched it first: each copy fills its own. */
struct arrays { double *a, *b, *c; uint64_t n; };

static inline struct arrays arrays_make(uint64_t n)
{
	struct arrays x = { .n = n };

	x.a = malloc(n * ELEMENT_BYTES + 1);
	if (!x.a)
		die("no memory for %llu elements: choose a smaller n", (unsigned long long)n);
	x.b = x.a + n;
	x.c = x.b + n;
	for (uint64_t i = 0; i < n; i++) {
		x.a[i] = 0;
		x.b[i] = 1;
		x.c[i] = (double)(i % 7);
	}
	return x;
}

/* How many elements were added up right: all of them, as it has to look at each. */
static inline uint64_t arrays_check(const struct arrays *x)
{
	uint64_t right = 0;

	for (uint64_t i = 0; i < x->n; i++)
		right += x->a[i] == 1 + 3 * (double)(i % 7);
	return right;
}

static inline void triad(struct arrays *x)
{
	double *a = x->a;

	for (uint64_t i = 0; i < x->n; i++)
		a[i] = x->b[i] + 3 * x->c[i];
	KEEP(a);
}
