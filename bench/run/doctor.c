/* SPDX-License-Identifier: MIT */
/* doctor.c -- is this machine fit to measure on, what will disturb it, and what the harness itself adds. */
#include "bench/run/doctor.h"

#include "bench/base/clock.h"
#include "bench/base/stats.h"
#include "bench/base/text.h"
#include "bench/run/machine.h"
#include "bench/run/measure.h"
#include "bench/run/neighbour.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 10 };
enum finding { OK_SO, WARNING, UNFIT };

struct check { FILE *out; struct diagnosis *found; };

static void say(struct check *c, enum finding finding, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void say(struct check *c, enum finding finding, const char *what, const char *format, ...)
{
	static const char *const mark[] = { "ok  ", "warn", "bad " };
	va_list args;

	fprintf(c->out, "  %s  %-10s ", mark[finding], what);
	va_start(args, format);
	vfprintf(c->out, format, args);
	va_end(args);
	fputc('\n', c->out);
	c->found->warnings += finding == WARNING;
	c->found->reasons += finding == UNFIT;
}

static void check_cpus(struct check *c, const struct machine *m)
{
	fprintf(c->out, "  %s\n  %u package%s, %u core%s, %u PU%s for us of %u\n  %s\n\n", m->model, m->packages,
		m->packages == 1 ? "" : "s", m->cores, m->cores == 1 ? "" : "s", m->pus_allowed,
		m->pus_allowed == 1 ? "" : "s", m->pus, m->kernel);
	if (m->pus_allowed < 2 && m->pus > 1)
		say(c, UNFIT, "allowed", "taskset or a cpuset leaves us one PU of %u, where nothing can run side by\n"
			"                   side: allow more (`taskset -cp 0-%u $$`, or cpuset.cpus)", m->pus,
			m->pus - 1);
	else if (m->pus_allowed < 2)
		say(c, UNFIT, "allowed", "one PU: nothing can run side by side here; measure on another machine");
	else if (m->pus_allowed < m->pus)
		say(c, WARNING, "allowed", "taskset or a cpuset leaves us %u of %u PUs: speedups end there",
			m->pus_allowed, m->pus);
	else
		say(c, OK_SO, "allowed", "every PU of the machine");
	if (isnan(m->quota_cpus))
		say(c, OK_SO, "quota", "no CPU quota");
	else if (m->quota_cpus >= m->pus_allowed)
		say(c, OK_SO, "quota", "the cgroup grants %.2f CPUs' time to %u PUs", m->quota_cpus, m->pus_allowed);
	else
		say(c, UNFIT, "quota", "the cgroup grants %.2f CPUs' time to %u PUs: raise its cpu.max, or take\n"
			"                   fewer PUs with taskset", m->quota_cpus, m->pus_allowed);
}

static void check_clocks(struct check *c, const struct machine *m)
{
	if (!*m->governor)
		say(c, OK_SO, "governor", "none to be seen");
	else if (strcmp(m->governor, "performance") == 0)
		say(c, OK_SO, "governor", "%s", m->governor);
	else
		say(c, UNFIT, "governor", "%s: `cpupower frequency-set -g performance` steadies the clock",
			m->governor);
	if (*m->boost && strcmp(m->boost, "1") == 0)
		say(c, WARNING, "boost", "on: one busy core runs faster than many, so speedups look smaller");
	else if (*m->boost)
		say(c, OK_SO, "boost", "off");
	if (*m->hypervisor)
		say(c, WARNING, "hypervisor", "a %s: another guest may take time at any moment", m->hypervisor);
	else
		say(c, OK_SO, "hypervisor", "none to be seen");
}

/* What was: it warns of what may come again. */
static void check_past(struct check *c, const struct machine *m)
{
	if (!isnan(m->steal_percent))
		say(c, m->steal_percent < 0.1 ? OK_SO : WARNING, "steal",
			"%.2f %% of all time since boot was taken by the hypervisor", m->steal_percent);
	if (!isnan(m->load1))
		say(c, m->load1 < 0.3 ? OK_SO : WARNING, "load", "%.2f tasks wanted a CPU in the last minute%s",
			m->load1, m->load1 < 0.3 ? "" : ": stop them");
	if (!isnan(m->pressure))
		say(c, m->pressure < 5 ? OK_SO : WARNING, "pressure",
			"some task waited for a CPU in %.1f %% of the last 10 s (PSI)", m->pressure);
	else
		say(c, OK_SO, "pressure", "this kernel does not tell (no PSI)");
}

/* "greedy (pid 12, 98 %), other (pid 34, 7 %)": those that used 2 % of a PU or more. */
static void name_greediest(const struct neighbours *n, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < n->count && n->greediest[i].pus >= 0.02 && at < size; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s (pid %d, %.0f %%)",
			i ? ",\n                   " : ":\n                   stop ", n->greediest[i].name,
			(int)n->greediest[i].pid, 100 * n->greediest[i].pus);
}

