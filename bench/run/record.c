/* SPDX-License-Identifier: MIT */
/* record.c -- the results folder while it grows.  See record.h. */
#include "bench/run/record.h"

#include "bench/run/printed.h"
#include "bench/run/spawn.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 1, LAST_ROW = 1 << 20 };

static int say(char *why, int error, const char *doing, const char *path, const char *remedy)
{
	snprintf(why, CARD_WHY, "%s %.300s: %s; %s", doing, path, strerror(-error), remedy);
	return error;
}

static json_t *real_or_null(double value)
{
	return isnan(value) ? json_null() : json_real(value);
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

/* The commit that the source stands at, with + when files differ from it; "norev" when git does not tell. */
static void revision(char *out, size_t size)
{
	char *const head[] = { "git", "-C", SOURCE_FOLDER, "rev-parse", "--short=8", "HEAD", NULL };
	char *const changed[] = { "git", "-C", SOURCE_FOLDER, "status", "--porcelain", "--untracked-files=no", NULL };
	struct spawned spawned;

	snprintf(out, size, "norev");
	if (spawn_run(&(struct spawn){ .argv = head, .deadline_s = 10 }, &spawned) == 0 && spawned.status == 0)
		snprintf(out, size, "%.*s", (int)strcspn(spawned.text[0], "\n"), spawned.text[0]);
	spawned_free(&spawned);
	if (strcmp(out, "norev") == 0)
		return;
	if (spawn_run(&(struct spawn){ .argv = changed, .deadline_s = 10 }, &spawned) == 0 && *spawned.text[0])
		snprintf(out + strlen(out), size - strlen(out), "+");
	spawned_free(&spawned);
}

static bool is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	int entries = 0;

	while (dir && readdir(dir))
		entries++;
	if (dir)
		closedir(dir);
	return entries == 2;
}

static int make_folder(const char *folder, char *why)
{
	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		return say(why, -errno, "cannot make the results folder", folder, "choose another with -o");
	if (!is_empty(folder)) {
		snprintf(why, CARD_WHY, "%s is not an empty folder: choose another with -o, or move what is there",
			folder);
		return -EEXIST;
	}
	if (access(folder, W_OK) < 0)
		return say(why, -errno, "cannot write into", folder, "choose another folder with -o");
	return 0;
}

/* results/<date>-<host>-<rev>, with -2, -3 ... when one second sees several runs. */
static char *default_folder(const char *host, const char *rev)
{
	char date[32], *path = NULL;
	time_t now = time(NULL);
	struct tm utc;
	struct stat status;

	strftime(date, sizeof date, "%Y%m%dT%H%M%S", gmtime_r(&now, &utc));
	mkdir("results", 0777);
	for (int i = 1; i < 100; i++) {
		free(path);
		if (asprintf(&path, i > 1 ? "results/%s-%s-%s-%d" : "results/%s-%s-%s", date, host, rev, i) < 0)
			return NULL;
		if (stat(path, &status) < 0)
			break;
	}
	return path;
}

/* results/latest -> the newest; made under another name first, so that it is never missing. */
static void point_latest(const char *run_id)
{
	unlink("results/.latest");
	if (symlink(run_id, "results/.latest") == 0)
		rename("results/.latest", "results/latest");
}

static json_t *describe_machine(const struct machine *m)
{
	return json_pack("{ss si si si si si so so so so}", "model", m->model, "packages", (int)m->packages, "cores",
		(int)m->cores, "core_kinds", (int)m->core_kinds, "pus", (int)m->pus, "pus_allowed", (int)m->pus_allowed,
		"hypervisor", text_or_null(m->hypervisor), "quota_cpus", real_or_null(m->quota_cpus), "governor",
		text_or_null(m->governor), "boost", text_or_null(m->boost));
}

static json_t *describe_knobs(const struct card *card)
{
	json_t *knobs = json_array();

	for (unsigned i = 0; i < card->params; i++) {
		const struct param *p = &card->param[i];
		json_array_append_new(knobs, json_pack("{ss ss ss sI so}", "name", p->name, "unit", p->unit, "about",
			p->about, "default", (json_int_t)p->value, "sweep", text_or_null(p->sweep)));
	}
	return knobs;
}

/* The parameter that says how large a single task is. */
static const char *grain(const struct card *card)
{
	for (unsigned i = 0; i < card->params; i++)
		if (card->param[i].grain)
			return card->param[i].name;
	return NULL;
}

