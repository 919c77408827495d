/* SPDX-License-Identifier: MIT */
/* measure.c -- one trial: run a cell's program in a fresh process and judge what came back.  See measure.h. */
#include "bench/run/measure.h"

#include "bench/base/random.h"
#include "bench/base/stats.h"
#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/run/spawn.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAD_BYTES = 4096 };
static const char pad_name[] = "MANYHANDS_PAD=";

const char *const outcome_name[] = { "ok", "wrong", "died", "hung", "leaked", "skipped" };

/* A trial's team is set by its arguments alone: variables that steer the OpenMP runtime stay here. */
static bool steers_openmp(const char *variable)
{
	return strncmp(variable, "OMP_", 4) == 0 || strncmp(variable, "GOMP_", 5) == 0
		|| strncmp(variable, "KMP_", 4) == 0;
}

int bench_open(struct bench *b, const struct settings *settings, hwloc_topology_t topology)
{
	unsigned count = 0, kept = 0;

	*b = (struct bench){ .settings = settings, .topology = topology, .random = settings->seed,
		.pad_random = settings->seed };
	while (environ[count])
		count++;
	b->env = calloc(count + 2, sizeof *b->env);
	b->pad = malloc(sizeof pad_name + PAD_BYTES);
	if (!b->env || !b->pad) {
		bench_close(b);
		return -ENOMEM;
	}
	for (unsigned i = 0; i < count; i++)
		if (steers_openmp(environ[i]))
			b->dropped++;
		else
			b->env[kept++] = environ[i];
	b->env[kept] = b->pad;
	return 0;
}

void bench_close(struct bench *b)
{
	free(b->env);
	free(b->pad);
	b->env = NULL;
	b->pad = NULL;
}

static void vary_environment(struct bench *b)
{
	size_t length = (size_t)random_below(&b->pad_random, PAD_BYTES);

	memcpy(b->pad, pad_name, sizeof pad_name);
	memset(b->pad + sizeof pad_name - 1, 'x', length);
	b->pad[sizeof pad_name - 1 + length] = '\0';
}

int bench_place(const struct bench *b, const struct cell *cell, unsigned *pus, char *why)
{
	bool share = b->settings->oversubscribe || cell->card->waits || cell->card->crowds || cell->document;
	return place_plan(b->topology, &b->settings->policy, cell->workers, share, pus, why);
}

enum { ARGUMENTS = 16 + 2 * MAX_PARAMS, TEXT_BYTES = 8 * MAX_WORKERS };

/* argv and the texts that it points into. */
struct arguments {
	char *argv[ARGUMENTS];
	char n[24], workers[16], runs[16], param[MAX_PARAMS][96], pus[TEXT_BYTES];
};

static void list_pus(const unsigned *pus, unsigned count, char *text)
{
	int at = 0;

	for (unsigned i = 0; i < count && at < TEXT_BYTES - 12; i++)
		at += pus[i] == PLACE_ANY ? snprintf(text + at, 12, "%s-", i ? "," : "")
			: snprintf(text + at, 12, "%s%u", i ? "," : "", pus[i]);
}

static void write_arguments(struct arguments *a, const struct bench *b, const struct cell *cell, const unsigned *pus)
{
	unsigned c = 0;

	snprintf(a->n, sizeof a->n, "%" PRIu64, cell->n);
	snprintf(a->workers, sizeof a->workers, "%u", cell->workers);
	snprintf(a->runs, sizeof a->runs, "%u", cell->runs);
	list_pus(pus, cell->workers, a->pus);
	a->argv[c++] = cell->card->variant[cell->variant].program;
	#define ADD(name, value) (a->argv[c++] = (char *)(uintptr_t)(name), a->argv[c++] = (char *)(uintptr_t)(value))
	a->argv[c++] = (char *)(uintptr_t)"--rows";
	ADD("--n", a->n);
	ADD("--workers", a->workers);
	ADD("--runs", a->runs);
	if (b->settings->policy.kind != PLACE_NONE)
		ADD("--pus", a->pus);
	if (b->settings->policy.kind != PLACE_NONE && b->topology_xml)
		ADD("--topology", b->topology_xml);
	for (unsigned i = 0; i < cell->card->params; i++) {
		snprintf(a->param[i], sizeof a->param[i], "%s=%" PRIu64, cell->card->param[i].name, cell->param[i]);
		ADD("--param", a->param[i]);
	}
	#undef ADD
	a->argv[c] = NULL;
}

/* The last line that it wrote on stderr, or "" */
static const char *last_line(char *text)
{
	size_t length = strlen(text);

	while (length > 0 && text[length - 1] == '\n')
		text[--length] = '\0';
	char *newline = strrchr(text, '\n');
	return newline ? newline + 1 : text;
}

