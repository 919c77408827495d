/* SPDX-License-Identifier: MIT */
/* rows.c -- the protocol's rows, put together in memory.  See rows.h. */
#include "bench/trial/rows.h"

#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/lesson.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Rows gather here and leave together, after the last run: a reader that wakes up in between would disturb the next
 * one. Global because a process has one descriptor 3. */
static struct { FILE *out; char *text; size_t bytes; } rows;

static FILE *row_begin(const char *name)
{
	if (!rows.out)
		rows.out = open_memstream(&rows.text, &rows.bytes);
	if (!rows.out)
		die("no memory for a row");
	fprintf(rows.out, "{\"row\":\"%s\"", name);
	return rows.out;
}

void rows_send(int fd)
{
	if (fclose(rows.out) != 0)
		die("no memory for the rows");
	for (size_t sent = 0; sent < rows.bytes;)
		sent += (size_t)SYS(write(fd, rows.text + sent, rows.bytes - sent));
	free(rows.text);
	rows.out = NULL;
}

static void text(FILE *out, const char *key, const char *value)
{
	fprintf(out, ",\"%s\":", key);
	text_json(out, value);
}

static void number(FILE *out, const char *key, uint64_t value)
{
	fprintf(out, ",\"%s\":%" PRIu64, key, value);
}

static void write_params(FILE *out)
{
	fputs(",\"params\":[", out);
	for (unsigned i = 0; i < MAX_PARAMS && lesson.params[i].name; i++) {
		const struct param *param = &lesson.params[i];
		fputs(i ? ",{\"name\":" : "{\"name\":", out);
		text_json(out, param->name);
		text(out, "unit", param->unit);
		text(out, "about", param->about);
		number(out, "value", param->value);
		number(out, "least", param->least);
		number(out, "most", param->most);
		fprintf(out, ",\"grain\":%s", param->grain ? "true" : "false");
		text(out, "sweep", param->sweep);
		putc('}', out);
	}
	putc(']', out);
}

static void write_examples(FILE *out)
{
	fputs(",\"examples\":[", out);
	for (unsigned i = 0; i < MAX_EXAMPLES && lesson.examples[i].source; i++) {
		const struct example *example = &lesson.examples[i];
		fputs(i ? ",{\"source\":" : "{\"source\":", out);
		text_json(out, example->source);
		text(out, "prints", example->prints);
		number(out, "n", example->n);
		number(out, "workers", example->workers);
		fputs(",\"params\":{", out);
		for (unsigned j = 0; j < MAX_PARAMS && lesson.params[j].name; j++)
			fprintf(out, "%s\"%s\":%" PRIu64, j ? "," : "", lesson.params[j].name, example->param[j]);
		fputs("}}", out);
	}
	putc(']', out);
}

static void write_names(FILE *out, const char *key, const char *const *name, unsigned most)
{
	fprintf(out, ",\"%s\":[", key);
	for (unsigned i = 0; i < most && name[i]; i++) {
		fputs(i ? "," : "", out);
		text_json(out, name[i]);
	}
	putc(']', out);
}

void rows_card(void)
{
	static const char *const expect[] = { [CORRECT] = "correct", [WRONG] = "wrong", [HANGS] = "hangs" };
	FILE *out = row_begin("card");

	text(out, "title", lesson.title);
	text(out, "unit", lesson.unit);
	text(out, "source", lesson.source);
	text(out, "question", lesson.question ? lesson.question : "");
	number(out, "n", lesson.n);
	number(out, "n_max", lesson.n_max);
	number(out, "n_least", lesson.n_least);
	number(out, "base_ms", lesson.base_ms);
	fprintf(out, ",\"waits\":%s,\"crowds\":%s,\"moves\":%s", lesson.waits ? "true" : "false",
		lesson.crowds ? "true" : "false", lesson.moved_bytes ? "true" : "false");
	text(out, "sizes", lesson.sizes ? lesson.sizes : "");
	write_params(out);
	write_examples(out);
	write_names(out, "variants", lesson.variants, MAX_VARIANTS);
	write_names(out, "charts", lesson.charts, MAX_CHARTS);
	text(out, "idea", variant.idea);
	text(out, "expect", expect[variant.expect]);
	fputs("}\n", out);
}

