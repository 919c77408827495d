/* SPDX-License-Identifier: MIT */
/* doctor.c -- is this machine fit to measure on, and what will disturb it. */
#include "bench/run/doctor.h"

#include "bench/base/clock.h"
#include "bench/base/stats.h"
#include "bench/base/text.h"
#include "bench/run/machine.h"
#include "bench/run/measure.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 10 };

struct check { FILE *out; unsigned warnings; };

static void say(struct check *c, bool good, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void say(struct check *c, bool good, const char *what, const char *format, ...)
{
	va_list args;

	fprintf(c->out, "  %s  %-10s ", good ? "ok  " : "warn", what);
	va_start(args, format);
	vfprintf(c->out, format, args);
	va_end(args);
	fputc('\n', c->out);
	c->warnings += !good;
}

static void check_cpus(struct check *c, const struct machine *m)
{
	fprintf(c->out, "  %s\n  %u package%s, %u core%s, %u PU%s for us of %u\n  %s\n\n", m->model, m->packages,
		m->packages == 1 ? "" : "s", m->cores, m->cores == 1 ? "" : "s", m->pus_allowed,
		m->pus_allowed == 1 ? "" : "s", m->pus, m->kernel);
	if (m->pus_allowed < m->pus)
		say(c, false, "allowed", "taskset or a cpuset leaves us %u of %u PUs: speedups end there",
			m->pus_allowed, m->pus);
	else
		say(c, m->pus_allowed > 1, "allowed", "%s", m->pus_allowed > 1 ? "every PU of the machine"
			: "one PU: nothing can run side by side here");
	if (isnan(m->quota_cpus))
		say(c, true, "quota", "no CPU quota");
	else
		say(c, m->quota_cpus >= m->pus_allowed, "quota", "the cgroup grants %.2f CPUs' time to %u PUs%s",
			m->quota_cpus, m->pus_allowed,
			m->quota_cpus < m->pus_allowed ? ": raise cpu.max, or take fewer with taskset" : "");
}

static void check_clocks(struct check *c, const struct machine *m)
{
	if (*m->governor)
		say(c, strcmp(m->governor, "performance") == 0, "governor", "%s%s", m->governor,
			strcmp(m->governor, "performance") == 0 ? "" : ": `cpupower frequency-set -g performance` "
			"steadies the clock");
	else
		say(c, true, "governor", "none to be seen");
	if (*m->boost)
		say(c, strcmp(m->boost, "1") != 0, "boost", "%s", strcmp(m->boost, "1") == 0
			? "on: one busy core runs faster than many, so speedups look smaller" : "off");
	if (*m->hypervisor)
		say(c, false, "hypervisor", "a %s: another guest may take time at any moment", m->hypervisor);
	else
		say(c, true, "hypervisor", "none to be seen");
}

static void check_load(struct check *c, const struct machine *m)
{
	if (!isnan(m->steal_percent))
		say(c, m->steal_percent < 0.1, "steal", "%.2f %% of all time since boot was taken by the hypervisor",
			m->steal_percent);
	if (!isnan(m->load1))
		say(c, m->load1 < 0.3, "load", "%.2f tasks wanted a CPU in the last minute%s", m->load1,
			m->load1 < 0.3 ? "" : ": stop them");
	if (!isnan(m->pressure))
		say(c, m->pressure < 5, "pressure", "some task waited for a CPU in %.1f %% of the last 10 s (PSI)",
			m->pressure);
	else
		say(c, true, "pressure", "this kernel does not tell (no PSI)");
}

static void check_timer(struct check *c)
{
	enum { READINGS = 100000 };
	char cost[16];
	uint64_t begin_ns = clock_ns();

	for (int i = 0; i < READINGS; i++)
		clock_ns();
	double each_s = (double)(clock_ns() - begin_ns) * 1e-9 / READINGS;
	say(c, each_s < 200e-9, "timer", "%s a reading%s", text_time(each_s, cost, sizeof cost), each_s < 200e-9 ? ""
		: ": the clock is read through the kernel (see clocksource in /sys)");
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

static int check_trials(struct check *c, struct bench *b, const struct card *capacity)
{
	struct cell empty = { .card = capacity, .workers = 1, .runs = 1 };
	double trial_s[BLOCKS], median_s;
	int error = 0;
	char text[16];

	for (int i = 0; i < BLOCKS && error == 0; i++)
		once(b, &empty, &trial_s[i], &error);
	if (error < 0)
		return error;
	stats_median(trial_s, BLOCKS, &median_s);
	say(c, median_s < 0.015, "trial", "%s from exec to exit when there is nothing to solve",
		text_time(median_s, text, sizeof text));
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
		say(c, false, "ceiling", "the copies could not be measured: `make && build/bench/capacity/copies` "
			"shows why");
	else
		say(c, exp(centre) > 0.95 * workers, "ceiling", "%u pinned copies do %.2f times the work of one [%.2f, "
			"%.2f]:\n                   what only computes gains no more than that", workers, exp(centre),
			exp(interval.low), exp(interval.high));
	return 0;
}

int doctor(FILE *out, const struct settings *s, hwloc_topology_t topology, unsigned *warnings, char *why)
{
	struct check check = { .out = out };
	struct catalogue catalogue = { 0 };
	struct machine machine;
	struct bench b;
	int error = bench_open(&b, s, topology);

	if (error == 0)
		error = catalogue_load_one(&catalogue, s->capacity, "capacity", why);
	if (error == 0) {
		machine_read(&machine, topology);
		check_cpus(&check, &machine);
		check_clocks(&check, &machine);
		check_load(&check, &machine);
		check_timer(&check);
		fflush(out);
		error = check_trials(&check, &b, catalogue.card[0]);
	}
	unsigned most = error ? 1 : plan_most_workers(topology, &s->policy);
	if (error == 0 && most > 1)
		error = check_ceiling(&check, &b, catalogue.card[0], most);
	*warnings = check.warnings;
	catalogue_free(&catalogue);
	bench_close(&b);
	return error;
}
