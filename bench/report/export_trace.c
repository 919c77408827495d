/* SPDX-License-Identifier: MIT */
/* export_trace.c -- one trial of each cell as events on a time axis, for Perfetto and chrome://tracing.
 *
 * The JSON object form of the Trace Event Format: traceEvents with complete events (ph X; ts and dur in microseconds)
 * and metadata (ph M).  A cell is a process, numbered from 1 in reading order, whose time begins with its own trial: so
 * cells lie below each other and can be compared.  Lane 0 shows the runs; lane i + 1 what worker i did in each:
 * start-up until it works, work, tear-down until the caller goes on.  Which trial: the one whose warm median is nearest
 * the cell's (without warm times, cold).
 */
#include "bench/report/export_json.h"

#include "bench/base/text.h"
#include "bench/report/chosen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct event {
	unsigned process, lane;
	const char *regime;
	bool warmup;
	json_int_t run;
	double begin_ns, enter_ns, leave_ns, end_ns;    /* since the trial's first start */
};

static const char *text_of(const json_t *row, const char *field)
{
	const char *value = json_string_value(json_object_get(row, field));
	return value ? value : "";
}

static double number_of(const json_t *row, const char *field)
{
	return (double)json_integer_value(json_object_get(row, field));
}

static void event(FILE *out, const char *name, const struct event *e, double begin_ns, double end_ns)
{
	fprintf(out, ",\n{\"name\": \"%s\", \"cat\": \"%s\", \"ph\": \"X\", \"pid\": %u, \"tid\": %u, \"ts\": %.3f, "
		"\"dur\": %.3f, \"args\": {\"run\": %" JSON_INTEGER_FORMAT ", \"regime\": \"%s\", \"warm_up\": %s",
		name, e->regime, e->process, e->lane, begin_ns * 1e-3, (end_ns - begin_ns) * 1e-3, e->run, e->regime,
		e->warmup ? "true" : "false");
}

static void whole_arg(FILE *out, const char *name, const json_t *value)
{
	fprintf(out, ", \"%s\": ", name);
	if (json_is_integer(value))
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else
		fputs("null", out);
}

static void lane_events(FILE *out, const struct event *e, const json_t *lane, const json_t *pu)
{
	const struct { const char *name; double begin_ns, end_ns; } phase[] = {
		{ "start-up", e->begin_ns, e->enter_ns }, { "work", e->enter_ns, e->leave_ns },
		{ "tear-down", e->leave_ns, e->end_ns },
	};

	/* as in read.c: stamps that do not lie within the run tell nothing */
	if (!(e->begin_ns <= e->enter_ns && e->enter_ns <= e->leave_ns && e->leave_ns <= e->end_ns))
		return;
	for (unsigned i = 0; i < 3; i++) {
		event(out, phase[i].name, e, phase[i].begin_ns, phase[i].end_ns);
		whole_arg(out, "pu", pu);
		whole_arg(out, "os_pid", json_object_get(lane, "pid"));
		whole_arg(out, "os_tid", json_object_get(lane, "tid"));
		if (i == 1)
			whole_arg(out, "cpu_ns", json_object_get(lane, "cpu_ns"));
		fputs("}}", out);
	}
}

/* A cold run's tear-down of a pool (stop_ns) comes after the last warm run, and when is not recorded: it is an arg. */
static void row_events(FILE *out, const json_t *row, unsigned process, json_int_t origin_ns)
{
	const json_t *lanes = json_object_get(row, "lanes"), *pus = json_object_get(row, "pus_seen"), *lane;
	bool cold = strcmp(text_of(row, "regime"), "cold") == 0;
	double parts_ns = number_of(row, "startup_ns") + number_of(row, "solve_ns");
	struct event e = { .process = process, .regime = cold ? "cold" : "warm",
		.warmup = json_is_true(json_object_get(row, "is_warmup")),
		.run = json_integer_value(json_object_get(row, "run")),
		.begin_ns = (double)(json_integer_value(json_object_get(row, "start_ns")) - origin_ns) };
	char name[64];
	size_t i;

	e.end_ns = e.begin_ns + (cold && parts_ns > 0 ? parts_ns : number_of(row, "wall_ns"));
	snprintf(name, sizeof name, "%s run %" JSON_INTEGER_FORMAT "%s", e.regime, e.run, e.warmup ? " (warm-up)" : "");
	event(out, name, &e, e.begin_ns, e.end_ns);
	whole_arg(out, "wall_ns", json_object_get(row, "wall_ns"));
	whole_arg(out, "startup_ns", json_object_get(row, "startup_ns"));
	whole_arg(out, "stop_ns", json_object_get(row, "stop_ns"));
	fputs("}}", out);
	json_array_foreach(lanes, i, lane) {
		e.lane = (unsigned)i + 1;
		e.enter_ns = number_of(lane, "enter_ns") - (double)origin_ns;
		e.leave_ns = number_of(lane, "leave_ns") - (double)origin_ns;
		lane_events(out, &e, lane, json_array_get(pus, i));
	}
}

