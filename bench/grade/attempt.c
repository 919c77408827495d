/* SPDX-License-Identifier: MIT */
/* attempt.c -- one run of an answer's program under chosen conditions.  See attempt.h. */
#include "bench/grade/attempt.h"

#include "bench/base/random.h"
#include "bench/base/stats.h"
#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/grade/handed.h"
#include "bench/grade/sandbox.h"
#include "bench/grade/untrusted.h"
#include "bench/place/place.h"

#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 64, TEXT = 8192, ENV_EXTRA = 8, REPORT_CODE = 66 };
static const double check_s = 60;       /* to verify one run's answers once more */

/* ---- the stage ---- */

static bool steers(const char *variable)
{
	static const char *const begin[] = { "OMP_", "GOMP_", "KMP_", "MANYHANDS_YIELD=", "TSAN_OPTIONS=",
		"ASAN_OPTIONS=", "LSAN_OPTIONS=", "UBSAN_OPTIONS=" };

	for (unsigned i = 0; i < sizeof begin / sizeof *begin; i++)
		if (strncmp(variable, begin[i], strlen(begin[i])) == 0)
			return true;
	return false;
}

/* Archer tells the thread sanitizer what OpenMP's runtime does; without it every region looks like a race. */
static char *find_archer(void)
{
	static const char *const where[] = { "/usr/lib/llvm-*/lib/libarcher.so", "/usr/lib64/libarcher.so",
		"/usr/lib/libarcher.so", "/usr/lib/*/libarcher.so" };
	char *variable = NULL;

	for (unsigned i = 0; i < sizeof where / sizeof *where && !variable; i++) {
		glob_t found;
		if (glob(where[i], 0, NULL, &found) == 0
			&& asprintf(&variable, "OMP_TOOL_LIBRARIES=%s", found.gl_pathv[found.gl_pathc - 1]) < 0)
			variable = NULL;
		globfree(&found);
	}
	return variable;
}

static int find_serial(struct stage *, const char *folder, char *why);

int stage_open(struct stage *s, const struct lab *lab, const char *folder, char *why)
{
	unsigned count = 0, kept = 0;

	*s = (struct stage){ .lab = lab, .archer = find_archer() };
	while (environ[count])
		count++;
	s->env = calloc(count + ENV_EXTRA, sizeof *s->env);
	if (!s->env)
		return lab_why(why, "no memory for the environment of the trials"), -ENOMEM;
	for (unsigned i = 0; i < count; i++)
		if (!steers(environ[i]))
			s->env[kept++] = environ[i];
	int error = place_load_here(&s->topology, why);
	if (error < 0)
		return error;
	s->cores = place_cores(s->topology);
	snprintf(s->topology_xml, sizeof s->topology_xml, "%.*s/topology.xml", PATH_MAX - 16, folder);
	if (hwloc_topology_export_xml(s->topology, s->topology_xml, 0) < 0) {
		lab_why(why, "%s cannot be written: %s", s->topology_xml, strerror(errno));
		return -EIO;
	}
	chmod(s->topology_xml, 0644);
	return sandbox_is_open() ? find_serial(s, folder, why) : 0;
}

void stage_close(struct stage *s)
{
	if (s->topology)
		hwloc_topology_destroy(s->topology);
	free(s->env);
	free(s->archer);
	*s = (struct stage){ 0 };
}

/* ---- the command ---- */

struct words {
	char *argv[WORDS];
	unsigned count;
	char text[TEXT];
	size_t used;
	char *env[ENV_EXTRA];
	unsigned envs;
	char sanitizers[4][160], yield[48];
};

static void add(struct words *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct words *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int length = vsnprintf(w->text + w->used, TEXT - w->used, format, args);
	va_end(args);
	if (w->count + 1 >= WORDS || length < 0 || w->used + (size_t)length + 1 > TEXT)
		return;         /* cannot be: a trial's words are few and short */
	w->argv[w->count++] = w->text + w->used;
	w->used += (size_t)length + 1;
}