/* What is now, while we sleep: it makes the machine unfit, for as long as it lasts. */
static int check_now(struct check *c)
{
	static const double few_pus = 0.05, many_pus = 0.2, waited_percent = 5, stolen_percent = 1;
	struct neighbours n;
	char names[256];
	int error = neighbours_watch(0.5, &n);

	if (error < 0)
		return error;
	name_greediest(&n, names, sizeof names);
	if (!isnan(n.busy_pus))
		say(c, n.busy_pus > many_pus ? UNFIT : n.busy_pus > few_pus ? WARNING : OK_SO, "others",
			"others kept %.2f PUs busy while we slept%s", n.busy_pus, n.busy_pus <= few_pus ? ""
			: *names ? names : ":\n                   stop what `top` shows");
	if (n.waited_percent > waited_percent)
		say(c, UNFIT, "waiting", "some task waited for a CPU in %.0f %% of that time (PSI):\n"
			"                   stop what `top` shows", n.waited_percent);
	if (n.stolen_percent > stolen_percent)
		say(c, UNFIT, "stolen", "the hypervisor took %.1f %% of that time: ask its owner for CPUs of your\n"
			"                   own, or measure when its other guests are quiet", n.stolen_percent);
	return 0;
}

/* ---- what the harness itself adds ---- */

/* "21 ns [20 ns, 23 ns]": the median with its rank interval, less `offset_s`. */
static const char *median_text(double *x, size_t n, double offset_s, double *median_s, char out[64])
{
	char a[16], b[16], c[16];
	struct stats_interval interval;

	if (stats_median(x, n, median_s) < 0 || stats_median_interval(x, n, 0.95, &interval) < 0)
		return "no time";
	*median_s -= offset_s;
	snprintf(out, 64, "%s [%s, %s]", text_time(fmax(*median_s, 0), a, sizeof a),
		text_time(fmax(interval.low - offset_s, 0), b, sizeof b),
		text_time(fmax(interval.high - offset_s, 0), c, sizeof c));
	return out;
}

static double check_timer(struct check *c)
{
	enum { TIMES = 101, READINGS = 1000 };
	double each_s[TIMES], median_s = NAN;
	char text[64];

	for (int i = 0; i < TIMES; i++) {
		uint64_t begin_ns = clock_ns();
		for (int j = 0; j < READINGS; j++)
			clock_ns();
		each_s[i] = (double)(clock_ns() - begin_ns) * 1e-9 / READINGS;
	}
	const char *cost = median_text(each_s, TIMES, 0, &median_s, text);
	say(c, median_s < 200e-9 ? OK_SO : WARNING, "timer", "%s a reading of the clock%s", cost, median_s < 200e-9 ? ""
		: ":\n                   it is read through the kernel (see clocksource in /sys)");
	return median_s;
}

/* One trial of the capacity lesson; its time, or NAN. */
static double once(struct bench *b, const struct cell *cell, double *trial_s, int *error)
{
	struct trial_result r;

	*error = bench_trial(b, cell, 30, &r);
	double warm_s = r.outcome == OUTCOME_OK ? r.warm_s : NAN;
	if (trial_s)
		*trial_s = r.trial_s;
	trial_result_free(&r);
	return warm_s;
}

/* What worker_enter() and worker_leave() add to a solve: all that there is, when there is nothing to solve, but for the
 * clock's own reading. */
