/* SPDX-License-Identifier: MIT */
/* grade.c -- manyhands grade: an answer to a lab, rung by rung; and where one stands with all of them. */
#include "bench/command/class.h"
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/grade/grade.h"
#include "bench/grade/sandbox.h"

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPT_SUBMISSION = 256, OPT_ANSWER, OPT_SEED, OPT_FORMAT, OPT_LIST, OPT_SANDBOX, OPT_CLASS };
enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_GRADESCOPE, FORMAT_JUNIT, FORMAT_CSV, FORMATS };

static const char *const format_name[FORMATS] = { "text", "json", "gradescope", "junit", "csv" };

struct asked {
	const char *lab, *submission, *class, *output;
	const char *answer[CONF_PARTS];
	unsigned answers;
	uint64_t seed, jobs;
	enum format format;
	bool list, sandbox;
};

static const struct argp_option options[] = {
	{ "submission", OPT_SUBMISSION, "DIR", 0, "the answer's files (mine.c ...) are in DIR "
		"(default: in the lab's folder)", 0 },
	{ "answer", OPT_ANSWER, "FILE", 0, "grade this file, and only the mechanism that it answers; "
		"may be given once for each", 0 },
	{ "class", OPT_CLASS, "DIR", 0, "grade every folder in DIR into one table (csv); "
		"with -o, again only who changed", 0 },
	{ "jobs", 'j', "N", 0, "with --class: so many at once (default: as many as there are cores); "
		"the speed of each is measured alone all the same", 0 },
	{ "sandbox", OPT_SANDBOX, NULL, 0, "compile and run in bubblewrap, with limits; "
		"refused (exit 4) without it", 0 },
	{ "seed", OPT_SEED, "N", 0, "of sizes, cores, yields and order (default: drawn, and told)", 0 },
	{ "format", OPT_FORMAT, "FORMAT", 0, "text (default), json, gradescope, junit or csv", 0 },
	{ "output", 'o', "FILE", 0, "write there, and not to standard output", 0 },
	{ "list", OPT_LIST, NULL, 0, "all labs, the last rung reached and the points", 0 },
	{ 0 }
};

static void add_answer(struct argp_state *state, struct asked *asked, const char *file)
{
	if (asked->answers == CONF_PARTS)
		argp_error(state, "--answer: more than %d files", CONF_PARTS);
	else
		asked->answer[asked->answers++] = file;
}

