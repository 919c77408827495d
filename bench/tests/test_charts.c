/* SPDX-License-Identifier: MIT */
/* test_charts.c -- from the rows of a results folder to its pictures.  Run from the top of the repository; needs
 * gnuplot.
 *
 * What is written for gnuplot is compared with bench/tests/golden/charts, kind by kind; after a change that is meant,
 * run this program with GOLDEN=write, and look at the difference. */
#include "bench/report/charts.h"
#include "bench/report/draw.h"
#include "bench/report/findings.h"
#include "bench/report/report.h"
#include "bench/tests/results_folder.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <time.h>

#define SCRIPTS "scripts"
#define GOLDEN "bench/tests/golden/charts"

/* ---- a folder whose lessons want every kind ---- */

/* run.json of a machine with `cores` cores; `lessons` are names, a blank between them, which ask for the chart `only`,
 * or with NULL for all kinds. */
static void write_run(unsigned cores, const char *lessons, const char *only)
{
	FILE *out = fopen(in_folder("run.json"), "we");

	assert_non_null(out);
	fprintf(out, "{\"schema_version\":1,\"run_id\":\"test\",\"host\":\"lab\",\"policy\":\"cores\",\"seed\":5,"
		"\"precision\":0.03,\"finished\":true,\"machine\":{\"model\":\"Test CPU\",\"cores\":%u,\"pus\":%u,"
		"\"packages\":1,\"core_kinds\":1},\"lessons\":[", cores, cores);
	for (const char *name = lessons; *name; name += strcspn(name, " "), name += *name == ' ') {
		fprintf(out, "{\"name\":\"%.*s\",\"title\":\"Sum\",\"unit\":\"term\",\"charts\":[",
			(int)strcspn(name, " "), name);
		for (unsigned i = 0; only == NULL && charts_kind(i) != NULL; i++)
			fprintf(out, "\"%s\",", charts_kind(i));
		fprintf(out, "\"%s\"],\"variants\":[{\"name\":\"serial\",\"expect\":\"correct\"},"
			"{\"name\":\"threads\",\"expect\":\"correct\"},{\"name\":\"forks\",\"expect\":\"correct\"},"
			"{\"name\":\"race\",\"expect\":\"wrong\"}]},", only ? only : "of a later manyhands");
	}
	fputs("{\"name\":\"capacity\",\"title\":\"Capacity\",\"unit\":\"step\",\"variants\":["
		"{\"name\":\"serial\",\"expect\":\"correct\"},{\"name\":\"copies\",\"expect\":\"correct\"}]}]}\n", out);
	assert_int_equal(fclose(out), 0);
}

static char *chart(const char *stem, const char *kind, const char *ending)
{
	char name[256];
	snprintf(name, sizeof name, "charts/%s-%s.%s", stem, kind, ending);
	return read_whole(in_folder(name));
}

/* Of the last write_charts(): "NAME: TITLE", or "NAME: refused: WHY". */
enum { TITLES = 256 };
static char titles[TITLES][700];

static int write_charts(const char *scripts, const char *formats)
{
	struct summary *s = read_ok();
	struct charts charts;

	assert_int_equal(findings_make(s), 0);
	int error = charts_make(s, scripts, &charts, why);
	memset(titles, 0, sizeof titles);
	for (unsigned i = 0; i < charts.count && i < TITLES; i++)
		snprintf(titles[i], sizeof titles[i], "%s: %s%s", charts.chart[i].name,
			charts.chart[i].script ? "" : "refused: ", charts.chart[i].title);
	if (error == 0)
		error = charts_save(folder, &charts, why);
	if (error == 0)
		error = charts_draw(folder, &charts, formats, why);
	charts_free(&charts);
	summary_free(s);
	return error;
}

static void draw_all(void)
{
	if (write_charts(SCRIPTS, "svg") != 0)
		fail_msg("%s", why);
}

static void assert_titled(const char *name, const char *piece)
{
	for (unsigned i = 0; i < TITLES; i++)
		if (strncmp(titles[i], name, strlen(name)) == 0 && titles[i][strlen(name)] == ':') {
			assert_contains(titles[i], piece);
			return;
		}
	fail_msg("there is no chart %s", name);
}