static int check_worker(struct check *c, struct bench *b, const struct card *capacity, double reading_s)
{
	enum { TIMES = 501 };
	struct cell empty = { .card = capacity, .workers = 1, .runs = TIMES };
	double wall_s[TIMES], median_s = NAN;
	struct trial_result r;
	unsigned runs = 0;
	size_t i;
	json_t *row;
	char text[64];
	int error = bench_trial(b, &empty, 30, &r);

	json_array_foreach(r.rows, i, row) {
		bool is_cold = strcmp(json_string_value(json_object_get(row, "regime")) ?: "", "cold") == 0;
		if (!is_cold && !json_is_true(json_object_get(row, "is_warmup")) && runs < TIMES)
			wall_s[runs++] = (double)json_integer_value(json_object_get(row, "wall_ns")) * 1e-9;
	}
	trial_result_free(&r);
	if (error < 0)
		return error;
	const char *cost = median_text(wall_s, runs, reading_s, &median_s, text);
	say(c, median_s < 20e-6 ? OK_SO : WARNING, "worker", "%s for a worker to enter and to leave", cost);
	return 0;
}

static int check_trials(struct check *c, struct bench *b, const struct card *capacity)
{
	struct cell empty = { .card = capacity, .workers = 1, .runs = 1 };
	double trial_s[BLOCKS], median_s = NAN;
	int error = 0;
	char text[64];

	for (int i = 0; i < BLOCKS && error == 0; i++)
		once(b, &empty, &trial_s[i], &error);
	if (error < 0)
		return error;
	const char *cost = median_text(trial_s, BLOCKS, 0, &median_s, text);
	say(c, median_s < 0.015 ? OK_SO : WARNING, "trial", "%s from exec to exit\n"
		"                   when there is nothing to solve", cost);
	return 0;
}

/* How much more p pinned copies of a loop get done than one: blocks of both, paired. */
static int check_ceiling(struct check *c, struct bench *b, const struct card *capacity, unsigned workers)
{
	struct cell one = { .card = capacity, .workers = 1, .runs = 3, .n = capacity->n / 4 }, all = one;
	double log_ratio[BLOCKS], scratch[BLOCKS * (BLOCKS + 1) / 2], centre;
	struct stats_interval interval;
	int error = 0;

	all.variant = 1;
	all.workers = workers;
	for (int i = 0; i < BLOCKS && error == 0; i++) {
		double one_s = once(b, &one, NULL, &error), all_s = error ? NAN : once(b, &all, NULL, &error);
		log_ratio[i] = log(one_s / all_s);
	}
	if (error < 0)
		return error;
	if (stats_hodges_lehmann(log_ratio, BLOCKS, 0.95, scratch, &centre, &interval) < 0)
		say(c, WARNING, "ceiling",
			"the copies could not be measured: `make && build/bench/capacity/copies` shows why");
	else
		say(c, exp(centre) > 0.95 * workers ? OK_SO : WARNING, "ceiling", "%u pinned copies do %.2f times the "
			"work of one [%.2f, %.2f]:\n                   what only computes gains no more than that",
			workers, exp(centre), exp(interval.low), exp(interval.high));
	return 0;
}

static int check_cost(struct check *c, struct bench *b, const struct card *capacity)
{
	fputs("\n  What the harness itself adds (medians, and their 95 % rank intervals):\n", c->out);
	double reading_s = check_timer(c);
	int error = check_worker(c, b, capacity, reading_s);
	return error ? error : check_trials(c, b, capacity);
}

int doctor(FILE *out, const struct settings *s, hwloc_topology_t topology, struct diagnosis *found, char *why)
{
	struct check check = { .out = out, .found = found };
	struct catalogue catalogue = { 0 };
	struct machine machine;
	struct bench b;
	int error = bench_open(&b, s, topology);

	*found = (struct diagnosis){ 0 };
	if (error == 0)
		error = catalogue_load_one(&catalogue, s->capacity, "capacity", why);
	if (error == 0) {
		machine_read(&machine, topology);
		check_cpus(&check, &machine);
		check_clocks(&check, &machine);
		check_past(&check, &machine);
		fflush(out);
		error = check_now(&check);
	}
	unsigned most = error ? 1 : plan_most_workers(topology, &s->policy);
	if (error == 0 && most > 1)
		error = check_ceiling(&check, &b, catalogue.card[0], most);
	fflush(out);
	if (error == 0)
		error = check_cost(&check, &b, catalogue.card[0]);
	if (error < 0 && error != -EINTR && !*why)
		snprintf(why, CARD_WHY, "the doctor could not go on: %s", strerror(-error));
	catalogue_free(&catalogue);
	bench_close(&b);
	return error;
}