static unsigned nth_pu(const struct stage *s, uint64_t n)
{
	hwloc_const_cpuset_t allowed = hwloc_topology_get_allowed_cpuset(s->topology);
	int pu = hwloc_bitmap_first(allowed);

	for (n %= (uint64_t)hwloc_bitmap_weight(allowed); n > 0; n--)
		pu = hwloc_bitmap_next(allowed, pu);
	return (unsigned)pu;
}

static void add_places(struct words *w, const struct stage *s, const struct order *o)
{
	char list[1024];
	unsigned pus[MAX_WORKERS];
	uint64_t random = o->random;
	struct place_policy policy;
	char why[PLACE_WHY];
	size_t at = 0;

	if (o->where != WHERE_SHUFFLED && o->where != WHERE_APART)
		return;
	if (o->where == WHERE_APART
		&& (place_parse("cores", &policy, why) < 0
			|| place_plan(s->topology, &policy, o->workers, true, pus, why) < 0))
		return;
	for (unsigned i = 0; i < o->workers && at < sizeof list - 12; i++)
		at += (size_t)snprintf(list + at, sizeof list - at, "%s%u", i ? "," : "",
			o->where == WHERE_APART ? pus[i] : nth_pu(s, random_next(&random)));
	add(w, "--pus");
	add(w, "%s", list);
	add(w, "--topology");
	add(w, "%s", s->topology_xml);
}

/* Values that the settings vary, and the parameter `seed`. */
static void add_params(struct words *w, const struct stage *s, const struct order *o)
{
	const struct conf *c = &s->lab->conf;
	const struct card *card = s->lab->card;
	uint64_t random = o->random ^ 0x5EED;

	if (!o->vary)
		return;
	for (unsigned i = 0; i < c->varies; i++) {
		const struct conf_vary *v = &c->vary[i];
		add(w, "--param");
		add(w, "%s=%" PRIu64, v->name, v->value[random_below(&random, v->values)]);
	}
	for (unsigned i = 0; i < card->params; i++) {
		const struct param *p = &card->param[i];
		bool named = false;
		for (unsigned j = 0; j < c->varies; j++)
			named |= strcmp(c->vary[j].name, "seed") == 0;
		if (strcmp(p->name, "seed") != 0 || named)
			continue;
		uint64_t values = p->most - p->least < UINT32_MAX ? p->most - p->least + 1 : UINT32_MAX;
		add(w, "--param");
		add(w, "seed=%" PRIu64, p->least + random_below(&random, values));
	}
}

static void add_env(struct words *w, const struct stage *s, const struct order *o)
{
	snprintf(w->sanitizers[0], sizeof w->sanitizers[0], "TSAN_OPTIONS=halt_on_error=1 exitcode=%d "
		"ignore_noninstrumented_modules=1 report_signal_unsafe=0", REPORT_CODE);
	snprintf(w->sanitizers[1], sizeof w->sanitizers[1], "ASAN_OPTIONS=detect_leaks=%d exitcode=%d "
		"detect_stack_use_after_return=1", o->leaks, REPORT_CODE);
	snprintf(w->sanitizers[2], sizeof w->sanitizers[2], "UBSAN_OPTIONS=print_stacktrace=1");
	snprintf(w->sanitizers[3], sizeof w->sanitizers[3], "LSAN_OPTIONS=exitcode=%d", REPORT_CODE);
	for (unsigned i = 0; i < 4; i++)
		w->env[w->envs++] = w->sanitizers[i];
	if (s->archer)
		w->env[w->envs++] = s->archer;
	snprintf(w->yield, sizeof w->yield, "MANYHANDS_YIELD=%" PRIu64, o->yield);
	if (o->yield)
		w->env[w->envs++] = w->yield;
}

/* What to solve. */
static void add_problem(struct words *w, const struct stage *s, const struct order *o)
{
	add(w, "--n");
	add(w, "%" PRIu64, o->n);
	add(w, "--workers");
	add(w, "%u", o->workers);
	add(w, "--warmups");
	add(w, "0");
	add(w, "--runs");
	add(w, "%u", o->runs);
	add_params(w, s, o);
}

