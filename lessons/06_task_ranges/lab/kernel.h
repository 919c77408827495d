/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: one row of a picture of the Mandelbrot set.  How long it takes shows when it is done.
 *
 * The picture is the upper half: row 0 is its upper edge, where nearly every point is done after a few steps, and the
 * last row lies at the real axis, where many take all of them.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/split.h"

enum { COLUMNS, STEPS };        /* places in task.param */

/* Steps of z = z * z + c, from 0, until z is further than 2 from 0; at most `most`. */
static inline uint32_t steps_of(double re, double im, uint64_t most)
{
	double x = 0, y = 0;
	uint32_t steps = 0;

	while (steps < most && x * x + y * y <= 4) {
		double x_next = x * x - y * y + re;
		y = 2 * x * y + im;
		x = x_next;
		steps++;
	}
	return steps;
}

/* The point in the middle of a place of the picture. */
static inline double re_of(const struct task *t, uint64_t column)
{
	return -2.25 + 3 * ((double)column + 0.5) / (double)t->param[COLUMNS];
}

static inline double im_of(const struct task *t, uint64_t row)
{
	return 1.25 * (1 - ((double)row + 0.5) / (double)t->n);
}

static inline size_t picture_bytes(const struct task *t)
{
	return t->n * t->param[COLUMNS] * sizeof(uint32_t);
}

/* Draws a row: as much ink on every place of it as there are steps.  Ink is added to what is there, so paper has to be
 * white before, all zeros; and what is drawn twice is twice as dark. */
static inline void draw_row(const struct task *t, uint64_t row, uint32_t *picture)
{
	const uint64_t columns = t->param[COLUMNS];

	if (row >= t->n)
		die("row %llu is not in the picture of %llu rows", (unsigned long long)row, (unsigned long long)t->n);
	may_yield();
	for (uint64_t column = 0; column < columns; column++)
		picture[row * columns + column] += steps_of(re_of(t, column), im_of(t, row), t->param[STEPS]);
}

/* The number of the next row, which is then one more.  As any `(*next)++` these are steps, read, add and write, and
 * between them others may run: for one worker at a time.  (volatile: or a compiler might keep the number in a register,
 * and come back to memory later.) */
static inline uint64_t take_row(volatile uint64_t *next)
{
	uint64_t row = *next;

	may_yield();
	*next = row + 1;
	return row;
}
