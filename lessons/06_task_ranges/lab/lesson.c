/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return picture_bytes(t);
}

/* Of most points that never get far it is known without a step: they lie in the heart or in the disc to its left
 * (A. Douady, J. H. Hubbard, 1984).  The rest is looked up in the lower half, the upper one's mirror image. */
static uint32_t expected_ink(const struct task *t, uint64_t row, uint64_t column)
{
	const double x = re_of(t, column), y = im_of(t, row), q = (x - 0.25) * (x - 0.25) + y * y;
	const bool heart = q * (q + (x - 0.25)) < 0.2499 * y * y, disc = (x + 1) * (x + 1) + y * y < 0.0624;

	return heart || disc ? (uint32_t)t->param[STEPS] : steps_of(x, -y, t->param[STEPS]);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const uint32_t *picture = answer;
	const uint64_t columns = t->param[COLUMNS];

	for (uint64_t i = 0; i < t->n * columns; i++) {
		const uint32_t right = expected_ink(t, i / columns, i % columns);
		if (picture[i] != right) {
			fprintf(why, "row %" PRIu64 " of %" PRIu64 ", column %" PRIu64 ": expected %" PRIu32 " of ink, "
				"found %" PRIu32, i / columns, t->n, i % columns, right, picture[i]);
			return false;
		}
	}
	return true;
}

/* At most 24 rows of it. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	static const char shades[] = " .:-=+*#%@";
	const uint64_t columns = t->param[COLUMNS], rows = t->n < 24 ? t->n : 24;

	for (uint64_t i = 0; i < rows; i++) {
		const uint32_t *row = (const uint32_t *)answer + i * t->n / rows * columns;
		for (uint64_t column = 0; column < columns; column++) {
			uint64_t shade = row[column] * (sizeof shades - 2) / t->param[STEPS];
			fputc(shades[shade < sizeof shades - 1 ? shade : sizeof shades - 2], out);
		}
		fputc('\n', out);
	}
}

const struct lesson lesson = {
	.title = "Lab: mandelbrot",
	.unit = "row",
	.source = "the lab of lesson 06",
	.n = 4000, .n_max = 1000000,
	.params = {
		{ "columns", "point", 64, 1, 10000, .about = "points in a row" },
		{ "steps", "step", 200, 1, 1000000, .about = "the most that are made for a point", .grain = true },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "solution_openmp", "mine", "mine_openmp" },
};