static void write_words(struct words *w, const struct stage *s, const struct order *o)
{
	if (o->where == WHERE_ONE_CORE) {
		add(w, "taskset");
		add(w, "-c");
		add(w, "%u", nth_pu(s, o->random));
	}
	add(w, "%s", o->program);
	add(w, "--rows");
	if (sandbox_is_open())
		add(w, "--hand-over");
	add_problem(w, s, o);
	add_places(w, s, o);
	w->argv[w->count] = NULL;
	add_env(w, s, o);
}

/* For a student's terminal: without the protocol and the harness's files. */
static void write_command(const struct words *w, const struct order *o, char *out, size_t size)
{
	size_t at = 0;

	if (o->yield)
		at += (size_t)snprintf(out, size, "%s ", w->yield);
	for (unsigned i = 0; i < w->count && at < size; i++) {
		if (strcmp(w->argv[i], "--rows") == 0 || strcmp(w->argv[i], "--hand-over") == 0)
			continue;
		if (strcmp(w->argv[i], "--topology") == 0) {
			i++;
			continue;
		}
		const char *word = o->shown && strcmp(w->argv[i], o->program) == 0 ? o->shown : w->argv[i];
		at += (size_t)snprintf(out + at, size - at, "%s%s", i ? " " : "", word);
	}
}

/* ---- what came back ---- */

static void judge(struct attempt *a, enum attempt_outcome outcome, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void judge(struct attempt *a, enum attempt_outcome outcome, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(a->reason, sizeof a->reason, format, args);
	va_end(args);
	text_clean(a->reason);
	a->outcome = outcome;
}

static const char *string(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key)) ?: "";
}

struct reading {
	struct handed handed;
	bool ended, wrong, odd;         /* odd: a row that no trial writes */
	unsigned runs;
	double warm_s[64], busiest_s[64], cpu_s[64];
	size_t warm;
};

static void add_cpu(const json_t *lanes, double *busiest_s, double *cpu_s)
{
	size_t i;
	json_t *lane;

	*busiest_s = *cpu_s = 0;
	json_array_foreach(lanes, i, lane) {
		double lane_s = (double)json_integer_value(json_object_get(lane, "cpu_ns")) * 1e-9;
		*busiest_s = fmax(*busiest_s, lane_s);
		*cpu_s += lane_s;
	}
}

static void take_row(struct attempt *a, struct reading *r, const json_t *row)
{
	const char *left;

	if (strcmp(string(row, "row"), "end") == 0) {
		r->ended = true;
		left = json_string_value(json_object_get(row, "leaked"));
		if (left && !a->left)
			a->left = strdup(left);
		return;
	}
	if (strcmp(string(row, "row"), "answer") == 0) {
		r->odd |= !handed_add(&r->handed, string(row, "bytes"));
		return;
	}
	r->odd |= strcmp(string(row, "row"), "run") != 0;
	const double wall_s = (double)json_integer_value(json_object_get(row, "wall_ns")) * 1e-9;
	r->runs++;
	a->told_s += wall_s;
	if (strcmp(string(row, "regime"), "cold") == 0)
		a->cold_s = (double)json_integer_value(json_object_get(row, "solve_ns")) * 1e-9;
	a->pid = (pid_t)json_integer_value(json_object_get(row, "pid"));
	if (json_is_array(json_object_get(row, "lanes")) && !r->wrong) {
		json_decref(a->lanes);
		a->lanes = json_incref(json_object_get(row, "lanes"));
	}
	if (strcmp(string(row, "outcome"), "ok") != 0 && !r->wrong) {
		r->wrong = true;
		judge(a, ATTEMPT_WRONG, "%s", *string(row, "reason") ? string(row, "reason") : "no reason given");
	}
	if (strcmp(string(row, "regime"), "warm") == 0 && r->warm < sizeof r->warm_s / sizeof *r->warm_s) {
		add_cpu(json_object_get(row, "lanes"), &r->busiest_s[r->warm], &r->cpu_s[r->warm]);
		r->warm_s[r->warm++] = wall_s;
	}
}

