/* SPDX-License-Identifier: MIT */
/* selftest.c -- does the method keep its promises on this machine?  See selftest.h. */
#include "bench/run/selftest.h"

#include "bench/base/random.h"
#include "bench/base/stats.h"
#include "bench/base/text.h"
#include "bench/run/measure.h"
#include "bench/run/neighbour.h"
#include "bench/run/run.h"
#include "bench/run/progress.h"
#include "bench/run/size.h"
#include "bench/run/spawn.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RUNS = 11, MADE_UP_RUNS = 5, BLOCKS = 10, MOST_BLOCKS = RUN_LAST_BLOCK,
	WALSH = MOST_BLOCKS * (MOST_BLOCKS + 1) / 2 };
enum { USUAL = 250, QUICK_USUAL = 50 };         /* experiments of each kind, as far as time allows */
enum { ENOUGH = 100 };  /* experiments from which on a rate itself is held to its goal, and not its interval alone */
/* Were a solve much shorter than the slices in which a kernel lets programs take turns, most would run undisturbed and
 * no neighbour would be noisy enough; were it longer, there would be no time for hundreds of experiments. */
static const double solve_s = 0.001, slower = 0.03, precision = 0.03;

/* Log seconds of every timed run: what an experiment leaves, and what a simulation makes up. */
struct sample { unsigned runs; double log_s[MOST_BLOCKS][2][RUNS]; };

/* How `blocks` blocks become an estimate of ln(A's time / B's) and its 95 % interval.  0 or -EINVAL. */
typedef int method(const struct sample *, unsigned blocks, double *centre, struct stats_interval *);

/* A share of n, and the goal that it has. */
struct rate { size_t hits, n; double low, high; };

struct state {
	FILE *out;
	const struct selftest *asked;
	struct selftest_result *result;
	struct bench bench;
	struct cell cell[2];            /* A and B */
	struct progress progress;
	method *method;
	uint64_t random;                /* for made-up times, which the seed alone must fix */
	double trial_s;                 /* a trial from exec to exit, about */
	double *solve_s;                /* median solve of every trial, kind by kind; those of a pair are neighbours */
	char *why;
};

/* ---- the method, and a bad one ---- */

static int paired(const struct sample *s, unsigned blocks, double *centre, struct stats_interval *interval)
{
	double d[MOST_BLOCKS], scratch[WALSH];

	for (unsigned b = 0; b < blocks; b++) {
		double runs[2][RUNS], median[2];
		memcpy(runs, s->log_s[b], sizeof runs);
		if (stats_median(runs[0], s->runs, &median[0]) < 0
			|| stats_median(runs[1], s->runs, &median[1]) < 0)
			return -EINVAL;
		d[b] = median[0] - median[1];
	}
	return stats_hodges_lehmann(d, blocks, 0.95, scratch, centre, interval);
}

/* As if every run were news: but the runs of one trial share its luck, and so the interval is far too narrow. */
static int pooled(const struct sample *s, unsigned blocks, double *centre, struct stats_interval *interval)
{
	const double n = blocks * s->runs;
	double mean[2] = { 0 }, square[2] = { 0 };

	for (unsigned which = 0; which < 2; which++) {
		for (unsigned i = 0; i < blocks * s->runs; i++)
			mean[which] += s->log_s[i / s->runs][which][i % s->runs] / n;
		for (unsigned i = 0; i < blocks * s->runs; i++)
			square[which] += pow(s->log_s[i / s->runs][which][i % s->runs] - mean[which], 2) / (n - 1);
	}
	double half = 2 * sqrt((square[0] + square[1]) / n);  /* Student's t, for some sixty degrees of freedom */
	*centre = mean[0] - mean[1];
	*interval = (struct stats_interval){ *centre - half, *centre + half, 0.95 };
	return 0;
}

/* ---- goals ---- */

/* A line that says whether a goal is met.  A rate is held to its goal from ENOUGH on; before, and for `lenient` ones
 * always, only an interval that lies wholly beyond its goal misses it. */