static void assert_not_contains(const char *text, const char *piece)
{
	assert_non_null(text);
	if (strstr(text, piece) != NULL)
		fail_msg("did not expect \"%s\" in: %.2000s", piece, text);
}

static int draw_one(const char *where, const char *script, int deadline_ms)
{
	return draw_run(&(struct draw){ .folder = where, .script = &script, .count = 1, .formats = "svg",
		.deadline_ms = deadline_ms }, why);
}

#define STAMPS(enter, leave) \
	",\"lanes\":[{\"pid\":1,\"tid\":1,\"enter_ns\":" enter ",\"leave_ns\":" leave ",\"cpu_ns\":1}]"

/* The parts of a cold run of 900 us: a worker works from 400 us to 700. */
#define COLD ",\"startup_ns\":300000,\"solve_ns\":500000,\"stop_ns\":100000" STAMPS("401000", "701000")

/* There is something to draw for a law (four p), a wrong variant, a noisy one, phases, a disturbed block, the
 * document's size, and at that size a program a thousand times as slow. */
static void add_everything(void)
{
	write_run(8, "sum", NULL);
	for (unsigned p = 2; p <= 8; p *= 2) {
		add_blocks("capacity", "copies", p, 6, 0.97 * p, 0.01);
		add_blocks(NULL, "threads", p, 12, 1 / (0.04 + 0.96 / p), 0.01);
	}
	add_blocks(NULL, "threads", 1, 12, 0.9, 0.02);
	add_blocks(NULL, "forks", 8, 12, 0.3, 0.3);
	add_blocks(NULL, "forks", 1, 12, 0.8, 0.05);
	add_row((struct row){ .variant = "race", .workers = 2, .outcome = "wrong", .reason = "lost 3 additions" });
	for (unsigned b = 0; b < 12; b++) {
		add_row((struct row){ .workers = 8, .block = b, .order = 1, .regime = "cold", .start_ns = 1000,
			.wall_ns = 900000 + 9000 * b,
			.more = b == 3 ? ",\"throttled_us\":800,\"trial_ns\":2000000" COLD : COLD });
		add_row((struct row){ .variant = "serial", .block = b, .size = "document", .n = 3, .wall_ns = 3000 });
		add_row((struct row){ .workers = 8, .block = b, .size = "document", .n = 3, .wall_ns = 2500 });
		add_row((struct row){ .variant = "python_serial", .block = b, .size = "document", .n = 3,
			.wall_ns = 2500000 });
	}
}

/* ---- the table of kinds ---- */

static bool is_kind(const char *name)
{
	for (unsigned i = 0; charts_kind(i) != NULL; i++)
		if (strcmp(charts_kind(i), name) == 0)
			return true;
	return false;
}

/* Does a source of the room name it, in quotes? */
static bool is_used(const char *name)
{
	char quoted[300], path[600];
	bool found = false;
	DIR *room = opendir("bench/report");

	assert_non_null(room);
	snprintf(quoted, sizeof quoted, "\"%.200s\"", name);
	for (struct dirent *entry; !found && (entry = readdir(room)) != NULL;) {
		if (strstr(entry->d_name, ".c") == NULL)
			continue;
		snprintf(path, sizeof path, "bench/report/%s", entry->d_name);
		char *text = read_whole(path);
		found = text != NULL && strstr(text, quoted) != NULL;
		free(text);
	}
	closedir(room);
	return found;
}

