/* SPDX-License-Identifier: MIT */
/* test_findings.c -- what is said beyond medians: disturbed blocks, two groups, phases, laws, sweeps, weak scaling, the
 * memory's ceiling.  All on made-up rows whose truth is known. */
#include "bench/report/csv.h"
#include "bench/report/findings.h"
#include "bench/report/table.h"

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a results folder of our own ---- */

static char folder[64], path[128], why[SUMMARY_WHY];

static FILE *open_in(const char *name, const char *mode)
{
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *out = fopen(path, mode);
	assert_non_null(out);
	return out;
}

/* run.json of a machine with `cores` cores; `more` stands among its fields. */
static void write_run(unsigned cores, const char *more)
{
	FILE *out = open_in("run.json", "we");

	fprintf(out, "{\"schema_version\":1,\"run_id\":\"test\",\"policy\":\"cores\",\"seed\":5,%s"
		"\"machine\":{\"cores\":%u,\"pus\":%u,\"packages\":1,\"core_kinds\":1},"
		"\"lessons\":[{\"name\":\"sum\",\"title\":\"Sum\",\"unit\":\"term\",\"grain\":\"spin\",\"variants\":["
		"{\"name\":\"serial\",\"expect\":\"correct\"},{\"name\":\"fork\",\"expect\":\"correct\"}]}],"
		"\"finished\":true}", more, cores, cores);
	assert_int_equal(fclose(out), 0);
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_findings.XXXXXX");
	assert_non_null(mkdtemp(folder));
	write_run(2, "");
	fclose(open_in("samples.ndjson", "we"));
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = { "run.json", "samples.ndjson", "summary.csv", "findings.csv" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

/* A row; left out means: lesson sum, measured, warm, one worker, n = 100.  `more` are further fields, a comma first. */
struct row {
	const char *lesson, *variant, *regime, *params, *more;
	unsigned workers, block, order;
	uint64_t n;
	double wall_s;
};

static void add_row(struct row r)
{
	FILE *out = open_in("samples.ndjson", "ae");

	fprintf(out, "{\"schema_version\":1,\"block\":%u,\"order\":%u,\"lesson\":\"%s\",\"variant\":\"%s\","
		"\"size\":\"measured\",\"regime\":\"%s\",\"workers\":%u,\"n\":%" PRIu64 ",\"params\":{%s},"
		"\"is_warmup\":false,\"outcome\":\"ok\",\"start_ns\":%u,\"wall_ns\":%.0f%s}\n",
		r.block, r.order, r.lesson ? r.lesson : "sum",
		r.variant, r.regime ? r.regime : "warm", r.workers ? r.workers : 1, r.n ? r.n : 100,
		r.params ? r.params : "", 1000 + 100 * r.block, 1e9 * r.wall_s, r.more ? r.more : "");
	fclose(out);
}

/* In [-1, 1), other numbers for other cells, the same in every run of this test. */
static double noise(unsigned block, unsigned cell)
{
	double x = (block + 1) * 0.6180339887498949 + (cell + 1) * 0.7548776662466927 * (block % 7 + 1);
	return 2 * (x - floor(x)) - 1;
}

/* Twelve blocks of a cell that takes wall_s, give or take `spread`. */
static void add_cell(struct row r, double spread)
{
	double centre = r.wall_s;

	for (r.block = 0; r.block < 12; r.block++) {
		r.wall_s = centre * (1 + spread * noise(r.block, r.workers + r.order));
		add_row(r);
	}
}

static struct summary *read_ok(void)
{
	struct summary *s;

	if (summary_read(folder, &s, why) != 0)
		fail_msg("%s", why);
	assert_int_equal(findings_make(s), 0);
	return s;
}

static const struct summary_cell *cell_of(const struct summary *s, const char *variant, unsigned workers)
{
	for (unsigned i = 0; i < s->cells; i++)
		if (strcmp(summary_variant_name(s, s->cell[i]), variant) == 0 && s->cell[i]->workers == workers)
			return s->cell[i];
	fail_msg("no cell %s with %u workers", variant, workers);
	return NULL;
}

static const struct summary_measure *warm(const struct summary *s, unsigned workers)
{
	return &cell_of(s, "fork", workers)->regime[SUMMARY_WARM];
}

static void near(double found, double expected, double within)
{
	if (!(fabs(found - expected) <= within))
		fail_msg("expected %.9g, found %.9g", expected, found);
}

static void table_says(const struct summary *s, const char *piece)
{
	char *text = NULL, *line, *rest;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);

	table_write(out, s);
	fclose(out);
	char *flat = strdup(text), *to = flat;
	for (const char *from = text; *from; from++)    /* a sentence may be broken anywhere */
		if (!(*from == ' ' && to > flat && to[-1] == ' ') && !(*from == '\n' && to > flat && to[-1] == ' '))
			*to++ = *from == '\n' ? ' ' : *from;
	*to = '\0';
	if (!strstr(flat, piece))
		fail_msg("expected \"%s\" in: %s", piece, text);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		assert_in_range(strlen(line), 0, 80);
	free(flat);
	free(text);
}

static const struct finding *finding_of(const struct summary *s, enum finding_kind kind, unsigned workers)
{
	for (unsigned i = 0; i < s->findings; i++)
		if (s->finding[i].kind == kind && s->finding[i].cell->workers == workers)
			return &s->finding[i];
	fail_msg("no finding %s at p = %u", finding_kind_name[kind], workers);
	return NULL;
}

/* ---- disturbance ---- */

/* A cold row of serial and of fork on two workers in one block, and their warm ones; fork takes `fork_s`. */
static void add_pair(unsigned block, double fork_s, const char *serial_signals, const char *fork_signals)
{
	struct row serial = { .variant = "serial", .block = block, .wall_s = 0.1, .more = "" };
	struct row fork = { .variant = "fork", .workers = 2, .block = block, .order = 1, .wall_s = fork_s };

	add_row(serial);
	add_row(fork);
	serial.regime = fork.regime = "cold";
	serial.more = serial_signals;
	fork.more = fork_signals;
	add_row(serial);
	add_row(fork);
}

#define CALM ",\"trial_ns\":1000000000,\"steal_ticks\":0,\"throttled_us\":0,\"pressure_us\":3000," \
	"\"run_delay_ns\":500," \
	"\"switches_involuntary\":4"
#define UNKNOWN ",\"steal_ticks\":null,\"throttled_us\":null,\"pressure_us\":null,\"run_delay_ns\":null," \
	"\"switches_involuntary\":null"

/* Each signal, alone, marks the block, on either side of the pair; none of them does when calm or unknown. */
static void each_signal_marks_a_block(void **state)
{
	static const struct { const char *signals; bool marks_serial, marks_fork; } cases[] = {
		{ CALM, false, false }, { UNKNOWN, false, false }, { "", false, false },
		{ ",\"trial_ns\":1000000000,\"steal_ticks\":2", true, true },
		{ ",\"trial_ns\":1000000000,\"steal_ticks\":1", false, false },    /* 0.5 % of two PUs: not more */
		{ ",\"trial_ns\":1000000000,\"throttled_us\":1", true, true },
		{ ",\"trial_ns\":1000000000,\"pressure_us\":21000", true, false },  /* 18 ms more than usual, of 1 s */
		{ ",\"trial_ns\":1000000000,\"pressure_us\":24000", true, true },
		/* 9 %, but less than a millisecond */
		{ ",\"trial_ns\":10000000,\"pressure_us\":900", false, false },
		{ ",\"trial_ns\":1000000000,\"run_delay_ns\":30000000", true, true },   /* without PSI */
		{ ",\"trial_ns\":1000000000,\"switches_involuntary\":19", true, true },
		{ ",\"trial_ns\":1000000000,\"switches_involuntary\":16", true, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (int side = 0; side < 2; side++) {
			for (unsigned block = 0; block < 8; block++)
				add_pair(block, 0.05, block == 5 && side == 0 ? cases[i].signals : CALM,
					block == 5 && side == 1 ? cases[i].signals : CALM);
			struct summary *s = read_ok();
			const struct summary_measure *m = warm(s, 2);
			bool marks = side == 0 ? cases[i].marks_serial : cases[i].marks_fork;
			for (unsigned b = 0; b < m->blocks; b++)
				if (m->block[b].disturbed != (b == 5 && marks))
					fail_msg("case %zu, side %d, block %u", i, side, b);
			assert_int_equal(m->clean_pairs, 8 - marks);
			assert_int_equal(m->blocks, 8);         /* and it is used all the same */
			summary_free(s);
			tear_down(state);
			set_up(state);
		}
}

static void when_the_undisturbed_blocks_say_otherwise_it_is_inconclusive(void **state)
{
	char text[64];

	(void)state;
	for (unsigned block = 0; block < 16; block++)   /* half of them disturbed, and slow with it */
		add_pair(block, (block % 2 ? 0.09 : 0.05) * (1 + 0.001 * noise(block, 1)), CALM,
			block % 2 ? ",\"trial_ns\":1000000000,\"throttled_us\":400000" : CALM);
	struct summary *s = read_ok();
	const struct summary_measure *m = warm(s, 2);
	near(m->clean, 2, 0.01);
	assert_int_equal(m->clean_pairs, 8);
	assert_true(m->low < m->high && m->speedup < 1.9);
	if (m->clean > m->high) {
		assert_int_equal(m->verdict, SUMMARY_NOISY);
		assert_string_equal(summary_verdict_text(s, cell_of(s, "fork", 2), SUMMARY_WARM, text, sizeof text),
			"inconclusive");
		table_says(s, "inconclusive: noisy; its 8 undisturbed blocks alone give 2.0");
	} else {
		fail_msg("the full interval reaches %g", m->high);
	}
	table_says(s, "Something else disturbed 8 of 32 measurements");
	summary_free(s);
}

/* ---- two groups ---- */

static void two_groups_of_blocks_are_told(void **state)
{
	(void)state;
	for (unsigned block = 0; block < 24; block++)
		add_pair(block, (block % 3 ? 0.05 : 0.14) * (1 + 0.004 * noise(block, 2)), CALM, CALM);
	struct summary *s = read_ok();
	const struct summary_measure *m = warm(s, 2);
	assert_true(m->bimodal);
	assert_int_equal(m->low_group, 8);
	near(m->group[0], 0.1 / 0.14, 0.01);
	near(m->group[1], 2, 0.02);
	table_says(s, "two groups of blocks: 8 at about 0.71");
	summary_free(s);
}

static void one_group_is_not_called_two(void **state)
{
	(void)state;
	for (unsigned block = 0; block < 24; block++)
		add_pair(block, 0.05 * (1 + 0.04 * noise(block, 3)), CALM, CALM);
	struct summary *s = read_ok();
	assert_false(warm(s, 2)->bimodal);
	assert_true(isnan(warm(s, 2)->group[0]));
	summary_free(s);
}

/* ---- phases ---- */

static void phases_come_from_the_workers_stamps(void **state)
{
	(void)state;
	/* begin 1000; workers in from 1100 and 1300, out at 1700 and 1900; end 2000 */
	add_row((struct row){ .variant = "fork", .workers = 2, .wall_s = 1000e-9,
		.more = ",\"imbalance\":1.25,\"lanes\":[{\"enter_ns\":1300,\"leave_ns\":1900},"
			"{\"enter_ns\":1100,\"leave_ns\":1700},{\"enter_ns\":0,\"leave_ns\":0}]" });
	/* cold: start 500, solve 1000 from 1500 on, stop 40, after whatever came in between */
	add_row((struct row){ .variant = "fork", .workers = 2, .wall_s = 1540e-9, .regime = "cold",
		.more = ",\"startup_ns\":500,\"solve_ns\":1000,\"stop_ns\":40,\"crossed_bytes\":77,"
			"\"lanes\":[{\"enter_ns\":1600,\"leave_ns\":2400}]" });
	struct summary *s = read_ok();
	const struct summary_cell *cell = cell_of(s, "fork", 2);
	near(cell->regime[SUMMARY_WARM].startup_s, 100e-9, 1e-15);
	near(cell->regime[SUMMARY_WARM].work_s, 800e-9, 1e-15);
	near(cell->regime[SUMMARY_WARM].teardown_s, 100e-9, 1e-15);
	near(cell->regime[SUMMARY_WARM].imbalance, 1.25, 0);
	near(cell->regime[SUMMARY_COLD].startup_s, 600e-9, 1e-15);
	near(cell->regime[SUMMARY_COLD].work_s, 800e-9, 1e-15);
	near(cell->regime[SUMMARY_COLD].teardown_s, 140e-9, 1e-15);
	assert_int_equal(cell->crossed_bytes, 77);
	table_says(s, "fork 100 ns 800 ns 100 ns 1.25 600 ns 800 ns 140 ns 77 B");
	summary_free(s);
}

static void stamps_outside_the_run_give_no_phases(void **state)
{
	static const char *const lanes[] = { "[]", "null", "[{\"enter_ns\":900,\"leave_ns\":1700}]",
		"[{\"enter_ns\":1100,\"leave_ns\":2700}]", "[{\"enter_ns\":1700,\"leave_ns\":1100}]", "[7]",
		"[{\"enter_ns\":-5,\"leave_ns\":1100}]", "[{\"enter_ns\":\"x\",\"leave_ns\":true}]" };
	char more[128];

	for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++) {
		snprintf(more, sizeof more, ",\"lanes\":%s", lanes[i]);
		add_row((struct row){ .variant = "fork", .workers = 2, .wall_s = 1000e-9, .more = more });
		struct summary *s = read_ok();
		assert_true(isnan(warm(s, 2)->startup_s) && isnan(warm(s, 2)->work_s) && isnan(warm(s, 2)->teardown_s));
		summary_free(s);
		tear_down(state);
		set_up(state);
	}
}

/* ---- laws ---- */

static void add_curve(const unsigned *p, unsigned count, double a, double b, double spread)
{
	add_cell((struct row){ .variant = "serial", .wall_s = 1 }, 0);
	for (unsigned i = 0; i < count; i++)
		add_cell((struct row){ .variant = "fork", .workers = p[i], .order = i + 1,
			.wall_s = (1 + a * (p[i] - 1) + b * p[i] * (p[i] - 1)) / p[i] }, spread);
}

static void on_two_cores_there_is_e_and_no_law(void **state)
{
	(void)state;
	add_curve((const unsigned[]){ 1, 2 }, 2, 0.1, 0, 0.002);
	struct summary *s = read_ok();
	const struct finding *e = finding_of(s, FINDING_SERIAL_SHARE, 2);
	near(e->value, 2 / warm(s, 2)->speedup - 1, 1e-9);
	near(e->value, 0.1, 0.01);
	assert_true(e->low < 0.1 && 0.1 < e->high);
	assert_true(isnan(finding_of(s, FINDING_AMDAHL, 2)->value)
		&& isnan(finding_of(s, FINDING_CONTENTION, 2)->value));
	table_says(s, "as if serial at p = 2 (Karp and Flatt): fork 10 %");
	table_says(s, "Amdahl's law is not fitted. Only e(2)");
	summary_free(s);
}

static void amdahls_law_is_found(void **state)
{
	(void)state;
	write_run(8, "");
	add_curve((const unsigned[]){ 1, 2, 4, 6, 8 }, 5, 0.08, 0, 0.004);
	struct summary *s = read_ok();
	const struct finding *a = finding_of(s, FINDING_AMDAHL, 8);
	near(a->value, 0.08, 0.01);
	assert_true(a->low < a->value && a->value < a->high);
	table_says(s, "fork follows Amdahl's law: 8");
	summary_free(s);
}

static const unsigned many[] = { 1, 2, 4, 6, 8, 12, 16, 24, 32 };

static void the_universal_law_and_its_peak_are_found(void **state)
{
	(void)state;
	write_run(32, "");
	add_curve(many, 9, 0.02, 0.002, 0.004);
	struct summary *s = read_ok();
	near(finding_of(s, FINDING_CONTENTION, 32)->value, 0.02, 0.01);
	near(finding_of(s, FINDING_COHERENCE, 32)->value, 0.002, 0.0005);
	near(finding_of(s, FINDING_PEAK, 32)->value, sqrt(0.98 / 0.002), 3);
	table_says(s, "fork is fastest with 22 workers");
	assert_true(isnan(finding_of(s, FINDING_AMDAHL, 32)->value));
	summary_free(s);
}

/* The same points, but p = 32 uses SMT siblings, a second package, another kind of core, or an unknown placement. */
static void no_law_across_a_boundary(void **state)
{
	static const char *const machines[] = {
		"\"policy\":\"none\"", "\"policy\":\"smt\"", "\"policy\":\"spread\"" };

	for (size_t i = 0; i < 3 + sizeof machines / sizeof *machines; i++) {
		if (i < 3) {
			static const char *const machine[] = {
				"\"cores\":16,\"pus\":32,\"packages\":1,\"core_kinds\":1",
				"\"cores\":32,\"pus\":32,\"packages\":2,\"core_kinds\":1",
				"\"cores\":32,\"pus\":32,\"packages\":1,\"core_kinds\":2",
			};
			FILE *out = open_in("run.json", "we");
			fprintf(out, "{\"schema_version\":1,\"policy\":\"cores\",\"machine\":{%s}}", machine[i]);
			fclose(out);
		} else {
			FILE *out = open_in("run.json", "we");
			fprintf(out, "{\"schema_version\":1,%s,\"machine\":{\"cores\":32,\"pus\":32,\"packages\":1}}",
				machines[i - 3]);
			fclose(out);
		}
		add_curve(many, 9, 0.02, 0.002, 0.004);
		struct summary *s = read_ok();
		if (!isnan(finding_of(s, FINDING_CONTENTION, 32)->value))
			fail_msg("case %zu: a law across a boundary", i);
		summary_free(s);
		tear_down(state);
		set_up(state);
	}
}

/* ---- sweeps ---- */

/* serial takes 1 us an item; fork pays 1 ms first and then half of that: even at n = 2000. */
static void the_size_from_which_fork_pays_is_found(void **state)
{
	(void)state;
	for (uint64_t n = 250; n <= 16000; n *= 2) {
		add_cell((struct row){ .variant = "serial", .n = n, .wall_s = 1e-6 * (double)n }, 0);
		add_cell((struct row){ .variant = "fork", .n = n, .workers = 2, .wall_s = 1e-3 + 0.5e-6 * (double)n },
			0.01);
	}
	struct summary *s = read_ok();
	const struct finding *f = finding_of(s, FINDING_CROSSOVER, 2);
	near(f->value, 2000, 60);
	assert_true(f->low < f->value && f->value < f->high && f->low > 1800 && f->high < 2200);
	table_says(s, "fork, p = 2, beats serial from n = ");
	summary_free(s);
}

static void a_crossover_that_was_not_bracketed_is_refused(void **state)
{
	(void)state;
	for (uint64_t n = 4000; n <= 16000; n *= 2) {
		add_cell((struct row){ .variant = "serial", .n = n, .wall_s = 1e-6 * (double)n }, 0);
		add_cell((struct row){ .variant = "fork", .n = n, .workers = 2, .wall_s = 1e-3 + 0.5e-6 * (double)n },
			0.01);
	}
	struct summary *s = read_ok();
	assert_true(isnan(finding_of(s, FINDING_CROSSOVER, 2)->value));
	table_says(s, "fork, p = 2, beats serial at every size measured, from n = 4 000 on");
	summary_free(s);
}

/* A task costs t of work and 3 us of overhead, on four workers: efficiency t / (t + 3 us), half at 3 us.  n differs
 * from problem to problem, as calibration has it. */
static void the_least_task_is_found(void **state)
{
	char params[64];

	(void)state;
	for (unsigned spin = 1; spin <= 64; spin *= 2) {
		double task = 0.25e-6 * spin;
		uint64_t n = 64000 / spin;
		snprintf(params, sizeof params, "\"chunk\":1,\"spin\":%u", spin);
		add_cell((struct row){ .variant = "serial", .n = n, .params = params, .wall_s = (double)n * task }, 0);
		add_cell((struct row){ .variant = "fork", .n = n, .params = params, .workers = 4,
			.wall_s = (double)n * (task + 3e-6) / 4 }, 0.01);
	}
	struct summary *s = read_ok();
	const struct finding *f = finding_of(s, FINDING_METG, 4);
	near(f->value, 3e-6, 0.15e-6);
	assert_true(f->low < f->value && f->value < f->high);
	table_says(s, "fork, p = 4: a task must be at least 3.0");
	summary_free(s);
}

/* ---- weak scaling ---- */

static void weak_scaling_has_its_base_at_n_per_worker(void **state)
{
	(void)state;
	write_run(4, "\"scaling\":\"weak\",");
	add_cell((struct row){ .variant = "serial", .n = 1000, .wall_s = 1 }, 0);
	add_cell((struct row){ .variant = "fork", .n = 1000, .wall_s = 1.25 }, 0);
	add_cell((struct row){ .variant = "fork", .n = 4000, .workers = 4, .wall_s = 1.6 }, 0);
	add_cell((struct row){ .lesson = "capacity", .variant = "serial", .n = 100, .wall_s = 1 }, 0);
	add_cell((struct row){ .lesson = "capacity", .variant = "copies", .n = 100, .workers = 4, .wall_s = 0.26 }, 0);
	struct summary *s = read_ok();
	near(warm(s, 1)->speedup, 0.8, 1e-9);
	near(warm(s, 4)->speedup, 4 / 1.6, 1e-9);
	assert_ptr_equal(summary_base(s, cell_of(s, "fork", 4)), cell_of(s, "serial", 1));
	near(summary_ceiling(s, 4)->speedup, 1 / 0.26, 1e-6);   /* its copies share one loop in any case */
	table_says(s, "n = 1 000 terms, for each worker");
	summary_free(s);
}

static void with_weak_scaling_no_crossover_is_looked_for(void **state)
{
	(void)state;
	write_run(4, "\"scaling\":\"weak\",");
	for (uint64_t n = 1000; n <= 4000; n *= 2) {
		add_cell((struct row){ .variant = "serial", .n = n, .wall_s = 1 }, 0);
		add_cell((struct row){ .variant = "fork", .n = 2 * n, .workers = 2, .wall_s = 1.5 }, 0.01);
	}
	struct summary *s = read_ok();
	for (unsigned i = 0; i < s->findings; i++)
		assert_int_not_equal(s->finding[i].kind, FINDING_CROSSOVER);
	summary_free(s);
}

/* ---- the memory's ceiling ---- */

/* One copy moves 10 GB/s, two 15: a lesson that moves 1 GB in 0.2 s serially cannot gain more than 3. */
static void the_memory_sets_a_ceiling_to_who_declares_bytes(void **state)
{
	double speedup, low, high;

	(void)state;
	for (unsigned block = 0; block < 8; block++)
		for (int cold = 0; cold < 2; cold++) {
			const char *regime = cold ? "cold" : "warm", *gigabyte = cold ? ",\"moved_bytes\":1000000000"
				: "";
			add_row((struct row){ .variant = "serial", .block = block, .wall_s = 0.2, .regime = regime,
				.more = gigabyte });
			add_row((struct row){ .variant = "fork", .block = block, .workers = 2, .wall_s = 0.1,
				.regime = regime,
				.more = gigabyte });
			add_row((struct row){ .lesson = "bandwidth", .variant = "serial", .block = block, .wall_s = 0.2,
				.regime = regime, .more = cold ? ",\"moved_bytes\":2000000000" : "" });
			add_row((struct row){ .lesson = "bandwidth", .variant = "copies", .block = block, .workers = 2,
				.wall_s = 2. / 15, .regime = regime, .more = cold ? ",\"moved_bytes\":2000000000"
				: "" });
		}
	struct summary *s = read_ok();
	assert_true(summary_memory_ceiling(s, cell_of(s, "fork", 2), &speedup, &low, &high));
	near(speedup, 3, 1e-6);
	near(low, 3, 1e-6);
	table_says(s, "the memory's ceiling at p = 2: 3.000");
	summary_free(s);
}

static void without_declared_bytes_the_memory_sets_no_ceiling(void **state)
{
	double speedup, low, high;

	(void)state;
	add_curve((const unsigned[]){ 2 }, 1, 0, 0, 0);
	struct summary *s = read_ok();
	assert_false(summary_memory_ceiling(s, cell_of(s, "fork", 2), &speedup, &low, &high));
	assert_true(isnan(speedup));
	assert_int_equal(csv_save(folder, s, why), 0);
	summary_free(s);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(each_signal_marks_a_block),
		WITH_FOLDER(when_the_undisturbed_blocks_say_otherwise_it_is_inconclusive),
		WITH_FOLDER(two_groups_of_blocks_are_told),
		WITH_FOLDER(one_group_is_not_called_two),
		WITH_FOLDER(phases_come_from_the_workers_stamps),
		WITH_FOLDER(stamps_outside_the_run_give_no_phases),
		WITH_FOLDER(on_two_cores_there_is_e_and_no_law),
		WITH_FOLDER(amdahls_law_is_found),
		WITH_FOLDER(the_universal_law_and_its_peak_are_found),
		WITH_FOLDER(no_law_across_a_boundary),
		WITH_FOLDER(the_size_from_which_fork_pays_is_found),
		WITH_FOLDER(a_crossover_that_was_not_bracketed_is_refused),
		WITH_FOLDER(the_least_task_is_found),
		WITH_FOLDER(weak_scaling_has_its_base_at_n_per_worker),
		WITH_FOLDER(with_weak_scaling_no_crossover_is_looked_for),
		WITH_FOLDER(the_memory_sets_a_ceiling_to_who_declares_bytes),
		WITH_FOLDER(without_declared_bytes_the_memory_sets_no_ceiling),
	};
	return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}
