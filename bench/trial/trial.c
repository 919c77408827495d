/* SPDX-License-Identifier: MIT */
/* trial.c -- main() of every variant's program: one trial in a fresh process.
 *
 *   start | solve (cold) | warm-up solves | r timed solves | stop
 *
 * Every answer is verified, outside the clock.  Times go to descriptor 3 (--rows) or, for a reader at a terminal, to
 * standard output.  Exit: 0, 1 on an error, 2 on a wrong answer or something left behind.
 */
#include "bench/base/clock.h"
#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/trial/lanes.h"
#include "bench/trial/leaks.h"
#include "bench/trial/options.h"
#include "bench/trial/rows.h"
#include "bench/trial/yields.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { POISON = 0xA5, HANDED_BYTES = 16 << 20 };

struct trial {
	struct task task;
	struct lanes *lanes;
	void *answer;
	size_t answer_bytes;
};

static pid_t trial_pid;  /* global because a signal handler has nothing else */

/* The conductor is gone (its death sends SIGTERM, see spawn.c): end every worker with us.  A forked worker that is
 * itself told to end just ends. */
static void orphaned(int signal_number)
{
	signal(signal_number, SIG_DFL);
	if (getpid() == trial_pid)
		kill(0, SIGKILL);
	raise(signal_number);
}

/* Started by a conductor, which has asked for that SIGTERM, and not by hand. */
static bool is_conducted(void)
{
	int asked = 0;
	return prctl(PR_GET_PDEATHSIG, &asked) == 0 && asked == SIGTERM;
}

static struct trial trial_make(const struct options *o)
{
	struct trial t = { .task = o->task };

	t.answer_bytes = lesson.answer_bytes(&t.task);
	t.answer = malloc(t.answer_bytes ? t.answer_bytes : 1);
	if (!t.answer)
		die("no memory for an answer of %zu bytes: choose a smaller n", t.answer_bytes);
	t.lanes = lanes_make(t.task.workers, o->bound ? o->pus : NULL, o->topology);
	if (lesson.prepare)
		t.task.input = lesson.prepare(&t.task);
	return t;
}

static void trial_free(struct trial *t)
{
	free(t->answer);
	free((void *)(uintptr_t)t->task.input);
	lanes_free(t->lanes);
}

/* NULL when the answer is right, else the lesson's words (malloc'd). */
static char *verify(const struct trial *t)
{
	char *text = NULL;
	size_t bytes;
	FILE *why = open_memstream(&text, &bytes);

	if (!why)
		die("no memory to verify");
	bool right = lesson.verify(&t->task, t->answer, why);
	fclose(why);
	text[strcspn(text, "\n")] = '\0';
	if (!right)
		return text;
	free(text);
	return NULL;
}

/* A forked child that comes back from the variant would be a second trial: it ends here, and is remembered. */
static void end_stray(const struct trial *t)
{
	if (getpid() == trial_pid)
		return;
	*t->lanes->strayed = true;
	_exit(EXIT_FAILURE);
}

/* NULL, or what is wrong about it (malloc'd). */
static char *find_stray(const struct trial *t)
{
	return *t->lanes->strayed ? strdup("a child process came back from solve(), where only its caller may: end "
		"every child with _exit()") : NULL;
}

static struct run solve(struct trial *t, unsigned index, bool is_warmup)
{
	struct run run = { .index = index, .is_warmup = is_warmup };

	memset(t->answer, POISON, t->answer_bytes);
	lanes_clear(t->lanes);
	run.begin_ns = clock_ns();
	if (index == 0 && variant.start)
		variant.start(&t->task);
	uint64_t started_ns = clock_ns();
	variant.solve(&t->task, t->answer);
	uint64_t solved_ns = clock_ns();
	end_stray(t);

	run.start_ns = started_ns - run.begin_ns;
	run.solve_ns = solved_ns - started_ns;
	run.wrong = find_stray(t);
	if (!run.wrong)
		run.wrong = verify(t);
	return run;
}