static void set_format(struct argp_state *state, struct asked *asked, const char *word)
{
	for (unsigned f = 0; f < FORMATS; f++)
		if (strcmp(word, format_name[f]) == 0) {
			asked->format = (enum format)f;
			return;
		}
	argp_error(state, "--format: '%s' is no format: text, json, gradescope, junit or csv", word);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct asked *asked = state->input;

	switch (key) {
	case OPT_SUBMISSION: asked->submission = arg; break;
	case OPT_CLASS:      asked->class = arg; break;
	case OPT_ANSWER:     add_answer(state, asked, arg); break;
	case OPT_FORMAT:     set_format(state, asked, arg); break;
	case OPT_LIST:       asked->list = true; break;
	case OPT_SANDBOX:    asked->sandbox = true; break;
	case 'o':            asked->output = arg; break;
	case 'j':
		if (text_u64(arg, 1, CREW_MOST, &asked->jobs) < 0)
			argp_error(state, "--jobs: '%s' is not a whole number from 1 to %d", arg, CREW_MOST);
		break;
	case OPT_SEED:
		if (text_u64(arg, 0, INT64_MAX, &asked->seed) < 0)
			argp_error(state, "--seed: '%s' is not a whole number from 0 to %" PRId64, arg, INT64_MAX);
		break;
	case ARGP_KEY_ARG:
		if (asked->lab)
			argp_error(state, "'%s': one lab at a time", arg);
		asked->lab = arg;
		break;
	case ARGP_KEY_END:
		if (!asked->lab && !asked->list)
			argp_error(state, "which lab?  Give its name, as `manyhands grade primes`");
		if (asked->list && asked->lab)
			argp_error(state, "--list shows all labs: leave out '%s'", asked->lab);
		if (asked->submission && asked->answers)
			argp_error(state, "--submission and --answer both say where the answer is: give one of them");
		if (asked->class && (asked->submission || asked->answers || asked->list))
			argp_error(state, "--class grades all folders in it: leave out --submission, --answer, --list");
		if (asked->jobs && !asked->class)
			argp_error(state, "--jobs is for a class: give --class DIR, too, or leave it out");
		if (asked->class && asked->format != FORMAT_TEXT && asked->format != FORMAT_CSV)
			argp_error(state, "--class writes one table: leave out --format, or give csv");
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* ---- how far one is ---- */

/* "mine.json" of a lab, or NULL. */
static json_t *read_last(const struct lab *lab, char *path, size_t size)
{
	json_error_t error;

	snprintf(path, size, "%s/mine.json", lab->source);
	return json_load_file(path, 0, &error);
}

/* Whether the answer was changed since. */
static bool is_stale(const struct lab *lab, const char *result)
{
	struct stat graded, answer;
	char path[PATH_MAX + 64], name[64];

	if (stat(result, &graded) < 0)
		return false;
	for (unsigned p = 0; p < lab->conf.parts; p++) {
		lab_file(lab, p, "mine", name, sizeof name);
		snprintf(path, sizeof path, "%s/%s", lab->source, name);
		if (stat(path, &answer) == 0 && answer.st_mtime > graded.st_mtime)
			return true;
	}
	return false;
}

/* The answer that came the least far: its last rung, in words. */
static const char *last_rung(const json_t *result, char *out, size_t size)
{
	size_t i;
	json_t *answer;
	int least = RUNGS;

	json_array_foreach(json_object_get(result, "answers"), i, answer) {
		int rung = (int)json_integer_value(json_object_get(answer, "last_rung"));
		least = rung < least ? rung : least;
	}
	if (least <= 0)
		return "none";
	snprintf(out, size, "%d %s", least, rung_name[least - 1]);
	return out;
}

static int list(const struct lab_places *places)
{
	struct lab lab;
	char why[LAB_WHY], path[PATH_MAX + 64], rung[48];
	int error = 0;

	printf("%-16s %-18s %-22s %s\n", "lab", "lesson", "last rung", "points");
	for (unsigned k = 0; (error = lab_at(&lab, places, k, why)) == 0; k++) {
		json_t *last = read_last(&lab, path, sizeof path);
		printf("%-16s %-18s ", lab.name, lab.lesson);
		if (last)
			printf("%-22s %.4g of %g%s\n", last_rung(last, rung, sizeof rung),
				json_number_value(json_object_get(last, "points")),
				json_number_value(json_object_get(last, "of")),
				is_stale(&lab, path) ? " (changed)" : "");
		else
			puts("-");
		json_decref(last);
	}
	return error == -ENOENT ? EXIT_OK : command_fail(EXIT_ERROR, "%s", why);
}

/* ---- grading ---- */

static void tell(void *arg, unsigned part, unsigned rung)
{
	const struct lab *lab = arg;

	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%s: rung %u of %d, %s ...", mechanism_name[lab->conf.by[part]], rung + 1,
			RUNGS, rung_name[rung]);
}

static void tell_nothing(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}

/* Which file answers which part. */
static int choose(const struct asked *asked, struct lab *lab, struct grading *g, char (*path)[PATH_MAX])
{
	const char *folder = asked->submission ? asked->submission : lab->source;
	char name[64];

	for (unsigned i = 0; i < asked->answers; i++) {
		unsigned part = lab_part(lab, asked->answer[i]);
		if (g->answer[part])
			return command_fail(EXIT_ERROR, "%s and %s both answer by %s: give one of them",
				g->answer[part], asked->answer[i], mechanism_name[lab->conf.by[part]]);
		if (access(asked->answer[i], R_OK) < 0)
			return command_fail(EXIT_ERROR, "%s cannot be read: %s", asked->answer[i], strerror(errno));
		g->answer[part] = asked->answer[i];
	}
	if (asked->submission && access(asked->submission, R_OK | X_OK) < 0)
		return command_fail(EXIT_ERROR, "the folder %s cannot be read: %s", asked->submission, strerror(errno));
	for (unsigned p = 0; p < lab->conf.parts && !asked->answers; p++) {
		lab_file(lab, p, "mine", name, sizeof name);
		snprintf(path[p], PATH_MAX, "%.*s/%s", PATH_MAX - 72, folder, name);
		g->answer[p] = path[p];
	}
	return EXIT_OK;
}

static void write_format(FILE *out, const struct result *r, enum format format, bool coloured)
{
	switch (format) {
	case FORMAT_JSON:       result_json(out, r); break;
	case FORMAT_GRADESCOPE: result_gradescope(out, r); break;
	case FORMAT_JUNIT:      result_junit(out, r); break;
	case FORMAT_CSV:        result_csv(out, r); break;
	default:                result_text(out, r, coloured);
	}
}

static int write_file(const char *path, const struct result *r, enum format format)
{
	char *text = NULL, why[LAB_WHY];
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (out)
		write_format(out, r, format, false);
	return output_save(out, &text, &length, path, why) == 0 ? EXIT_OK : command_fail(EXIT_ERROR, "%s", why);
}

static int write_result(const struct asked *asked, const struct lab *lab, const struct result *r)
{
	char path[PATH_MAX + 16];
	bool failed = false;
	int code = EXIT_OK;

	if (asked->output)
		code = write_file(asked->output, r, asked->format);
	else
		write_format(stdout, r, asked->format, isatty(STDOUT_FILENO) && !getenv("NO_COLOR"));
	if (!asked->submission && !asked->answers && code == EXIT_OK) {
		snprintf(path, sizeof path, "%s/mine.json", lab->source);
		code = write_file(path, r, FORMAT_JSON);
	}
	for (unsigned p = 0; p < r->parts; p++)
		failed |= r->part[p].failed >= 0;
	return code != EXIT_OK ? code : failed ? EXIT_WRONG : EXIT_OK;
}

/* That we may use. */
static unsigned cores(void)
{
	cpu_set_t may;
	int count = sched_getaffinity(0, sizeof may, &may) == 0 ? CPU_COUNT(&may) : 1;

	return count < 1 ? 1 : count > CREW_MOST ? CREW_MOST : (unsigned)count;
}

static int grade_lab(const struct asked *asked, const struct lab_places *places, struct lab *lab)
{
	char path[CONF_PARTS][PATH_MAX], why[LAB_WHY] = "";
	struct grading g = { .lab = lab, .places = places, .seed = asked->seed, .tell = tell, .arg = lab };
	struct result result = { 0 };

	if (lab_open(lab, why) < 0)
		return command_fail(EXIT_ERROR, "%s", why);
	int code = asked->class ? EXIT_OK : choose(asked, lab, &g, path);
	if (code != EXIT_OK)
		return code;
	if ((asked->submission || asked->class) && !asked->sandbox)
		fputs("manyhands: the submission runs unconfined, with all your rights: --sandbox confines it\n",
			stderr);
	int error = asked->sandbox ? sandbox_open(lab, places, why) : 0;
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	if (asked->class)
		return class_grade(&(struct class){ lab, places, asked->class, asked->output, asked->seed,
			asked->jobs ? (unsigned)asked->jobs : cores() });
	error = grade(&g, &result, why);
	tell_nothing();
	if (error == -EINTR)
		code = command_interrupted();
	else if (error < 0)
		code = command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	else
		code = write_result(asked, lab, &result);
	result_free(&result);
	return code;
}

int command_grade(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, "LAB", "Grade an answer to a lab: eight rungs, from `builds` "
		"to `fast`; the first that fails is explained.  Exit code 0: no rung failed; 2: one did; "
		"with --class 0 when everybody has a row.", 0, 0, 0 };
	const struct lab_places where = { places->source, places->build };
	struct asked asked = { 0 };
	struct lab lab = { 0 };
	char why[LAB_WHY];

	if (getrandom(&asked.seed, sizeof asked.seed, 0) != sizeof asked.seed)
		asked.seed = 1;
	asked.seed %= 1000000000;  /* short enough to be typed again */
	argp_parse(&argp, argc, argv, 0, NULL, &asked);
	if (asked.list)
		return list(&where);
	if (lab_find(&lab, &where, asked.lab, why) < 0)
		return command_fail(EXIT_ERROR, "%s", why);
	int code = grade_lab(&asked, &where, &lab);
	lab_close(&lab);
	return code;
}