static void write_lanes(FILE *out, const struct lanes *lanes)
{
	double imbalance = lanes_imbalance(lanes);

	number(out, "workers_seen", lanes_seen(lanes));
	fputs(",\"pus_seen\":[", out);
	for (unsigned i = 0; i < lanes->workers; i++)
		fprintf(out, lanes->lane[i].pu < 0 ? "%snull" : "%s%d", i ? "," : "", lanes->lane[i].pu);
	fputs("],\"lanes\":[", out);
	for (unsigned i = 0; i < lanes->workers; i++) {
		const struct lane *lane = &lanes->lane[i];
		fprintf(out, "%s{\"pid\":%d,\"tid\":%d", i ? "," : "", (int)lane->pid, (int)lane->tid);
		number(out, "enter_ns", lane->enter_ns);
		number(out, "leave_ns", lane->leave_ns);
		number(out, "cpu_ns", lane->cpu_ns);
		putc('}', out);
	}
	if (isnan(imbalance))
		fputs("],\"imbalance\":null", out);
	else
		fprintf(out, "],\"imbalance\":%.4f", imbalance);
}

static uint64_t microseconds(struct timeval t)
{
	return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_usec;
}

/* Time that the main thread was ready and had no CPU: the second number of schedstat. */
static void write_run_delay(FILE *out)
{
	uint64_t ran, delay;
	FILE *file = fopen("/proc/self/schedstat", "re");

	if (file && fscanf(file, "%" SCNu64 " %" SCNu64, &ran, &delay) == 2)
		number(out, "run_delay_ns", delay);
	else
		fputs(",\"run_delay_ns\":null", out);
	if (file)
		fclose(file);
}

/* The whole trial's use of the machine, children that were waited for included. */
static void write_usage(FILE *out)
{
	struct rusage self, children;

	SYS(getrusage(RUSAGE_SELF, &self));
	SYS(getrusage(RUSAGE_CHILDREN, &children));
	number(out, "cpu_user_us", microseconds(self.ru_utime) + microseconds(children.ru_utime));
	number(out, "cpu_system_us", microseconds(self.ru_stime) + microseconds(children.ru_stime));
	number(out, "switches_voluntary", (uint64_t)(self.ru_nvcsw + children.ru_nvcsw));
	number(out, "switches_involuntary", (uint64_t)(self.ru_nivcsw + children.ru_nivcsw));
	number(out, "faults_minor", (uint64_t)(self.ru_minflt + children.ru_minflt));
	number(out, "faults_major", (uint64_t)(self.ru_majflt + children.ru_majflt));
	number(out, "max_rss_kib",
		(uint64_t)(self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss));
	write_run_delay(out);
}

static void write_times(FILE *out, const struct run *run)
{
	number(out, "start_ns", run->begin_ns);
	if (run->wrong)  /* a wrong answer has no time */
		fputs(",\"wall_ns\":null", out);
	else
		number(out, "wall_ns", run->start_ns + run->solve_ns + run->stop_ns);
	if (run->index == 0 && !run->wrong) {
		number(out, "startup_ns", run->start_ns);
		number(out, "solve_ns", run->solve_ns);
		number(out, "stop_ns", run->stop_ns);
	}
}

/* Only other processes are worlds apart: between threads nothing has to cross. */
static void write_bytes(FILE *out, const struct task *task, const struct lanes *lanes)
{
	bool apart = false;

	for (unsigned i = 0; i < lanes->workers; i++)
		apart |= lanes->lane[i].pid != 0 && lanes->lane[i].pid != getpid();
	if (lesson.crossed_bytes && apart)
		number(out, "crossed_bytes", lesson.crossed_bytes(task));
	if (lesson.moved_bytes)
		number(out, "moved_bytes", lesson.moved_bytes(task));
}

void rows_run(const struct run *run, const struct task *task, const struct lanes *lanes)
{
	FILE *out = row_begin("run");

	text(out, "regime", run->index == 0 ? "cold" : "warm");
	number(out, "run", run->index);
	fprintf(out, ",\"is_warmup\":%s", run->is_warmup ? "true" : "false");
	number(out, "pid", (uint64_t)getpid());
	write_times(out, run);
	write_lanes(out, lanes);
	if (run->index == 0) {
		write_bytes(out, task, lanes);
		write_usage(out);
	}
	text(out, "outcome", run->wrong ? "wrong" : "ok");
	text(out, "reason", run->wrong);
	fputs("}\n", out);
}

void rows_answer(unsigned run, const void *answer, size_t bytes)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *byte = answer;
	FILE *out = row_begin("answer");

	number(out, "run", run);
	fputs(",\"bytes\":\"", out);
	for (size_t i = 0; i < bytes; i++) {
		putc(digits[byte[i] >> 4], out);
		putc(digits[byte[i] & 15], out);
	}
	fputs("\"}\n", out);
}

void rows_end(const char *leaked)
{
	FILE *out = row_begin("end");
	text(out, "leaked", leaked);
	fputs("}\n", out);
}