/* All answers where they are small together, else the last one. */
static bool is_handed(const struct trial *t, unsigned index, unsigned solves)
{
	return t->answer_bytes * solves <= HANDED_BYTES || index + 1 == solves;
}

static void stop(struct trial *t, struct run *cold)
{
	uint64_t begin_ns = clock_ns();
	if (variant.stop)
		variant.stop(&t->task);
	cold->stop_ns = clock_ns() - begin_ns;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void print_times(const struct options *o, const struct run *cold, double *warm_s, unsigned runs)
{
	char n[32], a[16], b[16], c[16], d[16];

	printf("%s\n%s\nn = %s (unit: %s), %u worker%s\n", lesson.title, variant.idea,
		text_count(o->task.n, n, sizeof n), lesson.unit, o->task.workers, o->task.workers > 1 ? "s" : "");
	puts("every answer was verified");
	printf("cold  %s", text_time((double)(cold->start_ns + cold->solve_ns + cold->stop_ns) * 1e-9, a, sizeof a));
	if (variant.start || variant.stop)
		printf("  (start %s, first solve %s, stop %s)", text_time((double)cold->start_ns * 1e-9, b, sizeof b),
			text_time((double)cold->solve_ns * 1e-9, c, sizeof c),
			text_time((double)cold->stop_ns * 1e-9, d, sizeof d));
	putchar('\n');
	if (runs == 0)
		return;
	qsort(warm_s, runs, sizeof *warm_s, by_value);
	printf("warm  %s  (median of %u; fastest %s, slowest %s)\n", text_time(warm_s[runs / 2], a, sizeof a), runs,
		text_time(warm_s[0], b, sizeof b), text_time(warm_s[runs - 1], c, sizeof c));
}

/* Says what was left behind, and returns it (malloc'd); NULL when nothing was. */
static char *left_behind(const struct leaks *before)
{
	char *text = NULL;
	size_t bytes;
	FILE *why = open_memstream(&text, &bytes);

	if (!why)
		die("no memory to look for leaks");
	bool found = leaks_found(before, why);
	fclose(why);
	if (found)
		return text;
	free(text);
	return NULL;
}

/* Everything that one trial measured. */
struct record {
	struct run cold;
	struct lanes cold_lanes;        /* a copy: the table itself is cleared for every run */
	double *warm_s;
	unsigned warm;                  /* how many of them */
	char *wrong, *leaked;           /* NULL when all is well */
};

static struct record run_all(struct trial *t, const struct options *o)
{
	const struct leaks before = leaks_count();
	const unsigned solves = 1 + o->warmups + o->runs;
	struct record r = { .warm_s = calloc(solves, sizeof *r.warm_s) };

	if (!r.warm_s)
		die("no memory for %u times", solves);
	r.cold = solve(t, 0, false);
	if (o->hand_over && is_handed(t, 0, solves))
		rows_answer(0, t->answer, t->answer_bytes);
	r.cold_lanes = lanes_copy(t->lanes);
	r.wrong = r.cold.wrong;
	for (unsigned i = 1; i < solves && !r.wrong; i++) {
		struct run run = solve(t, i, i <= o->warmups);
		if (!run.is_warmup)
			r.warm_s[r.warm++] = (double)run.solve_ns * 1e-9;
		if (o->rows)
			rows_run(&run, &t->task, t->lanes);
		if (o->hand_over && is_handed(t, i, solves))
			rows_answer(i, t->answer, t->answer_bytes);
		r.wrong = run.wrong;
	}
	stop(t, &r.cold);
	r.leaked = left_behind(&before);
	return r;
}

static int measure(const struct options *o)
{
	struct trial t = trial_make(o);
	struct record r = run_all(&t, o);
	bool failed = r.wrong || r.leaked;

	if (o->rows) {
		rows_run(&r.cold, &t.task, &r.cold_lanes);
		rows_end(r.leaked);
		rows_send(ROWS_FD);
	} else if (!failed) {
		print_times(o, &r.cold, r.warm_s, r.warm);
	}
	if (r.wrong)
		fprintf(stderr, "wrong answer: %s\n", r.wrong);
	if (r.leaked)
		fprintf(stderr, "left behind: %s\n", r.leaked);
	free(r.wrong);
	free(r.leaked);
	free(r.cold_lanes.lane);
	free(r.warm_s);
	trial_free(&t);
	return failed ? 2 : 0;
}

/* Solves once; what was found, in the document's form (malloc'd), and in *wrong why it is not right, or NULL. */
static char *solve_once(const struct options *o, char **wrong)
{
	char *text = NULL;
	size_t bytes;
	struct trial t = trial_make(o);
	struct run run = solve(&t, 0, false);

	stop(&t, &run);
	FILE *out = open_memstream(&text, &bytes);
	if (!out)
		die("no memory to show the result");
	lesson.show(&t.task, t.answer, out);
	fclose(out);
	trial_free(&t);
	*wrong = run.wrong;
	return text;
}

/* Solves one of the document's examples and prints the result as the document did. */
static int show(struct options *o, const struct example *example)
{
	char *wrong;

	o->task.n = example->n;
	o->task.workers = example->workers;
	memcpy(o->param, example->param, sizeof example->param);
	char *text = solve_once(o, &wrong);
	bool same = strcmp(text, example->prints) == 0, right = !wrong;
	fputs(text, stdout);
	if (wrong)
		printf("(wrong%s:\n%s)\n", variant.expect == WRONG ? ", as it is meant to be" : "", wrong);
	else if (!same)
		printf("(the document printed %s)\n", example->prints);
	free(wrong);
	free(text);
	return variant.expect == WRONG || (same && right) ? 0 : 2;
}

/* The result and nothing else, for whoever compares programs. */
static int answer(const struct options *o)
{
	char *wrong, *text = solve_once(o, &wrong);
	int status = wrong ? 2 : 0;

	fputs(text, stdout);
	if (wrong)
		fprintf(stderr, "wrong answer: %s\n", wrong);
	free(wrong);
	free(text);
	return status;
}

/* The answers of another process, one behind the other: whoever computed them had no say in this. */
static int check(const struct options *o)
{
	struct trial t = trial_make(o);
	const unsigned solves = 1 + o->warmups + o->runs;
	FILE *in = fopen(o->check, "re");
	char *wrong = NULL;

	if (!in)
		die("%s cannot be opened: %s", o->check, strerror(errno));
	for (unsigned i = 0; i < solves && !wrong; i++) {
		if (!is_handed(&t, i, solves))
			continue;
		if (fread(t.answer, 1, t.answer_bytes, in) != t.answer_bytes)
			wrong = strdup("the answer was not handed over whole");
		else
			wrong = verify(&t);
	}
	if (!wrong && getc(in) != EOF)
		wrong = strdup("more was handed over than there were runs");
	fclose(in);
	trial_free(&t);
	const int status = wrong ? 2 : 0;
	if (wrong)
		fprintf(stderr, "wrong answer: %s\n", wrong);
	free(wrong);
	return status;
}

static int show_all(struct options *o)
{
	int status = 0;

	for (int i = 0; i < MAX_EXAMPLES && lesson.examples[i].source; i++)
		if (o->example < 0 || o->example == i) {
			int this = show(o, &lesson.examples[i]);
			status = this > status ? this : status;
		}
	return status;
}

int main(int argc, char **argv)
{
	struct options o;

	options_parse(&o, argc, argv);
	if (o.describe) {
		rows_card();
		rows_send(STDOUT_FILENO);
		return 0;
	}
	yields_arm();
	trial_pid = getpid();
	if (is_conducted())
		signal(SIGTERM, orphaned);
	return o.check ? check(&o) : o.show ? show_all(&o) : o.answer ? answer(&o) : measure(&o);
}
