/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: the letters of one chunk of a text are counted into a table.  A chunk knows nothing of others.
 *
 * A letter takes some steps of a generator besides, each of which waits for the one before: it is slow on purpose.
 */
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

enum { CHUNK, SEED };   /* places in task.param */
enum { LETTERS = 26, STEPS_PER_LETTER = 12 };

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz";

struct table { uint64_t count[LETTERS]; };

/* The answer: all letters of the text, and for each chunk, in the order of the text, its most frequent letter. */
struct counts {
	struct table table;
	char frequent[];
};

/* The last chunk may be shorter than the others. */
static inline uint64_t chunks_of(const struct task *t)
{
	return (t->n + t->param[CHUNK] - 1) / t->param[CHUNK];
}

/* The letters of chunk i, of chunks_of(t). */
static inline struct table count_chunk(const struct task *t, uint64_t i)
{
	const char *text = t->input;
	const uint64_t begin = i * t->param[CHUNK], left = t->n - begin;
	struct table table = { { 0 } };
	uint64_t x = i;

	may_yield();
	for (uint64_t k = 0; k < left && k < t->param[CHUNK]; k++) {
		x = lcg_run(x, STEPS_PER_LETTER);
		table.count[text[begin + k] - 'a']++;
	}
	return table;
}

/* The first of the alphabet, where several are. */
static inline char most_frequent(const struct table *table)
{
	unsigned best = 0;

	for (unsigned i = 1; i < LETTERS; i++)
		if (table->count[i] > table->count[best])
			best = i;
	return alphabet[best];
}

/* Merges `part` into `all`.  As any `x += y` these are steps, read, add and write, and between them others may run. */
static inline void add_table(struct table *all, const struct table *part)
{
	for (unsigned i = 0; i < LETTERS; i++) {
		uint64_t before = all->count[i];

		if (i % 8 == 0)
			may_yield();
		all->count[i] = before + part->count[i];
	}
}