static void every_kind_has_its_script_and_every_script_its_use(void **state)
{
	char path[300], name[300];
	DIR *scripts = opendir(SCRIPTS);

	(void)state;
	for (unsigned i = 0; charts_kind(i) != NULL; i++) {
		snprintf(path, sizeof path, SCRIPTS "/%s.gp", charts_kind(i));
		snprintf(name, sizeof name, "# %s.gp -- ", charts_kind(i));
		char *text = read_whole(path);
		if (text == NULL || strncmp(text, name, strlen(name)) != 0)
			fail_msg("%s is not there, or does not begin with \"%s\"", path, name);
		free(text);
	}
	assert_non_null(scripts);
	for (struct dirent *entry; (entry = readdir(scripts)) != NULL;) {
		size_t length = strlen(entry->d_name);
		if (length < 4 || strcmp(entry->d_name + length - 3, ".gp") != 0)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)length - 3, entry->d_name);
		if (!is_kind(name) && !is_used(name))
			fail_msg(SCRIPTS "/%s is no kind of chart, and no part of one", entry->d_name);
	}
	closedir(scripts);
}

/* ---- the same data, the same picture ---- */

static void every_kind_is_drawn_the_same_twice(void **state)
{
	unsigned drawn = 0;
	char name[100];

	(void)state;
	add_everything();
	assert_int_equal(write_charts(SCRIPTS, "svg png"), 0);
	for (unsigned i = 0; charts_kind(i) != NULL; i++) {
		char *svg = chart("sum", charts_kind(i), "svg"), *png = chart("sum", charts_kind(i), "png");
		snprintf(name, sizeof name, "sum-%s", charts_kind(i));
		if (svg == NULL) {      /* a kind that wants other data says so */
			assert_titled(name, "refused: ");
			continue;
		}
		assert_non_null(png);
		assert_memory_equal(png, "\x89PNG", 4);
		assert_contains(svg, "</svg>");
		assert_contains(svg, "Sum: ");
		assert_contains(svg, "serial takes ");
		assert_contains(svg, "Test CPU, 8 cores");
		snprintf(name, sizeof name, "sum-%s.gp", charts_kind(i));
		assert_int_equal(draw_one(in_folder("charts"), name, 60000), 0);
		char *again = chart("sum", charts_kind(i), "svg");
		assert_non_null(again);
		assert_string_equal(svg, again);
		free(svg);
		free(png);
		free(again);
		drawn++;
	}
	assert_true(drawn >= 7);
	assert_null(chart("capacity", "time", "gp"));
}

static const char *const golden[] = {
	"time", "speedup", "efficiency", "serial_share", "phases", "contention", "spread"
};
enum { GOLDENS = sizeof golden / sizeof *golden };

/* What stands before the style depends on no version of gnuplot. */
static void the_data_are_as_they_were(void **state)
{
	const char *asked = getenv("GOLDEN");
	char path[300];

	(void)state;
	add_everything();
	draw_all();
	for (unsigned i = 0; i < GOLDENS; i++) {
		char *script = chart("sum", golden[i], "gp");
		assert_contains(script, "\n# style.gp -- ");
		*(strstr(script, "\n# style.gp -- ") + 1) = '\0';
		snprintf(path, sizeof path, GOLDEN "/%s.txt", golden[i]);
		if (asked != NULL && strcmp(asked, "write") == 0) {
			FILE *out = fopen(path, "we");
			assert_non_null(out);
			fputs(script, out);
			assert_int_equal(fclose(out), 0);
		}
		char *expected = read_whole(path);
		assert_non_null(expected);
		if (strcmp(script, expected) != 0)
			fail_msg("not what %s holds; if that is meant: GOLDEN=write .../test_charts", path);
		free(expected);
		free(script);
	}
}

static void a_script_needs_nothing_but_itself(void **state)
{
	char from[256], to[256];

	(void)state;
	add_everything();
	draw_all();
	assert_int_equal(mkdir(in_folder("elsewhere"), 0700), 0);
	for (unsigned i = 0; charts_kind(i) != NULL; i++) {
		char *svg = chart("sum", charts_kind(i), "svg");
		if (svg == NULL)
			continue;
		snprintf(from, sizeof from, "%s/charts/sum-%s.gp", folder, charts_kind(i));
		snprintf(to, sizeof to, "elsewhere/sum-%s.gp", charts_kind(i));
		assert_int_equal(rename(from, in_folder(to)), 0);
		assert_int_equal(draw_one(in_folder("elsewhere"), strrchr(to, '/') + 1, 60000), 0);
		snprintf(to, sizeof to, "elsewhere/sum-%s.svg", charts_kind(i));
		char *again = read_whole(in_folder(to));
		assert_non_null(again);
		assert_string_equal(svg, again);
		free(svg);
		free(again);
	}
}