static void judge(struct trial_result *r, enum outcome outcome, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void judge(struct trial_result *r, enum outcome outcome, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(r->reason, sizeof r->reason, format, args);
	va_end(args);
	text_clean(r->reason);  /* it may quote a program that has gone mad */
	r->outcome = outcome;
	json_array_clear(r->rows);
}

/* One line of the protocol.  False when it is none. */
static bool take_row(struct trial_result *r, json_t *row, json_t **end)
{
	const char *kind = json_string_value(json_object_get(row, "row"));

	if (!kind)
		return false;
	if (strcmp(kind, "run") == 0)
		return json_array_append(r->rows, row) == 0;
	if (strcmp(kind, "end") == 0)
		*end = json_incref(row);
	return strcmp(kind, "end") == 0;
}

/* Takes the rows apart; *end is the last row, or NULL when the trial never said it. */
static bool read_rows(struct trial_result *r, char *text, json_t **end)
{
	*end = NULL;
	for (char *line = text; *line;) {
		size_t length = strcspn(line, "\n");
		json_error_t error;
		json_t *row = json_loadb(line, length, 0, &error);
		bool good = row && take_row(r, row, end);

		json_decref(row);
		if (!good) {
			judge(r, OUTCOME_DIED, "wrote on descriptor 3 what is no row of the protocol: '%.*s%s'",
				length > 60 ? 60 : (int)length, line, length > 60 ? "..." : "");
			return false;
		}
		line += length + (line[length] == '\n');
	}
	return true;
}

static void judge_exit(struct trial_result *r, struct spawned *s)
{
	const char *words = last_line(s->text[1]);
	const char *colon = *words ? ": " : "";

	if (WIFSIGNALED(s->status))
		judge(r, OUTCOME_DIED, "was killed by SIG%s (%s)%s%s", sigabbrev_np(WTERMSIG(s->status)),
			strsignal(WTERMSIG(s->status)), colon, words);
	else if (WEXITSTATUS(s->status) == EXIT_SKIPPED)
		judge(r, OUTCOME_SKIPPED, "%s", words);
	else if (WEXITSTATUS(s->status) != 0)
		judge(r, OUTCOME_DIED, "ended with exit code %d%s%s", WEXITSTATUS(s->status), colon, words);
	else
		judge(r, OUTCOME_DIED, "ended without a report on descriptor 3%s%s", colon, words);
}

static const json_t *first_wrong(const json_t *rows)
{
	size_t i;
	json_t *row;

	json_array_foreach(rows, i, row)
		if (strcmp(json_string_value(json_object_get(row, "outcome")) ?: "", "ok") != 0)
			return row;
	return NULL;
}

static void judge_trial(struct trial_result *r, struct spawned *s, double deadline_s)
{
	json_t *end = NULL;

	if (s->hung) {
		judge(r, OUTCOME_HUNG, "was still running after %.3g s and was killed%s%s", deadline_s,
			*s->why ? ": " : "", s->why);
	} else if (read_rows(r, s->text[2], &end)) {
		const json_t *wrong = first_wrong(r->rows);
		const char *leaked = json_string_value(json_object_get(end, "leaked"));
		if (!end || json_array_size(r->rows) == 0)
			judge_exit(r, s);
		else if (wrong)
			judge(r, OUTCOME_WRONG, "%s", json_string_value(json_object_get(wrong, "reason"))
				?: "no reason given");
		else if (leaked)
			judge(r, OUTCOME_LEAKED, "%s", leaked);
		else if (s->survivors)
			judge(r, OUTCOME_LEAKED, "%u process%s outlived it", s->survivors,
				s->survivors > 1 ? "es" : "");
		else if (!WIFEXITED(s->status) || WEXITSTATUS(s->status) != 0)
			judge_exit(r, s);
	}
	json_decref(end);
}

static void read_times(struct trial_result *r)
{
	size_t i, count = json_array_size(r->rows), warm = 0;
	double *warm_s = calloc(count + 1, sizeof *warm_s);
	json_t *row;

	json_array_foreach(r->rows, i, row) {
		double seconds = (double)json_integer_value(json_object_get(row, "wall_ns")) * 1e-9;
		if (strcmp(json_string_value(json_object_get(row, "regime")) ?: "", "cold") == 0)
			r->cold_s = seconds;
		else if (warm_s && !json_is_true(json_object_get(row, "is_warmup")))
			warm_s[warm++] = seconds;
	}
	if (warm)
		stats_median(warm_s, warm, &r->warm_s);
	free(warm_s);
}

int bench_trial(struct bench *b, const struct cell *cell, double deadline_s, struct trial_result *r)
{
	struct arguments arguments;
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY];
	struct spawned spawned;

	*r = (struct trial_result){ .rows = json_array(), .cold_s = NAN, .warm_s = NAN };
	if (!r->rows)
		return -ENOMEM;
	if (bench_place(b, cell, pus, why) < 0) {
		judge(r, OUTCOME_SKIPPED, "%s", why);
		return 0;
	}
	write_arguments(&arguments, b, cell, pus);
	vary_environment(b);
	struct machine_load before = machine_load();
	int error = spawn_run(&(struct spawn){ .argv = arguments.argv, .env = b->env, .deadline_s = deadline_s },
		&spawned);
	struct machine_load after = machine_load();
	r->taken.steal_ticks = after.steal_ticks - before.steal_ticks;
	r->taken.throttled_us = after.throttled_us - before.throttled_us;
	r->taken.pressure_us = after.pressure_us - before.pressure_us;
	r->trial_s = (double)spawned.wall_ns * 1e-9;
	if (error == 0) {
		judge_trial(r, &spawned, deadline_s);
		read_times(r);
	} else if (error != -EINTR) {
		judge(r, OUTCOME_DIED, "could not be started: %s", strerror(-error));
		error = 0;
	}
	spawned_free(&spawned);
	return error;
}

void trial_result_free(struct trial_result *r)
{
	json_decref(r->rows);
	r->rows = NULL;
}
