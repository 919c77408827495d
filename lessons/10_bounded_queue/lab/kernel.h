/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: parts are cut, shaped and packed.  To shape one takes long, so several workers do that.
 *
 * Nobody may cut far ahead of those who shape and pack: besides the two queues, which hold ROOM parts each, there is
 * only the one part that each thread has in its hands.
 */
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"

#include <stdatomic.h>
#include <string.h>

enum { SEED };  /* places in task.param */
enum { ROOM = 4 };
enum { STEPS = 40000 };  /* to shape a part: about 50 us */

struct part { uint64_t number, value; };

/* The answer: what was packed, in the order in which it was. */
struct line {
	_Atomic uint64_t unpacked;      /* parts that are cut, and not packed yet */
	_Atomic uint64_t most;          /* so many, at most, at any time */
	uint64_t packed;
	struct part part[];
};

static inline size_t line_bytes(const struct task *t)
{
	return sizeof(struct line) + t->n * sizeof(struct part);
}

/* First of all, before anything is cut. */
static inline void clear_line(const struct task *t, struct line *line)
{
	memset(line, 0, line_bytes(t));
}

/* The first stage, one thread: part k, k = 0, 1, 2 ... t->n - 1. */
static inline struct part cut(const struct task *t, struct line *line, uint64_t k)
{
	uint64_t now = atomic_fetch_add(&line->unpacked, 1) + 1;

	if (now > line->most)   /* only one thread cuts */
		line->most = now;
	return (struct part){ k, t->param[SEED] + k };
}

/* The second stage, by as many threads as there are workers: what takes long. */
static inline void shape(struct part *part)
{
	may_yield();
	part->value = lcg_run(part->value, STEPS);
}

/* The third stage, one thread: packs part after part, which must come in the order in which they were cut. */
static inline void pack(const struct task *t, struct line *line, struct part part)
{
	uint64_t packed = line->packed;

	may_yield();
	if (packed < t->n)
		line->part[packed] = part;
	line->packed = packed + 1;
	atomic_fetch_sub(&line->unpacked, 1);
}