static json_t *describe_lesson(const struct plan *plan, unsigned group)
{
	static const char *const expect[] = { [CORRECT] = "correct", [WRONG] = "wrong", [HANGS] = "hangs" };
	const struct cell *base = &plan->cell[plan->first[group]];
	const struct card *card = base->card;
	json_t *variants = json_array();

	for (unsigned i = 0; i < card->variants; i++)
		json_array_append_new(variants, json_pack("{ss ss ss}", "name", card->variant[i].name, "idea",
			card->variant[i].idea, "expect", expect[card->variant[i].expect]));
	return json_pack("{ss ss ss ss ss si sI so so so sb so so sO* so}", "name", card->name, "title", card->title,
		"question", card->question, "unit", card->unit, "source", card->source, "base_ms", (int)card->base_ms,
		"n", (json_int_t)base->n, "document_n",
		card->examples ? json_integer((json_int_t)card->example[0].n) : json_null(), "params",
		card_params(card, base->param), "knobs", describe_knobs(card), "waits", card->waits,
		"grain", text_or_null(grain(card)),
		"variants", variants, "charts", card->charts, "examples", printed_examples(card));
}

/* Each lesson once, by its first problem. */
static json_t *describe_lessons(const struct plan *plan)
{
	const struct card *last = NULL;
	json_t *lessons = json_array();

	for (unsigned g = 0; g < plan->groups; g++) {
		const struct card *card = plan->cell[plan->first[g]].card;
		if (card != last)
			json_array_append_new(lessons, describe_lesson(plan, g));
		last = card;
	}
	return lessons;
}

/* What a cell is called, in run.json and in every row. */
static json_t *describe_cell(const struct cell *cell)
{
	return json_pack("{ss ss ss si sI so}", "lesson", cell->card->name, "variant",
		cell->card->variant[cell->variant].name, "size", cell->document ? "document" : "measured", "workers",
		(int)cell->workers, "n", (json_int_t)cell->n, "params", card_params(cell->card, cell->param));
}

/* The whole plan, in its order: what was left out, too. */
static json_t *describe_cells(const struct plan *plan)
{
	json_t *cells = json_array();

	for (unsigned c = 0; c < plan->count; c++) {
		json_t *cell = describe_cell(&plan->cell[c]);
		json_object_set_new(cell, "runs", json_integer(plan->cell[c].runs));
		json_object_set_new(cell, "solve_s", json_real(plan->cell[c].solve_s));
		json_array_append_new(cells, cell);
	}
	return cells;
}

static json_t *describe_left_out(const struct plan *plan)
{
	json_t *list = json_array();

	for (unsigned c = 0; c < plan->count; c++) {
		const struct cell *cell = &plan->cell[c];
		if (!cell->left_out)
			continue;
		json_t *entry = describe_cell(cell);
		json_object_set_new(entry, "reason", json_string(cell->left_out));
		json_array_append_new(list, entry);
	}
	return list;
}

static json_t *describe_argv(char **argv)
{
	json_t *words = json_array();

	for (int i = 0; argv[i]; i++)
		json_array_append_new(words, json_string(argv[i]) ?: json_string("(not UTF-8)"));
	return words;
}

static json_t *describe_now(void)
{
	time_t now = time(NULL);
	char text[32];
	struct tm utc;

	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
	return json_string(text);
}

static json_t *describe_run(const struct record *r, const struct settings *s, const struct plan *plan,
	const struct machine *m, const char *rev, char **argv)
{
	static const char *const mode[] = { [QUICK] = "quick", [NORMAL] = "normal", [RIGOROUS] = "rigorous" };

	char programs[PATH_MAX];

	if (!realpath(s->programs, programs))
		*programs = '\0';
	return json_pack("{si ss so so so sI ss ss ss ss so ss ss sf sf ss so so so so so so si sb ss}",
		"schema_version", SCHEMA_VERSION, "run_id", r->run_id, "started", describe_now(),
		"argv", describe_argv(argv), "programs", json_string(programs) ?: json_null(),
		"seed", (json_int_t)s->seed, "host", m->host, "revision", rev, "kernel", m->kernel,
		"compiler", COMPILER, "machine", describe_machine(m), "policy", s->policy.text,
		"scaling", s->weak ? "weak" : "strong", "budget_s", s->budget_s, "precision", s->precision,
		"mode", mode[s->mode], "lessons", describe_lessons(plan), "cells", describe_cells(plan),
		"left_out", json_array(), "notes", json_array(), "resumed", json_array(), "twin", json_null(),
		"blocks", 0, "finished", 0, "stop_reason", "running");
}