/* ---- what they say ---- */

static void assert_script(const char *kind, const char *piece)
{
	char *script = chart("sum", kind, "gp");
	assert_contains(script, piece);
	free(script);
}

static void wrong_variants_are_never_drawn_as_a_speedup(void **state)
{
	(void)state;
	write_run(2, "sum", NULL);
	add_blocks(NULL, "threads", 2, 6, 1.75, 0.02);
	add_blocks(NULL, "race", 1, 6, 5, 0);
	add_row((struct row){ .variant = "race", .workers = 2, .outcome = "wrong", .reason = "lost 3 additions" });
	draw_all();
	assert_script("speedup", "name[1] = 'threads: 1.7");
	assert_script("speedup", "drawn = 1\n");
	assert_script("speedup", "missing = 'Not drawn: race, p = 1 (ok, by luck); race, p = 2 (wrong 1/1)'");
	assert_script("contention", "drawn = 1\n");
	assert_script("contention", "race, p = 2 (wrong 1/1)");
	assert_script("spread", "'wrong 1/1'");
	assert_script("spread", "'ok, by luck'");
	assert_script("time", "'wrong 1/1'");
}

static void what_several_have_in_common_is_said_once(void **state)
{
	(void)state;
	write_run(8, "sum", "serial_share");
	for (unsigned p = 2; p <= 8; p *= 2) {
		add_blocks(NULL, "threads", p, 6, 0.5, 0.01);
		add_row((struct row){ .variant = "race", .workers = p, .outcome = "wrong" });
	}
	add_blocks(NULL, "forks", 8, 6, 5, 0.01);
	draw_all();
	assert_script("serial_share",
		"'Not drawn: threads, p = 2, 4, 8 (slower than serial); race, p = 2, 4, 8 (wrong 1/1)'");
	assert_script("serial_share", "single = 1\n");
	assert_titled("sum-serial_share", "% of forks behaves as if it were serial, with 8 workers");
}

static void raw_points_beyond_the_frame_are_counted(void **state)
{
	(void)state;
	write_run(2, "sum", "speedup");
	add_blocks(NULL, "threads", 1, 6, 0.9, 0.02);
	add_blocks(NULL, "threads", 2, 6, 1.75, 0.02);
	add_row((struct row){ .variant = "serial", .block = 6, .wall_ns = 900000000 });
	add_row((struct row){ .workers = 2, .block = 6, .wall_ns = 1000 });
	draw_all();
	char *svg = chart("sum", "speedup", "svg");
	assert_contains(svg, "1 of 13 lie beyond the frame");
	free(svg);
}

static void a_law_is_drawn_where_the_findings_support_it(void **state)
{
	(void)state;
	add_everything();
	draw_all();
	assert_script("speedup", "\nlaws = 1\n");
	assert_script("speedup", "law[1] = 'Amdahl: a = ");
	assert_script("speedup", "\n$laws << EOD\n1 1 1 1\n");
	char *script = chart("sum", "speedup", "gp");
	assert_not_contains(script, "No law is fitted");
	free(script);
}

static void a_law_that_is_refused_is_not_drawn(void **state)
{
	(void)state;
	write_run(2, "sum", "speedup");
	add_blocks(NULL, "threads", 2, 12, 1.75, 0.02);
	draw_all();
	assert_script("speedup", "\n$laws << EOD\nEOD\n");
	assert_script("speedup", "\nlaws = 0\n");
	assert_script("speedup", ".  No law is fitted: only e(2) is known'\n");
	add_blocks(NULL, "threads", 4, 12, 3.5, 0.02);
	draw_all();
	assert_script("speedup", "No law is fitted: Amdahl''s law needs three different p above 1'\n");
}