static void judge(struct state *t, const struct rate *r, bool lenient, const char *goal, const char *words)
{
	const double rate = (double)r->hits / (double)r->n;
	struct stats_interval interval = { 0 };
	const char *verdict = "met";

	stats_proportion_interval(r->hits, r->n, 0.95, &interval);
	bool beyond = interval.low > r->high || interval.high < r->low, outside = rate > r->high || rate < r->low;
	if (beyond || (outside && !lenient && r->n >= ENOUGH)) {
		verdict = "MISSED";
		if (t->result->missed++ == 0)
			snprintf(t->result->first, sizeof t->result->first, "%s", words);
	} else if (outside && !lenient) {
		verdict = "open";
		t->result->open++;
	}
	fprintf(t->out, "  %-6s %5.1f %%  [%5.1f, %5.1f]  %-10s  %s\n", verdict, 100 * rate, 100 * interval.low,
		100 * interval.high, goal, words);
	fflush(t->out);
}

static void tell(struct state *t, const char *doing, unsigned done, unsigned of)
{
	if (t->progress.live)
		progress_setup(&t->progress, doing, done, of);
	else if (done == 0)
		fprintf(stderr, "%s, %u\n", doing, of);
}

/* ---- real trials ---- */

static int failed(struct state *t, const struct trial_result *r, int error)
{
	if (error == -EINTR)
		return error;
	snprintf(t->why, CARD_WHY,
		"a trial of the harness's own loop failed (%s%s%.300s): does `make && %s --n 1000` work?",
		error < 0 ? strerror(-error) : outcome_name[r->outcome], *r->reason ? ": " : "", r->reason,
		t->cell[0].card->variant[0].program);
	return error < 0 ? error : -EPROTO;
}

/* One trial; the log seconds of its timed runs. */
static int trial(struct state *t, const struct cell *cell, double log_s[RUNS])
{
	struct trial_result r;
	unsigned runs = 0;
	size_t i;
	json_t *row;
	int error = bench_trial(&t->bench, cell, 30, &r);

	t->trial_s = r.trial_s;
	json_array_foreach(r.rows, i, row) {
		double wall_ns = (double)json_integer_value(json_object_get(row, "wall_ns"));
		bool is_cold = strcmp(json_string_value(json_object_get(row, "regime")) ?: "", "cold") == 0;
		if (!is_cold && !json_is_true(json_object_get(row, "is_warmup")) && runs < RUNS)
			log_s[runs++] = log(fmax(wall_ns, 1) * 1e-9);
	}
	if (error < 0 || r.outcome != OUTCOME_OK || runs < RUNS)
		error = failed(t, &r, error);
	trial_result_free(&r);
	return error;
}

/* Scales A's n until a solve takes about solve_s, and B's with it. */
static int calibrate(struct state *t)
{
	struct cell *a = &t->cell[0];
	double log_s[RUNS], median;
	int error = 0;

	a->n = a->card->n / 100;
	for (int step = 0; step < 3 && error == 0; step++) {
		error = trial(t, a, log_s);
		if (error == 0 && stats_median(log_s, RUNS, &median) == 0)
			a->n = (uint64_t)fmax(1000, (double)a->n * solve_s / exp(median));
	}
	t->cell[1] = *a;
	return error;
}

/* One experiment: blocks of A and B in random order, as every run has them; or, broken, all of A first.  The median
 * solve of every trial goes to medians_s. */
static int experiment(struct state *t, struct sample *s, double *medians_s)
{
	unsigned first = 0;
	int error = 0;

	s->runs = RUNS;
	for (unsigned k = 0; k < 2 * BLOCKS && error == 0; k++) {
		if (k % 2 == 0)
			first = (unsigned)random_below(&t->bench.random, 2);
		unsigned block = t->asked->broken ? k % BLOCKS : k / 2;
		unsigned which = t->asked->broken ? k / BLOCKS : (k + first) % 2;
		double copy[RUNS], median = 0;

		error = trial(t, &t->cell[which], s->log_s[block][which]);
		memcpy(copy, s->log_s[block][which], sizeof copy);
		if (error == 0 && stats_median(copy, RUNS, &median) == 0)
			medians_s[2 * block + which] = exp(median);
	}
	return error;
}

static int disturbed_experiment(struct state *t, struct sample *s, double *medians_s)
{
	unsigned pu;
	char why[PLACE_WHY];
	pid_t neighbour = 0;
	int error = bench_place(&t->bench, &t->cell[0], &pu, why);

	if (error == 0)
		error = neighbour_plant(t->bench.topology, pu, random_next(&t->bench.random), &neighbour);
	if (error < 0)
		snprintf(t->why, CARD_WHY, "the noisy neighbour cannot be started: %s", strerror(-error));
	else
		error = experiment(t, s, medians_s);
	neighbour_uproot(neighbour);
	return error;
}