void record_dropped(struct record *r, unsigned variables)
{
	char note[160];

	snprintf(note, sizeof note, "%u environment variables that steer the OpenMP runtime (OMP_*, GOMP_*, KMP_*) "
		"were not passed on", variables);
	record_note(r, note);
}

/* Written beside and renamed: a reader sees the old one or the new one, never half of one. */
static int write_run(const struct record *r, char *why)
{
	char path[PATH_MAX], draft[PATH_MAX];

	snprintf(path, sizeof path, "%s/run.json", r->folder);
	snprintf(draft, sizeof draft, "%s/.run.json", r->folder);
	if (json_dump_file(r->run, draft, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) < 0 || rename(draft, path) < 0) {
		int error = errno ? -errno : -EIO;
		unlink(draft);
		return say(why, error, "cannot write", path, "make room, then run again");
	}
	return 0;
}

static int open_samples(struct record *r, hwloc_topology_t topology, char *why)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/topology.xml", r->folder);
	if (hwloc_topology_export_xml(topology, path, 0) < 0)
		return say(why, errno ? -errno : -EIO, "cannot write", path, "make room, then run again");
	snprintf(path, sizeof path, "%s/samples.ndjson", r->folder);
	r->samples = fopen(path, "wxe");
	if (!r->samples)
		return say(why, -errno, "cannot write", path, "choose another folder with -o");
	flock(fileno(r->samples), LOCK_EX);     /* told to whoever would go on with this folder meanwhile */
	return 0;
}

/* Takes over the folder's name; false without memory. */
static bool name_folder(struct record *r, char *folder)
{
	if (!folder)
		return false;
	r->folder = folder;
	while (strlen(folder) > 1 && folder[strlen(folder) - 1] == '/')
		folder[strlen(folder) - 1] = '\0';
	r->run_id = strdup(strrchr(folder, '/') ? strrchr(folder, '/') + 1 : folder);
	return r->run_id != NULL;
}

int record_open(struct record *r, const struct settings *s, hwloc_topology_t topology, const struct plan *plan,
	const struct machine *m, char **argv, char *why)
{
	const char *asked = s->folder;
	char rev[32];

	*r = (struct record){ 0 };
	revision(rev, sizeof rev);
	if (!name_folder(r, asked ? strdup(asked) : default_folder(m->host, rev)))
		return snprintf(why, CARD_WHY, "no memory for a folder's name"), -ENOMEM;
	int error = make_folder(r->folder, why);
	if (error == 0 && !(r->run = describe_run(r, s, plan, m, rev, argv)))
		error = (snprintf(why, CARD_WHY, "run.json cannot be put together: is a lesson's text not UTF-8?"),
			-EINVAL);
	if (error == 0)
		error = write_run(r, why);
	if (error == 0)
		error = open_samples(r, topology, why);
	r->is_newest = !asked;
	return error;
}

/* ---- going on with a folder ---- */

static json_t *load_run(const char *folder, char *why)
{
	char path[PATH_MAX];
	json_error_t error;

	snprintf(path, sizeof path, "%s/run.json", folder);
	json_t *run = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(run)) {
		snprintf(why, CARD_WHY, "%.300s: %.160s; --resume wants the folder of a `manyhands run`", path,
			run ? "not an object" : error.text);
		json_decref(run);
		return NULL;
	}
	const json_t *version = json_object_get(run, "schema_version");
	if (!json_is_integer(version) || json_integer_value(version) != SCHEMA_VERSION) {
		snprintf(why, CARD_WHY,
			"%.300s: schema_version is not %d: it was written by another manyhands, go on with that",
			path, SCHEMA_VERSION);
		json_decref(run);
		return NULL;
	}
	return run;
}

char **record_argv(const char *folder, char *why)
{
	json_t *run = load_run(folder, why), *words = json_object_get(run, "argv"), *word;
	size_t count = json_array_size(words), bytes = (count + 1) * sizeof(char *), i;

	if (!run)
		return NULL;
	json_array_foreach(words, i, word)
		bytes += json_string_length(word) + 1;
	char **argv = count > 0 ? malloc(bytes) : NULL, *at = argv ? (char *)(argv + count + 1) : NULL;
	if (!argv)
		snprintf(why, CARD_WHY, "%.300s/run.json: argv: expected the words of a command, found none", folder);
	for (i = 0; i < count && argv; i++) {
		argv[i] = at;
		at = stpcpy(at, json_string_value(json_array_get(words, i)) ?: "") + 1;
	}
	if (argv)
		argv[count] = NULL;
	json_decref(run);
	return argv;
}