static void bars_too_long_for_the_others_are_cut(void **state)
{
	(void)state;
	add_everything();
	draw_all();
	assert_script("time", "caption = caption.'; what has a gap is longer than drawn'");
	assert_script("time", "\nlongest[2] = 4.5\n");    /* half as much again as serial's 3 us */
	assert_script("time", "'2.50 ms'");             /* the words say what it is all the same */
	assert_script("time", "'python_serial, p = 1'");
}

static void phases_add_up(void **state)
{
	(void)state;
	add_everything();
	draw_all();
	assert_script("phases", " 44.4444444 77.7777778 100\n");
	assert_script("phases", "'phases not known'");
	assert_script("phases", "'wrong 1/1'");
	assert_titled("sum-phases", "Sum: threads spends 67 % of a cold run on starting and ending 8 workers");
}

static void the_spread_marks_what_was_disturbed(void **state)
{
	(void)state;
	add_everything();
	draw_all();
	assert_script("spread", "disturbed by something else (2 of ");  /* its trial gave a cold and a warm time */
	char *script = chart("sum", "spread", "gp"), *at = script ? strstr(script, "$dots << EOD\n") : NULL;
	char *end = at ? strstr(at, "\nEOD\n") : NULL;
	unsigned marks = 0;
	assert_non_null(end);
	while ((at = strstr(at + 1, " 1\n")) != NULL && at < end)
		marks++;
	assert_int_equal(marks, 2);
	free(script);
	assert_titled("sum-spread", "Sum: forks, p = 8, is the noisiest: p90 is ");
}

static void two_groups_are_named(void **state)
{
	(void)state;
	write_run(2, "sum", "spread");
	for (unsigned b = 0; b < 20; b++) {
		add_row((struct row){ .variant = "serial", .block = b, .wall_ns = 1000000 + 100 * b });
		add_row((struct row){ .workers = 2, .block = b, .order = 1,
			.wall_ns = (b % 2 ? 500000 : 800000) + 100 * b });
	}
	draw_all();
	assert_script("spread", ", 2 groups'");
}

static void contention_is_work_done_in_a_second(void **state)
{
	(void)state;
	write_run(4, "sum", "contention");
	add_blocks(NULL, "threads", 1, 6, 1, 0);
	add_blocks(NULL, "threads", 2, 6, 0.25, 0);
	draw_all();
	assert_script("contention", "\n1 100000 100000 100000\n2 25000 25000 25000\n"); /* 100 terms in 1 ms, in 4 ms */
	assert_script("contention", "name[1] = 'threads: 25.0 k'");
	assert_script("contention", "unit = 'terms'");
	assert_script("contention", "serial_name = 'serial: 100 k'");
	assert_titled("sum-contention", "Sum: with 2 workers, threads gets 0.25 times as much done as with one");
}

/* ---- odd runs ---- */

/* add_evil(), and its lesson wants every kind there is, and some that there are not. */
static void add_evil_charts(void)
{
	add_evil();
	char *run = read_whole(in_folder("run.json")), *at = run ? strstr(run, "\"unit\":") : NULL;
	FILE *out = fopen(in_folder("run.json"), "we");
	assert_true(at != NULL && out != NULL);
	fprintf(out, "%.*s\"charts\":[", (int)(at - run), run);
	for (unsigned i = 0; charts_kind(i) != NULL; i++)
		fprintf(out, "\"%s\",\"%s %s\",", charts_kind(i), charts_kind(i), EVIL);
	fprintf(out, "\"%s\",\"\"],%s", EVIL, at);
	assert_int_equal(fclose(out), 0);
	free(run);
}

static void nothing_in_the_data_is_executed(void **state)
{
	(void)state;
	add_evil_charts();
	draw_all();
	assert_int_equal(access("pwned", F_OK), -1);
	assert_int_equal(access(in_folder("pwned"), F_OK), -1);
	assert_int_equal(access(in_folder("charts/pwned"), F_OK), -1);
	struct stat status;
	assert_int_equal(stat(in_folder("charts"), &status), 0);
	assert_int_equal(status.st_nlink, 2);   /* no folder was made in it */
	assert_int_equal(stat(folder, &status), 0);
	assert_int_equal(status.st_nlink, 3);   /* and none beside it */
}