/* False when a line is no row, or none that a trial writes there. */
static bool read_rows(struct attempt *a, struct reading *r, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		json_error_t error;
		json_t *row = json_loadb(text, length, 0, &error);
		bool good = json_is_object(row) && !r->ended;

		if (good)
			take_row(a, r, row);
		json_decref(row);
		if (!good)
			return false;
		text += length + (text[length] == '\n');
	}
	return !r->odd;
}

static bool is_report(const char *said)
{
	return strstr(said, "WARNING: ThreadSanitizer") || strstr(said, "ERROR: AddressSanitizer")
		|| strstr(said, "ERROR: LeakSanitizer") || strstr(said, "runtime error: ")
		|| strstr(said, "AddressSanitizer:DEADLYSIGNAL") || strstr(said, "ThreadSanitizer:DEADLYSIGNAL");
}

/* The first of the lines and the last one: of processes, the first to die says why, and its parent that it did. */
static void quote(const char *text, char *first, char *last, size_t size)
{
	const char *end = text + strlen(text);

	while (end > text && end[-1] == '\n')
		end--;
	const char *begin = end;
	while (begin > text && begin[-1] != '\n')
		begin--;
	snprintf(last, size, "%.*s", (int)(end - begin), begin);
	snprintf(first, size, "%.*s%s", begin > text ? (int)strcspn(text, "\n") : 0, text, begin > text ? " ... " : "");
}

static void judge_exit(struct attempt *a, const struct spawned *s)
{
	char first[200], last[200];

	quote(s->text[1], first, last, sizeof last);
	const char *colon = *last ? ": " : "";
	if (WIFSIGNALED(s->status))
		judge(a, ATTEMPT_DIED, "it was killed by SIG%s (%s)%s%s%s", sigabbrev_np(WTERMSIG(s->status)),
			strsignal(WTERMSIG(s->status)), colon, first, last);
	else if (WEXITSTATUS(s->status) == EXIT_SKIPPED)
		judge(a, ATTEMPT_SKIPPED, "%s", last);
	else if (WEXITSTATUS(s->status) != 0)
		judge(a, ATTEMPT_DIED, "it ended with exit code %d%s%s%s", WEXITSTATUS(s->status), colon, first, last);
	else
		judge(a, ATTEMPT_DIED, "it ended without a report on its answer%s%s%s", colon, first, last);
}

/* Verifies again what it handed over, where nothing of the answer's can interfere.  0, or as attempt_make(). */
static int look_again(const struct stage *stage, const struct order *o, struct attempt *a, struct handed *handed,
	char *why)
{
	struct words w = { .count = 0 };
	struct spawned s;
	char path[PATH_MAX];
	int error = handed_write(handed, o->folder, path);

	if (error < 0) {
		lab_why(why, "%s cannot be written: %s", path, strerror(-error));
		handed_free(handed, path);
		return error;
	}
	add(&w, "%s", stage->serial);
	add(&w, "--check");
	add(&w, "%s", path);
	add_problem(&w, stage, o);
	w.argv[w.count] = NULL;
	error = untrusted_run(&(struct untrusted){ .folder = o->folder, .argv = w.argv, .deadline_s = check_s }, &s);
	handed_free(handed, path);
	if (error == 0 && (s.hung || s.status != 0)) {
		char first[400], last[400];
		quote(s.text[1], first, last, sizeof last);
		judge(a, ATTEMPT_DIED, "verified again, outside of the program: %s", *last ? last : "no answer");
	} else if (error < 0 && error != -EINTR) {
		lab_why(why, "%s cannot be started: %s", stage->serial, strerror(-error));
	}
	spawned_free(&s);
	return error;
}