/* The first of the texts that differs is told. */
static int same_place(const struct record *r, const struct machine *m, char *why)
{
	char rev[32];
	json_t *machine = describe_machine(m);

	revision(rev, sizeof rev);
	const struct { const char *name, *now; } facts[] = {
		{ "host", m->host }, { "kernel", m->kernel }, { "compiler", COMPILER }, { "revision", rev },
	};
	bool same = json_equal(json_object_get(r->run, "machine"), machine);
	json_decref(machine);
	if (!same)
		snprintf(why, CARD_WHY, "%.200s was measured on another machine, or fewer of its PUs were allowed "
			"then: its blocks would not match; measure anew", r->folder);
	for (size_t i = 0; i < sizeof facts / sizeof *facts && same; i++) {
		const char *then = json_string_value(json_object_get(r->run, facts[i].name)) ?: "";
		same = strcmp(then, facts[i].now) == 0;
		if (!same)
			snprintf(why, CARD_WHY, "%.200s was measured with %s %.100s, and this is %.100s: its blocks "
				"would not match; measure anew", r->folder, facts[i].name, then, facts[i].now);
	}
	return same ? 0 : -EINVAL;
}

/* Equal in what describe_cell() tells. */
static bool is_cell(const struct cell *cell, const json_t *entry)
{
	json_t *ours = describe_cell(cell), *theirs = json_object();
	const char *key;
	json_t *value;

	json_object_foreach(ours, key, value)
		json_object_set(theirs, key, json_object_get(entry, key));
	bool same = json_equal(ours, theirs);
	json_decref(ours);
	json_decref(theirs);
	return same;
}

/* Sizes and runs as recorded.  False when it is another cell, or not the size that its problem has. */
static bool restore_cell(const struct settings *s, struct plan *plan, unsigned group, unsigned c, const json_t *then)
{
	struct cell *cell = &plan->cell[c];
	const struct cell *base = &plan->cell[plan->first[group]];
	json_int_t n = json_integer_value(json_object_get(then, "n"));
	json_int_t runs = json_integer_value(json_object_get(then, "runs"));
	bool weak = s->weak && !plan_is_yardstick(plan, group);

	free(cell->left_out);
	cell->left_out = NULL;
	cell->runs = runs > 0 && runs <= 1000 ? (unsigned)runs : 1;
	cell->solve_s = json_number_value(json_object_get(then, "solve_s"));
	if (cell->document)
		return is_cell(cell, then);
	cell->n = n > 0 ? (uint64_t)n : 0;
	return is_cell(cell, then) && cell->n == (weak ? base->n * cell->workers : base->n)
		&& base->n <= base->card->n_max;
}

static int restore_plan(const struct record *r, const struct settings *s, struct plan *plan, char *why)
{
	const json_t *cells = json_object_get(r->run, "cells"), *left_out = json_object_get(r->run, "left_out");
	bool same = json_array_size(cells) == plan->count;
	unsigned c = 0;
	size_t left = 0;

	for (unsigned g = 0; g < plan->groups && same; g++)
		for (; c < plan->first[g + 1] && same; c++) {
			const json_t *out = json_array_get(left_out, left);
			const char *reason = json_string_value(json_object_get(out, "reason"));
			same = restore_cell(s, plan, g, c, json_array_get(cells, c));
			if (reason && is_cell(&plan->cell[c], out)) {   /* they stand in the order of the plan */
				plan->cell[c].left_out = strdup(reason);
				left++;
			}
		}
	if (same && left == json_array_size(left_out))
		return 0;
	snprintf(why, CARD_WHY, "%.200s/run.json: its plan is not what its command asks for now: measure anew",
		r->folder);
	return -EINVAL;
}