/* gnuplot takes '' for the string's end at its beginning, and after another quote. */
static void quotes_anywhere_in_a_name_can_be_drawn(void **state)
{
	static const char *const names[] = { "'", "''", "'''", "a'", "a''", "a''b", "'a'", "a'''b''", "'; exit #" };

	(void)state;
	write_run(2, "sum", "contention");
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		add_blocks(NULL, names[i], 2, 1, 1, 0);
	draw_all();
	char *svg = chart("sum", "contention", "svg");
	assert_contains(svg, "’; exit #");
	assert_contains(svg, "a'’’b'’");
	free(svg);
}

static void odd_runs_are_drawn_or_refused_in_words(void **state)
{
	(void)state;
	write_run(2, "nobase onlyserial dead document far slow zero none nothing", NULL);
	add_row((struct row){ .lesson = "nobase", .wall_ns = 500 });
	add_row((struct row){ .lesson = "onlyserial", .variant = "serial", .wall_ns = 500 });
	add_row((struct row){ .lesson = "dead", .variant = "serial", .outcome = "died" });
	add_row((struct row){ .lesson = "document", .variant = "serial", .size = "document", .wall_ns = 40 });
	add_blocks("far", "threads", 64, 6, 50, 0.01);
	add_blocks("slow", "threads", 100, 6, 0.001, 0.01);
	for (unsigned b = 0; b < 6; b++) {
		add_row((struct row){ .lesson = "zero", .variant = "serial", .block = b, .wall_ns = b % 2 });
		add_row((struct row){ .lesson = "zero", .workers = 2, .block = b, .order = 1, .wall_ns = 0 });
	}
	add_row((struct row){ .lesson = "none", .workers = 2, .n = NOTHING, .wall_ns = 500 });
	draw_all();
	char *svg = chart("far", "speedup", "svg");
	assert_contains(svg, "Sum: threads is 50.");
	free(svg);
	svg = chart("dead", "time", "svg");
	assert_contains(svg, "no variant has a speedup");
	assert_contains(svg, "died 1/1");
	free(svg);
	svg = chart("document", "time", "svg");
	assert_contains(svg, "the document's size");
	free(svg);
	assert_titled("dead-spread", "refused: no run gave a right answer");
	assert_titled("dead-phases", "refused: no run that gave a right answer says");
	assert_titled("onlyserial-contention", "refused: no variant but serial has a time");
	assert_titled("onlyserial-serial_share", "refused: a serial share shows with two workers or more");
	assert_titled("slow-serial_share", "refused: no variant with two workers or more is faster than serial");
	assert_titled("none-contention", "refused: n is 0");
	assert_titled("nothing-time", "refused: nothing was measured");
}

/* ---- gnuplot itself ---- */

/* Puts a program of ours before gnuplot's name; NULL: none. */
static char *old_path;

static void fake_gnuplot(const char *script)
{
	old_path = strdup(getenv("PATH"));
	assert_int_equal(mkdir(in_folder("bin"), 0700), 0);
	if (script != NULL) {
		write_file("bin/gnuplot", "we", script);
		assert_int_equal(chmod(in_folder("bin/gnuplot"), 0700), 0);
	}
	setenv("PATH", in_folder("bin"), 1);
}

static void true_gnuplot(void)
{
	setenv("PATH", old_path, 1);
	free(old_path);
}

static void without_gnuplot_the_report_says_how_to_draw_later(void **state)
{
	char *text = NULL;
	size_t size = 0;

	(void)state;
	add_everything();
	draw_all();     /* an old picture must not outlive its data */
	fake_gnuplot(NULL);
	FILE *out = open_memstream(&text, &size);
	assert_int_equal(report_folder(folder, SCRIPTS, out), 0);
	fclose(out);
	true_gnuplot();
	assert_contains(text, "there is no gnuplot");
	assert_contains(text, "apt install");
	assert_contains(text, "manyhands report /tmp/test_results.");
	free(text);
	for (unsigned i = 0; i < GOLDENS; i++) {
		char *script = chart("sum", golden[i], "gp"), *svg = chart("sum", golden[i], "svg");
		assert_non_null(script);
		assert_null(svg);
		free(script);
	}
}