/* The kinds of experiment. */
static const struct kind {
	const char *doing, *words, *goal;
	bool noisy, differ;
	double low, high;
} kinds[] = {
	{ "one program twice", "one program twice: \"different\"", "<= 8 %", false, false, 0, 0.08 },
	{ "beside a noisy neighbour", "the same, noisy neighbour", "<= 8 %", true, false, 0, 0.08 },
	{ "B has 3 % more to do", "B has 3 % more to do: found", ">= 95 %", false, true, 0.95, 1 },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Experiments of one kind, until there are `most` or, unless a number was asked for, the time is up. */
static int experiments(struct state *t, const struct kind *kind, unsigned most, double limit_s, double *medians_s,
	unsigned *done)
{
	struct rate rate = { .low = kind->low, .high = kind->high };
	const double begin_s = progress_elapsed_s(&t->progress);
	int error = 0;

	t->cell[1].n = t->cell[0].n + (kind->differ ? (uint64_t)(slower * (double)t->cell[0].n) : 0);
	for (*done = 0; *done < most && error == 0; (*done)++) {
		struct sample s;
		struct stats_interval interval;
		double centre;

		if (!t->asked->experiments && *done > 0 && progress_elapsed_s(&t->progress) - begin_s > limit_s)
			break;
		tell(t, kind->doing, *done, most);
		error = kind->noisy ? disturbed_experiment(t, &s, medians_s) : experiment(t, &s, medians_s);
		if (error == 0 && t->method(&s, BLOCKS, &centre, &interval) == 0)
			rate.hits += kind->differ ? interval.high < 0 : interval.low > 0 || interval.high < 0;
		medians_s += 2 * BLOCKS;
	}
	progress_clear(&t->progress);
	rate.n = *done;
	if (error == 0)
		judge(t, &rate, false, kind->goal, kind->words);
	return error;
}

/* Percent of the pairs in which a trial of A took more than 5 % longer than `usual_s`, or B's than what it has to. */
static double disturbed_percent(const double *medians_s, unsigned pairs, double usual_s, double b_to_a)
{
	unsigned disturbed = 0;

	for (unsigned i = 0; i < pairs; i++)
		disturbed += fmax(medians_s[2 * i], medians_s[2 * i + 1] / b_to_a) > 1.05 * usual_s;
	return 100.0 * disturbed / pairs;
}

/* So that one sees whether the neighbour was a nuisance, and how quiet it was when it should have been. */
static void tell_disturbance(struct state *t, unsigned most, const unsigned done[KINDS])
{
	const size_t first = 2 * BLOCKS * done[0];
	double usual_s = 0, *copy = malloc(first * sizeof *copy);

	if (!copy)
		return;  /* the rates stand without it */
	memcpy(copy, t->solve_s, first * sizeof *copy);
	stats_median(copy, first, &usual_s);
	free(copy);
	fputs("\n  Pairs of trials of which one was over 5 % slower than usual:", t->out);
	for (unsigned k = 0; k < KINDS; k++)
		fprintf(t->out, "%s %.0f %%", k == 0 ? "" : ",", disturbed_percent(t->solve_s + 2 * BLOCKS * most * k,
			BLOCKS * done[k], usual_s, kinds[k].differ ? 1 + slower : 1));
	fputs(".\n", t->out);
}

static int real_trials(struct state *t)
{
	const unsigned most = t->asked->experiments ? t->asked->experiments : t->asked->quick ? QUICK_USUAL : USUAL;
	const double limit_s = t->asked->quick ? 16 : 85;
	unsigned done[KINDS] = { 0 };
	char length[16], whole[16];
	int error = calibrate(t);

	if (error < 0)
		return error;
	fprintf(t->out, "Real trials.  An experiment is %d blocks, a block one trial of A and one of B in\n"
		"random order.  A trial is a fresh process, pinned, of %d timed solves of about\n"
		"%s each: %s from exec to exit.\n\n"
		"         rate    95 %% interval  goal\n", BLOCKS, RUNS, text_time(solve_s, length, sizeof length),
		text_time(t->trial_s, whole, sizeof whole));
	fflush(t->out);
	for (unsigned k = 0; k < KINDS && error == 0; k++)
		error = experiments(t, &kinds[k], most, limit_s, t->solve_s + 2 * BLOCKS * most * k, &done[k]);
	if (error < 0)
		return error;
	bool few = done[0] < ENOUGH || done[1] < ENOUGH || done[2] < ENOUGH;
	fprintf(t->out, "\n  Experiments: %u, %u, %u%s.", done[0], done[1], done[2],
		few ? ": few, so the intervals are wide" : "");
	tell_disturbance(t, most, done);
	return 0;
}

/* ---- made-up times ---- */

/* How times vary.  `spread` is of one trial, relative; its runs vary by half of that among themselves. */
static const struct noise {
	const char *words;
	enum { NORMAL_NOISE, STUDENT_T3, DELAYS } shape;
	double spread, drift;   /* drift: a step from block to block, which A and B share */
} noises[] = {
	{ "quiet (0.3 %)", NORMAL_NOISE, 0.003, 0 },
	{ "noisy (5 %)", NORMAL_NOISE, 0.05, 0 },
	{ "very noisy (20 %)", NORMAL_NOISE, 0.2, 0 },
	{ "heavy tails (3 %)", STUDENT_T3, 0.03, 0 },
	{ "rare long delays", DELAYS, 0.005, 0 },
	{ "drifting (3 %)", NORMAL_NOISE, 0.01, 0.03 },
};
enum { NOISES = sizeof noises / sizeof *noises };

static double uniform(uint64_t *random)
{
	return ((double)(random_next(random) >> 11) + 0.5) * 0x1p-53;  /* never 0 */
}

/* Box and Muller's. */
static double normal(uint64_t *random)
{
	double radius = sqrt(-2 * log(uniform(random)));
	return radius * cos(2 * 3.14159265358979323846 * uniform(random));
}

/* What luck adds to the log time of one trial. */
static double luck(const struct noise *noise, uint64_t *random)
{
	double z = noise->spread * normal(random);

	if (noise->shape == STUDENT_T3) {
		double x = normal(random), y = normal(random), w = normal(random);
		return z / sqrt((x * x + y * y + w * w) / 3);
	}
	if (noise->shape == DELAYS && random_below(random, 8) == 0)
		return z + log1p(-0.4 * log(uniform(random)));  /* one trial in eight, by 40 % in the mean */
	return z;
}

/* Blocks of A and B, A's time exp(truth) of B's.  When all of A comes first, A and B do not share what drifts. */
static void make_up(const struct noise *noise, unsigned blocks, bool a_first, double truth, struct sample *s,
	uint64_t *random)
{
	double drift[2 * MOST_BLOCKS] = { 0 };

	s->runs = MADE_UP_RUNS;
	for (unsigned i = 1; i < 2 * blocks && noise->drift > 0; i++)
		drift[i] = drift[i - 1] + noise->drift * normal(random);
	for (unsigned b = 0; b < blocks; b++)
		for (unsigned which = 0; which < 2; which++) {
			double trial = (which == 0 ? truth : 0) + drift[a_first ? b + which * blocks : b]
				+ luck(noise, random);
			for (unsigned i = 0; i < MADE_UP_RUNS; i++)
				s->log_s[b][which][i] = trial + noise->spread / 2 * normal(random);
		}
}

/* How many blocks a run would measure of this one cell, by the rule that run.c has: precise enough at two checks in a
 * row, or 60 blocks.  (A real run waits for the least precise of its cells.) */
static unsigned stopped_at(method *estimate, const struct sample *s, unsigned least)
{
	unsigned precise = 0, blocks = least;

	for (;; blocks += 2) {
		struct stats_interval interval;
		double centre;
		if (estimate(s, blocks, &centre, &interval) == 0) {
			double half = (exp(interval.high) - exp(interval.low)) / 2 / exp(centre);
			precise = half <= precision ? precise + 1 : 0;
		}
		if (precise == RUN_STEADY_CHECKS || blocks >= MOST_BLOCKS)
			return blocks;
	}
}

/* SIGINT and SIGTERM are blocked except while spawn.c waits: here one that came meanwhile is let in. */
static bool interrupted(void)
{
	sigset_t both, before;

	sigemptyset(&both);
	sigaddset(&both, SIGINT);
	sigaddset(&both, SIGTERM);
	sigprocmask(SIG_UNBLOCK, &both, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return spawn_signal() != 0;
}

/* How often the interval of `blocks` blocks holds the truth; 0 blocks: as many as the stopping rule takes. */
static int coverage(struct state *t, const struct noise *noise, unsigned blocks, unsigned sets)
{
	const struct settings defaults = { .mode = NORMAL };
	const double truth = -0.6;
	struct rate rate = { .n = sets, .low = 0.93, .high = 0.97 };
	double blocks_sum = 0;
	char words[64], until[32];

	for (unsigned i = 0; i < sets; i++) {
		struct sample s;
		struct stats_interval interval = { 0 };
		double centre;

		if (interrupted())
			return -EINTR;
		make_up(noise, blocks ? blocks : MOST_BLOCKS, t->asked->broken, truth, &s, &t->random);
		unsigned end = blocks ? blocks : stopped_at(t->method, &s, size_least_blocks(&defaults));
		blocks_sum += end;
		if (t->method(&s, end, &centre, &interval) == 0)
			rate.hits += interval.low <= truth && truth <= interval.high;
	}
	snprintf(until, sizeof until, blocks ? "%.0f blocks" : "until 3 %% (%.0f)", blocks_sum / sets);
	snprintf(words, sizeof words, "%s, %s", noise->words, until);
	progress_clear(&t->progress);
	judge(t, &rate, true, "93 to 97 %", words);
	return 0;
}

static int made_up_times(struct state *t)
{
	static const unsigned blocks[] = { 6, 10, 20, 30, 0 };
	enum { EACH = sizeof blocks / sizeof *blocks };
	const unsigned sets = t->asked->quick ? 1000 : 5000;
	int error = 0;

	fprintf(t->out, "\nMade-up times, whose truth is known: how often does the 95 %% interval hold it?\n"
		"%u sets of times a line.  \"until 3 %%\" stops as `run` does, for one cell, after\n"
		"so many blocks in the mean.\n\n", sets);
	for (unsigned i = 0; i < NOISES * EACH && error == 0; i++) {
		tell(t, "made-up times", i, NOISES * EACH);
		error = coverage(t, &noises[i / EACH], blocks[i % EACH], sets);
	}
	return error;
}

/* ---- all of it ---- */

/* The topology as a file without a name, so that a trial need not look at the machine and nothing stays behind. */
static int write_topology(hwloc_topology_t topology, char *path, size_t size)
{
	int fd = memfd_create("topology", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	snprintf(path, size, "/proc/%d/fd/%d", (int)getpid(), fd);
	if (hwloc_topology_export_xml(topology, path, 0) == 0)
		return fd;
	close(fd);
	return -1;
}

int selftest(FILE *out, const struct settings *settings, hwloc_topology_t topology, const struct selftest *asked,
	struct selftest_result *result, char *why)
{
	const size_t most = asked->experiments ? asked->experiments : USUAL;
	struct catalogue catalogue = { 0 };
	struct state t = { .out = out, .asked = asked, .result = result, .progress = progress_make(0), .why = why,
		.random = settings->seed, .method = asked->broken ? pooled : paired };
	char topology_xml[64];

	*result = (struct selftest_result){ 0 };
	int xml = write_topology(topology, topology_xml, sizeof topology_xml);
	t.solve_s = calloc(KINDS * 2 * BLOCKS * most, sizeof *t.solve_s);
	int error = bench_open(&t.bench, settings, topology);
	if (error < 0 || !t.solve_s) {
		snprintf(why, CARD_WHY, "no memory for the times of %zu experiments: ask for fewer", most);
		error = -ENOMEM;
	}
	t.bench.topology_xml = xml < 0 ? NULL : topology_xml;
	if (error == 0)
		error = catalogue_load_one(&catalogue, settings->capacity, "capacity", why);
	if (error == 0) {
		t.cell[0] = (struct cell){ .card = catalogue.card[0], .workers = 1, .runs = RUNS };
		error = real_trials(&t);
	}
	if (error == 0)
		error = made_up_times(&t);
	progress_clear(&t.progress);
	catalogue_free(&catalogue);
	bench_close(&t.bench);
	free(t.solve_s);
	if (xml >= 0)
		close(xml);
	return error;
}