/* The number after the last whole row's; *end is where that row ends. */
static int find_end(FILE *samples, unsigned *block, long *end)
{
	static char text[LAST_ROW];
	json_error_t error;

	*block = 0;
	*end = 0;
	if (fseek(samples, 0, SEEK_END) < 0)
		return -errno;
	long size = ftell(samples), from = size > LAST_ROW ? size - LAST_ROW : 0;
	size_t bytes = (size_t)(size - from);
	if (size < 0 || fseek(samples, from, SEEK_SET) < 0 || fread(text, 1, bytes, samples) != bytes)
		return -EIO;
	const char *newline = memrchr(text, '\n', bytes);
	if (!newline)
		return size > 0 ? -EBADMSG : 0;
	const char *before = memrchr(text, '\n', (size_t)(newline - text)), *line = before ? before + 1 : text;
	json_t *row = json_loadb(line, (size_t)(newline - line), 0, &error);
	const json_t *last = json_object_get(row, "block");
	bool known = json_is_integer(last) && json_integer_value(last) >= 0 && json_integer_value(last) < 1000000;
	*block = known ? (unsigned)json_integer_value(last) + 1 : 0;
	*end = from + (newline - text) + 1;
	json_decref(row);
	return known ? 0 : -EBADMSG;
}

static int reopen_samples(struct record *r, unsigned *block, char *why)
{
	char path[PATH_MAX];
	int error = 0;

	snprintf(path, sizeof path, "%s/samples.ndjson", r->folder);
	r->samples = fopen(path, "r+e");
	if (!r->samples)
		return say(why, -errno, "cannot open", path, "measure anew");
	if (flock(fileno(r->samples), LOCK_EX | LOCK_NB) < 0) {
		snprintf(why, CARD_WHY, "%.300s: another run is writing to it: wait for its end", path);
		return -EBUSY;
	}
	error = find_end(r->samples, block, &r->whole_bytes);
	if (error == -EBADMSG) {
		snprintf(why, CARD_WHY, "%.300s: its last line is no row of a run: take that line out, or measure anew",
			path);
		return error;
	}
	if (error == 0 && (ftruncate(fileno(r->samples), r->whole_bytes) < 0 || fseek(r->samples, 0, SEEK_END) < 0))
		error = -errno;
	return error < 0 ? say(why, error, "cannot go on with", path, "measure anew") : 0;
}

int record_resume(struct record *r, const struct settings *s, struct plan *plan, const struct machine *m,
	unsigned *block, char *why)
{
	*r = (struct record){ 0 };
	if (!name_folder(r, strdup(s->folder)))
		return snprintf(why, CARD_WHY, "no memory for a folder's name"), -ENOMEM;
	if (!(r->run = load_run(r->folder, why)))
		return -EINVAL;
	if (json_is_string(json_object_get(r->run, "twin"))) {
		snprintf(why, CARD_WHY, "%.300s is one side of a comparison: compare anew", r->folder);
		return -EINVAL;
	}
	int error = same_place(r, m, why);
	if (error == 0)
		error = restore_plan(r, s, plan, why);
	if (error == 0)
		error = reopen_samples(r, block, why);
	if (error < 0)
		return error;
	json_t *resumed = json_object_get(r->run, "resumed");
	json_array_append_new(resumed, json_pack("{so si}", "started", describe_now(), "block", (int)*block));
	json_object_set_new(r->run, "finished", json_false());
	json_object_set_new(r->run, "stop_reason", json_string("running"));
	json_object_set_new(r->run, "budget_s", json_real(s->budget_s));
	json_object_set_new(r->run, "precision", json_real(s->precision));
	return write_run(r, why);
}

/* ---- rows ---- */

static json_t *planned_pus(const struct bench *b, const struct cell *cell)
{
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY];
	json_t *list = json_array();

	if (bench_place(b, cell, pus, why) == 0)
		for (unsigned i = 0; i < cell->workers; i++)
			json_array_append_new(list, pus[i] == PLACE_ANY ? json_null() : json_integer(pus[i]));
	return list;
}

/* What all rows of a trial have in common. */
static json_t *common(const struct record *r, const struct bench *b, const struct cell *cell, unsigned block,
	unsigned order)
{
	json_t *row = json_pack("{si ss si si}", "schema_version", SCHEMA_VERSION, "run_id", r->run_id, "block",
		(int)block, "order", (int)order);

	json_object_update_new(row, describe_cell(cell));
	json_object_update_new(row, json_pack("{sI ss so}", "seed", (json_int_t)b->settings->seed, "policy",
		b->settings->policy.text, "pus_planned", planned_pus(b, cell)));
	return row;
}

static void null_if_missing(json_t *row)
{
	static const char *const fields[] = { "startup_ns", "solve_ns", "stop_ns", "cpu_user_us", "cpu_system_us",
		"switches_voluntary", "switches_involuntary", "faults_minor", "faults_major", "max_rss_kib",
		"run_delay_ns", "steal_ticks", "throttled_us", "pressure_us", "trial_ns", "crossed_bytes",
		"moved_bytes", "perf", "reason" };

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!json_object_get(row, fields[i]))
			json_object_set_new(row, fields[i], json_null());
}

