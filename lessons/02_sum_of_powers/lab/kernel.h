/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: is k a prime?  By trying every smaller number, which is slow on purpose, and the slower the
 * larger k is: in a range of numbers, most of the work lies at its end.
 */
#include "bench/keep.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/split.h"

static inline bool is_prime(uint64_t k)
{
	may_yield();
	for (uint64_t d = 2; d < k; d++) {
		KEEP(d);  /* no compiler shall find a shorter way */
		if (k % d == 0)
			return false;
	}
	return k >= 2;
}

/* One more.  As any `*count += 1` these are three steps, read, add and write, and between them others may run. */
static inline void count_one(uint64_t *count)
{
	uint64_t before = *count;

	may_yield();
	*count = before + 1;
}

/* Primes in [begin, end). */
static inline uint64_t count_primes(struct range r)
{
	uint64_t count = 0;

	for (uint64_t k = r.begin; k < r.end; k++)
		if (is_prime(k))
			count_one(&count);
	return count;
}