static int judge_attempt(const struct stage *stage, struct attempt *a, const struct spawned *s, const struct order *o,
	char *why)
{
	struct reading r = { 0 };
	bool rows = read_rows(a, &r, s->text[2]) && (!r.ended || r.wrong || r.runs == 1 + o->runs);
	int error = 0;

	a->at_work = s->hung && (s->verdict == HANG_NOT || s->verdict == HANG_PERHAPS);
	a->endless = s->hung && s->verdict == HANG_NOT;
	if (s->hung)
		judge(a, ATTEMPT_HUNG, "it was still there after %.3g s, and was ended: %s", o->deadline_s,
			*s->why ? s->why : "it waits, or works without end");
	else if (is_report(s->text[1]))
		judge(a, ATTEMPT_REPORTED, "a sanitizer stopped it");
	else if (!rows)
		judge(a, ATTEMPT_DIED, "it wrote on descriptor 3, which is the harness's");
	else if (!r.ended || !a->lanes)
		judge_exit(a, s);
	else if (!r.wrong && !a->left && (!WIFEXITED(s->status) || WEXITSTATUS(s->status) != 0))
		judge_exit(a, s);
	if (a->outcome != ATTEMPT_HUNG && !a->left && s->survivors
		&& asprintf(&a->left, "%u process%s outlived it", s->survivors, s->survivors > 1 ? "es" : "") < 0)
		a->left = NULL;
	if (r.warm) {
		stats_median(r.warm_s, r.warm, &a->warm_s);
		stats_median(r.busiest_s, r.warm, &a->busiest_s);
		stats_median(r.cpu_s, r.warm, &a->cpu_s);
	}
	a->outside_s = (double)s->wall_ns * 1e-9;
	if (a->outcome == ATTEMPT_OK && stage->serial[0] && !o->trusted)
		error = look_again(stage, o, a, &r.handed, why);
	handed_free(&r.handed, NULL);
	return error;
}

int attempt_make(const struct stage *stage, const struct order *o, struct attempt *a, char *why)
{
	struct words w = { .count = 0 };
	struct spawned s;
	unsigned envs = 0;

	*a = (struct attempt){ .cold_s = NAN, .warm_s = NAN, .busiest_s = NAN, .cpu_s = NAN };
	write_words(&w, stage, o);
	write_command(&w, o, a->command, sizeof a->command);
	while (stage->env[envs])
		envs++;
	memcpy(stage->env + envs, w.env, w.envs * sizeof *w.env);
	int error = untrusted_run(&(struct untrusted){ .folder = o->folder, .argv = w.argv, .env = stage->env,
		.deadline_s = o->deadline_s }, &s);
	memset(stage->env + envs, 0, w.envs * sizeof *w.env);
	if (error == 0) {
		error = judge_attempt(stage, a, &s, o, why);
		a->said = strdup(s.text[1]);
	} else if (error != -EINTR) {
		lab_why(why, "%s cannot be started: %s", o->program, strerror(-error));
	}
	spawned_free(&s);
	return error;
}

/* Runs the answer of serial; *ok: it came to its end and, where stage.serial is known, its answer is right. */
static int try_serial(struct stage *s, const char *program, const char *folder, bool *ok, char *why)
{
	struct attempt a;
	int error = attempt_make(s, &(struct order){ .program = program, .folder = folder, .n = s->lab->conf.n,
		.workers = 1, .runs = 1, .deadline_s = check_s }, &a, why);

	*ok = error == 0 && a.outcome == ATTEMPT_OK;
	if (error == 0 && !*ok)
		lab_why(why, "--sandbox: %s does not come to its end inside (%s): can nobody read and execute it?  "
			"chmod -R go+rX the build", program, a.reason);
	attempt_free(&a);
	return error;
}

/* In some labs what verify() looks at is more than the answer: what servers saw, say.  Whether that is so is tried
 * with the answer of serial, which is right: seen from outside, it must be right, too. */
static int find_serial(struct stage *s, const char *folder, char *why)
{
	char program[PATH_MAX];
	bool ok;

	snprintf(program, sizeof program, "%.*s/serial", PATH_MAX - 16, s->lab->built);
	int error = try_serial(s, program, folder, &ok, why);
	if (error < 0 || !ok)
		return error < 0 ? error : -EPERM;
	snprintf(s->serial, sizeof s->serial, "%s", program);
	error = try_serial(s, program, folder, &ok, why);
	if (error == 0 && !ok) {
		s->serial[0] = '\0';
		fprintf(stderr, "manyhands: %s: its answers can be verified by the program itself alone\n",
			s->lab->name);
	}
	return error;
}

void attempt_free(struct attempt *a)
{
	free(a->left);
	free(a->said);
	json_decref(a->lanes);
	*a = (struct attempt){ 0 };
}
