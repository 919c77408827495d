/* SPDX-License-Identifier: MIT */
/* record.c -- the results folder while it grows.  See record.h. */
#include "bench/run/record.h"

#include "bench/run/spawn.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 1 };

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
	return json_pack("{ss si si si si so so so so}", "model", m->model, "packages", (int)m->packages, "cores",
		(int)m->cores, "pus", (int)m->pus, "pus_allowed", (int)m->pus_allowed, "hypervisor",
		text_or_null(m->hypervisor),
		"quota_cpus", real_or_null(m->quota_cpus), "governor", text_or_null(m->governor), "boost",
		text_or_null(m->boost));
}

static json_t *describe_params(const struct card *card, const uint64_t *value)
{
	json_t *params = json_object();

	for (unsigned i = 0; i < card->params; i++)
		json_object_set_new(params, card->param[i].name, json_integer((json_int_t)value[i]));
	return params;
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
	return json_pack("{ss ss ss ss si sI so so sb so}", "name", card->name, "title", card->title, "unit",
		card->unit,
		"source", card->source, "base_ms", (int)card->base_ms, "n", (json_int_t)base->n, "document_n",
		card->examples ? json_integer((json_int_t)card->example[0].n) : json_null(), "params",
		describe_params(card, base->param), "waits", card->waits, "variants", variants);
}

static json_t *describe_lessons(const struct plan *plan)
{
	json_t *lessons = json_array();

	for (unsigned g = 0; g < plan->groups; g++)
		json_array_append_new(lessons, describe_lesson(plan, g));
	return lessons;
}

static json_t *describe_left_out(const struct plan *plan)
{
	json_t *list = json_array();

	for (unsigned c = 0; c < plan->count; c++) {
		const struct cell *cell = &plan->cell[c];
		if (cell->left_out)
			json_array_append_new(list, json_pack("{ss ss si ss ss}", "lesson", cell->card->name, "variant",
				cell->card->variant[cell->variant].name, "workers", (int)cell->workers, "size",
				cell->document ? "document" : "measured", "reason", cell->left_out));
	}
	return list;
}

static json_t *describe_run(const struct record *r, const struct bench *b, const struct plan *plan,
	const struct machine *m, const char *rev, char **argv)
{
	static const char *const mode[] = { [QUICK] = "quick", [NORMAL] = "normal", [RIGOROUS] = "rigorous" };
	const struct settings *s = b->settings;
	json_t *words = json_array();
	char started[32];
	time_t now = time(NULL);
	struct tm utc;

	for (int i = 0; argv[i]; i++)
		json_array_append_new(words, json_string(argv[i]) ?: json_string("(not UTF-8)"));
	strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
	return json_pack("{si ss ss so sI ss ss ss ss so ss sf sf ss so so so si sb ss}", "schema_version",
		SCHEMA_VERSION,
		"run_id", r->run_id, "started", started, "argv", words, "seed", (json_int_t)s->seed, "host", m->host,
		"revision", rev, "kernel", m->kernel, "compiler", COMPILER, "machine", describe_machine(m), "policy",
		s->policy.text, "budget_s", s->budget_s, "precision", s->precision, "mode", mode[s->mode], "lessons",
		describe_lessons(plan), "left_out", json_array(), "notes", json_array(), "blocks", 0, "finished", 0,
		"stop_reason", "running");
}

static void note_dropped(struct record *r, unsigned variables)
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

static int open_samples(struct record *r, const struct bench *b, char *why)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/topology.xml", r->folder);
	if (hwloc_topology_export_xml(b->topology, path, 0) < 0)
		return say(why, errno ? -errno : -EIO, "cannot write", path, "make room, then run again");
	snprintf(path, sizeof path, "%s/samples.ndjson", r->folder);
	r->samples = fopen(path, "wxe");
	if (!r->samples)
		return say(why, -errno, "cannot write", path, "choose another folder with -o");
	return 0;
}

int record_open(struct record *r, const struct bench *b, const struct plan *plan, const struct machine *m, char **argv,
	char *why)
{
	const char *asked = b->settings->folder;
	char rev[32];

	*r = (struct record){ 0 };
	revision(rev, sizeof rev);
	r->folder = asked ? strdup(asked) : default_folder(m->host, rev);
	if (!r->folder)
		return snprintf(why, CARD_WHY, "no memory for a folder's name"), -ENOMEM;
	while (strlen(r->folder) > 1 && r->folder[strlen(r->folder) - 1] == '/')
		r->folder[strlen(r->folder) - 1] = '\0';
	r->run_id = strdup(strrchr(r->folder, '/') ? strrchr(r->folder, '/') + 1 : r->folder);
	int error = make_folder(r->folder, why);
	if (error == 0 && !(r->run = describe_run(r, b, plan, m, rev, argv)))
		error = (snprintf(why, CARD_WHY, "run.json cannot be put together: is a lesson's text not UTF-8?"),
			-EINVAL);
	if (error == 0 && b->dropped > 0)
		note_dropped(r, b->dropped);
	if (error == 0)
		error = write_run(r, why);
	if (error == 0)
		error = open_samples(r, b, why);
	r->is_newest = !asked;
	return error;
}

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
	return json_pack("{si ss si si ss ss ss si sI so sI ss so}", "schema_version", SCHEMA_VERSION, "run_id",
		r->run_id, "block", (int)block, "order", (int)order, "lesson", cell->card->name, "variant",
		cell->card->variant[cell->variant].name, "size", cell->document ? "document" : "measured", "workers",
		(int)cell->workers, "n", (json_int_t)cell->n, "params", describe_params(cell->card, cell->param),
		"seed",
		(json_int_t)b->settings->seed, "policy", b->settings->policy.text, "pus_planned", planned_pus(b, cell));
}

static void null_if_missing(json_t *row)
{
	static const char *const fields[] = { "startup_ns", "solve_ns", "stop_ns", "cpu_user_us", "cpu_system_us",
		"switches_voluntary", "switches_involuntary", "faults_minor", "faults_major", "max_rss_kib",
		"run_delay_ns", "steal_ticks", "throttled_us", "perf", "reason" };

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
			json_object_set_new(row, "steal_ticks", real_or_null(result->steal_ticks));
			json_object_set_new(row, "throttled_us", real_or_null(result->throttled_us));
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

int record_update(struct record *r, const struct plan *plan, char *why)
{
	json_object_set_new(r->run, "lessons", describe_lessons(plan));
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