static void a_gnuplot_that_fails_is_quoted(void **state)
{
	(void)state;
	add_everything();
	fake_gnuplot("#!/bin/sh\nfor s; do :; done\n"
		"case $s in *time*) echo '   ^' >&2; echo 'no such terminal' >&2; exit 3; esac\n: > ${s%.gp}.svg\n");
	assert_int_equal(write_charts(SCRIPTS, "svg"), -EIO);
	assert_contains(why, "charts/sum-time.gp: no such terminal");
	write_file("bin/gnuplot", "we", "#!/bin/sh\necho 'cannot load libcairo' >&2; exit 127\n");
	assert_int_equal(draw_one(folder, "x.gp", 60000), -EIO);   /* it is there, whatever its exit code */
	true_gnuplot();
	char *last = chart("sum", "efficiency", "svg"); /* the others were drawn all the same */
	assert_non_null(last);
	free(last);
}

static void a_gnuplot_that_hangs_is_stopped(void **state)
{
	(void)state;
	fake_gnuplot("#!/bin/sh\nexec 2>&-\nwhile :; do :; done\n");    /* it closes stderr: no reason to spin */
	clock_t used = clock();
	assert_int_equal(draw_one(folder, "x.gp", 300), -ETIMEDOUT);
	assert_true(clock() - used < CLOCKS_PER_SEC / 10);
	assert_contains(why, "did not finish");
	write_file("bin/gnuplot", "we", "#!/bin/sh\nwhile :; do echo why; done >&2\n");
	assert_int_equal(draw_one(folder, "x.gp", 300), -ETIMEDOUT);
	true_gnuplot();
}

static void a_gnuplot_that_talks_too_much_is_heard_out(void **state)
{
	(void)state;
	fake_gnuplot("#!/bin/sh\ni=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789 >&2; "
		"i=$((i+1)); done; exit 0\n");
	assert_int_equal(draw_one(folder, "x.gp", 60000), 0);
	true_gnuplot();
}

static void missing_scripts_are_named(void **state)
{
	(void)state;
	add_everything();
	assert_int_equal(write_charts("/nonexistent", "svg"), -EIO);   /* not taken for a missing gnuplot */
	assert_contains(why, "/nonexistent/style.gp");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_its_script_and_every_script_its_use),
		WITH_FOLDER(every_kind_is_drawn_the_same_twice),
		WITH_FOLDER(the_data_are_as_they_were),
		WITH_FOLDER(a_script_needs_nothing_but_itself),
		WITH_FOLDER(wrong_variants_are_never_drawn_as_a_speedup),
		WITH_FOLDER(what_several_have_in_common_is_said_once),
		WITH_FOLDER(raw_points_beyond_the_frame_are_counted),
		WITH_FOLDER(a_law_is_drawn_where_the_findings_support_it),
		WITH_FOLDER(a_law_that_is_refused_is_not_drawn),
		WITH_FOLDER(bars_too_long_for_the_others_are_cut),
		WITH_FOLDER(phases_add_up),
		WITH_FOLDER(the_spread_marks_what_was_disturbed),
		WITH_FOLDER(two_groups_are_named),
		WITH_FOLDER(contention_is_work_done_in_a_second),
		WITH_FOLDER(nothing_in_the_data_is_executed),
		WITH_FOLDER(quotes_anywhere_in_a_name_can_be_drawn),
		WITH_FOLDER(odd_runs_are_drawn_or_refused_in_words),
		WITH_FOLDER(without_gnuplot_the_report_says_how_to_draw_later),
		WITH_FOLDER(a_gnuplot_that_fails_is_quoted),
		WITH_FOLDER(a_gnuplot_that_hangs_is_stopped),
		WITH_FOLDER(a_gnuplot_that_talks_too_much_is_heard_out),
		WITH_FOLDER(missing_scripts_are_named),
	};
	return cmocka_run_group_tests_name("charts", tests, NULL, NULL);
}
