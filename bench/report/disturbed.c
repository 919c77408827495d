/* SPDX-License-Identifier: MIT */
/* disturbed.c -- which trials something else disturbed, told by independent signals alone and never by their time.
 *
 * A trial is disturbed when, between its exec and its exit,
 *   - the hypervisor took more than 0.5 % of the machine's time, or the cgroup's quota stopped us at all;
 *   - some task was ready and had no CPU (PSI; else the main thread's own run delay) for more than 2 % of the trial,
 *     and 1 ms, over what this cell's trials do to themselves: their lower quartile, for workers that share PUs wait
 *     for each other; for serial, which shares with nobody, over nothing;
 *   - it was switched off its CPU against its will more often than 10 times, and twice the lower quartile.
 */
#include "bench/base/stats.h"
#include "bench/report/rows.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

static const double most_steal = 0.005, most_wait = 0.02, most_wait_s = 0.001, most_switches = 10;

static int by_trial(const void *left, const void *right)
{
	const struct signals *a = left, *b = right;

	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

/* Lower quartile of a signal over the trials that know it; 0 when none does.  x has room for all. */
static double quartile(const struct rows *rows, bool waited, double *x)
{
	double quarter = 0;
	size_t known = 0;

	for (size_t i = 0; i < rows->signals; i++) {
		double value = waited ? rows->signal[i].waited_s : rows->signal[i].involuntary;
		if (!isnan(value))
			x[known++] = value;
	}
	stats_quantile(x, known, 0.25, &quarter);  /* refuses none: 0 stays */
	return quarter;
}

/* Comparisons with NAN are false: what the kernel does not tell marks nothing. */
static bool is_disturbed(const struct signals *s, double usual_wait_s, double usual_switches, unsigned pus)
{
	double wait_s = s->waited_s - usual_wait_s;

	return s->steal_s > most_steal * s->trial_s * (pus > 0 ? pus : 1) || s->throttled_s > 0
		|| (wait_s > most_wait_s && wait_s > most_wait * s->trial_s)
		|| s->involuntary > most_switches + 2 * usual_switches;
}

static const struct signals *signals_of(const struct rows *rows, const struct trial_time *trial)
{
	const struct signals key = { .block = trial->block, .order = trial->order };

	return rows->signals ? bsearch(&key, rows->signal, rows->signals, sizeof key, by_trial) : NULL;
}

int disturbed_mark(struct rows *rows, bool serial, unsigned pus)
{
	double *x = calloc(rows->signals + 1, sizeof *x);

	if (x == NULL)
		return -ENOMEM;
	if (rows->signals > 0)
		qsort(rows->signal, rows->signals, sizeof *rows->signal, by_trial);
	double wait_s = serial ? 0 : quartile(rows, true, x), switches = serial ? 0 : quartile(rows, false, x);
	free(x);
	for (unsigned regime = 0; regime < SUMMARY_REGIMES; regime++)
		for (size_t i = 0; i < rows->trials[regime]; i++) {
			const struct signals *s = signals_of(rows, &rows->trial[regime][i]);
			rows->trial[regime][i].disturbed = s != NULL && is_disturbed(s, wait_s, switches, pus);
		}
	return 0;
}