/* Every cell begins with its process_name; the first one's is the first event of all. */
static void metadata(FILE *out, const char *kind, unsigned process, unsigned lane)
{
	bool first = process == 1 && lane == 0 && strcmp(kind, "process_name") == 0;

	fprintf(out, "%s\n{\"name\": \"%s\", \"ph\": \"M\", \"pid\": %u, \"tid\": %u, \"args\": ", first ? "" : ",",
		kind, process, lane);
}

static void cell_events(FILE *out, const struct summary *s, const struct chosen *c, unsigned process)
{
	json_int_t origin_ns = INT64_MAX;
	size_t lanes = 0, i;
	char name[EXPORT_NAME];
	json_t *row;

	json_array_foreach(c->rows, i, row) {
		json_int_t start_ns = json_integer_value(json_object_get(row, "start_ns"));
		size_t workers = json_array_size(json_object_get(row, "lanes"));
		origin_ns = start_ns < origin_ns ? start_ns : origin_ns;
		lanes = workers > lanes ? workers : lanes;
	}
	metadata(out, "process_name", process, 0);
	fputs("{\"name\": ", out);
	text_json(out, export_name(s, c->cell, SUMMARY_REGIMES, name));
	fputs("}}", out);
	metadata(out, "process_sort_index", process, 0);
	fprintf(out, "{\"sort_index\": %u}}", process);
	for (unsigned lane = 0; lane <= lanes; lane++) {
		metadata(out, "thread_name", process, lane);
		snprintf(name, sizeof name, lane == 0 ? "runs" : "worker %u", lane - 1);
		fprintf(out, "{\"name\": \"%s\"}}", name);
		metadata(out, "thread_sort_index", process, lane);
		fprintf(out, "{\"sort_index\": %u}}", lane);
	}
	json_array_foreach(c->rows, i, row)
		row_events(out, row, process, origin_ns);
}

static void write_events(FILE *out, const struct summary *s, const struct chosen *chosen, unsigned count)
{
	fputs("{\"displayTimeUnit\": \"ns\", \"otherData\": {\"run_id\": ", out);
	text_json(out, s->run_id);
	fputs(", \"host\": ", out);
	text_json(out, s->host);
	fputs(", \"revision\": ", out);
	text_json(out, s->revision);
	fputs("}, \"traceEvents\": [", out);
	for (unsigned i = 0; i < count; i++)
		cell_events(out, s, &chosen[i], i + 1);
	fputs("\n]}\n", out);
}

int export_trace(FILE *out, const struct summary *s, char *why)
{
	struct chosen *chosen = calloc(s->cells + 1, sizeof *chosen);
	unsigned count = 0;
	int error;

	if (chosen == NULL) {
		snprintf(why, SUMMARY_WHY, "not enough memory for this results folder");
		return -ENOMEM;
	}
	for (unsigned i = 0; i < s->cells; i++)
		count += chosen_find(s->cell[i], SUMMARY_WARM, &chosen[count])
			|| chosen_find(s->cell[i], SUMMARY_COLD, &chosen[count]);
	error = chosen_read(s, chosen, count, why);
	if (error == 0)
		write_events(out, s, chosen, count);
	chosen_free(chosen, count);
	free(chosen);
	return error;
}