static int write_row(struct record *r, json_t *row, char *why)
{
	char *text = json_dumps(row, JSON_COMPACT | JSON_REAL_PRECISION(6));

	if (!text)
		return snprintf(why, CARD_WHY, "no memory for a row of samples.ndjson"), -ENOMEM;
	fprintf(r->samples, "%s\n", text);
	free(text);
	return 0;
}

/* A trial that gave no time leaves one row that says so. */
static int write_failure(struct record *r, json_t *row, const struct trial_result *result, char *why)
{
	json_object_set_new(row, "regime", json_string("cold"));
	json_object_set_new(row, "run", json_integer(0));
	json_object_set_new(row, "is_warmup", json_false());
	json_object_set_new(row, "wall_ns", json_null());
	json_object_set_new(row, "outcome", json_string(outcome_name[result->outcome]));
	json_object_set_new(row, "reason", json_string(result->reason));
	null_if_missing(row);
	return write_row(r, row, why);
}

int record_trial(struct record *r, const struct bench *b, const struct cell *cell, unsigned block, unsigned order,
	const struct trial_result *result, char *why)
{
	json_t *frame = common(r, b, cell, block, order), *run;
	size_t i;
	int error = 0;

	if (result->outcome != OUTCOME_OK)
		error = write_failure(r, frame, result, why);
	json_array_foreach(result->rows, i, run) {
		json_t *row = json_copy(frame);
		bool cold = strcmp(json_string_value(json_object_get(run, "regime")) ?: "", "cold") == 0;
		json_object_update(row, run);
		json_object_del(row, "row");
		if (cold) {
			json_object_set_new(row, "steal_ticks", real_or_null(result->taken.steal_ticks));
			json_object_set_new(row, "throttled_us", real_or_null(result->taken.throttled_us));
			json_object_set_new(row, "pressure_us", real_or_null(result->taken.pressure_us));
			json_object_set_new(row, "trial_ns", json_integer((json_int_t)(result->trial_s * 1e9)));
		}
		null_if_missing(row);
		error = error < 0 ? error : write_row(r, row, why);
		json_decref(row);
	}
	json_decref(frame);
	return error;
}

int record_flush(struct record *r, char *why)
{
	if (fflush(r->samples) != 0 || ferror(r->samples)) {
		char path[PATH_MAX];
		snprintf(path, sizeof path, "%s/samples.ndjson", r->folder);
		if (ftruncate(fileno(r->samples), r->whole_bytes) < 0)
			snprintf(path, sizeof path, "%s/samples.ndjson (and cut off its last, partial row)", r->folder);
		return say(why, errno ? -errno : -EIO, "cannot write", path,
			"what was written before is kept: make room, then `manyhands report` it");
	}
	r->whole_bytes = ftell(r->samples);
	return 0;
}

void record_note(struct record *r, const char *sentence)
{
	json_array_append_new(json_object_get(r->run, "notes"), json_string(sentence));
}

void record_twins(struct record *a, struct record *b)
{
	json_object_set_new(a->run, "twin", json_string(b->run_id));
	json_object_set_new(b->run, "twin", json_string(a->run_id));
}

int record_update(struct record *r, const struct plan *plan, char *why)
{
	json_object_set_new(r->run, "lessons", describe_lessons(plan));
	json_object_set_new(r->run, "cells", describe_cells(plan));
	json_object_set_new(r->run, "left_out", describe_left_out(plan));
	return write_run(r, why);
}

int record_finish(struct record *r, const struct plan *plan, const struct run_result *result, const char *stop_reason,
	char *why)
{
	json_object_set_new(r->run, "blocks", json_integer(result->blocks));
	json_object_set_new(r->run, "conductor_cpu_share", json_real(result->conductor_share));
	json_object_set_new(r->run, "finished", json_true());
	json_object_set_new(r->run, "stop_reason", json_string(stop_reason));
	if (r->is_newest && result->blocks > 0)
		point_latest(r->run_id);
	return record_update(r, plan, why);
}

void record_close(struct record *r)
{
	if (r->samples)
		fclose(r->samples);
	json_decref(r->run);
	free(r->folder);
	free(r->run_id);
	*r = (struct record){ 0 };
}
