/* SPDX-License-Identifier: MIT */
/* progress.c -- how far a run is.  See progress.h. */
#include "bench/run/progress.h"

#include "bench/base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

struct progress progress_make(double budget_s)
{
	return (struct progress){ .begin_ns = clock_ns(), .budget_s = budget_s, .live = isatty(STDERR_FILENO) };
}

double progress_elapsed_s(const struct progress *p)
{
	return (double)(clock_ns() - p->begin_ns) * 1e-9;
}

/* "1:05" */
static const char *clock_time(double seconds, char out[16])
{
	unsigned s = seconds > 0 ? (unsigned)(seconds + 0.5) : 0;
	snprintf(out, 16, "%u:%02u", s / 60 % 10000, s % 60);
	return out;
}

/* At most 79 columns, ten times a second at most: drawing costs time that belongs to the trials. */
static void rewrite(struct progress *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void rewrite(struct progress *p, const char *format, ...)
{
	char line[80];
	va_list args;

	if (!p->live || clock_ns() - p->shown_ns < 100000000)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	fprintf(stderr, "\r\033[K%s", line);
	p->shown_ns = clock_ns();
}

void progress_setup(void *progress, const char *doing, unsigned done, unsigned of)
{
	struct progress *p = progress;

	if (!p->live && done == 0)
		fprintf(stderr, "%s %u %s\n", doing, of, *doing == 's' ? "problems" : "cells");
	rewrite(p, "%s %u of %u", doing, done + 1, of);
}

void progress_trial(struct progress *p, unsigned block, unsigned blocks, double left_s, const char *lesson_name,
	const char *variant_name, unsigned workers)
{
	char left[16], most[16];

	rewrite(p, "block %u of %u, about %s left, at most %s  %.20s %.16s p=%u", block + 1, blocks,
		clock_time(left_s, left),
		clock_time(p->budget_s - progress_elapsed_s(p), most), lesson_name, variant_name, workers);
}

void progress_block(struct progress *p, unsigned block, unsigned blocks, double left_s)
{
	char elapsed[16], left[16];

	if (!p->live)
		fprintf(stderr, "block %u of %u done at %s, about %s left\n", block + 1, blocks,
			clock_time(progress_elapsed_s(p), elapsed), clock_time(left_s, left));
}

void progress_clear(struct progress *p)
{
	if (p->live)
		fputs("\r\033[K", stderr);
}
