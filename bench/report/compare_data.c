/* SPDX-License-Identifier: MIT */
/* compare_data.c -- a comparison for programs: CSV and JSON. */
#include "bench/report/compare.h"

#include "bench/base/text.h"
#include "bench/report/export_json.h"
#include "bench/report/paper.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- CSV ---- */

static void csv_text(FILE *out, const char *value)
{
	paper_csv(out, value);
	putc(',', out);
}

static void csv_number(FILE *out, double value)
{
	if (isfinite(value))
		fprintf(out, "%.9g", value);
	putc(',', out);
}

static void csv_whole(FILE *out, const struct summary_cell *cell)
{
	if (cell != NULL)
		fprintf(out, "%" PRIu64, cell->n);
	putc(',', out);
}

static void csv_row(FILE *out, const struct compare *c, const struct compare_row *row)
{
	const struct summary *s = compare_summary(c, row);
	const struct summary_cell *cell = compare_cell(row);

	csv_text(out, s->lesson[cell->lesson].name);
	csv_text(out, summary_variant_name(s, cell));
	fprintf(out, "%s,%s,%u,", cell->document ? "document" : "measured", summary_regime_name[row->regime],
		cell->workers);
	csv_text(out, cell->params);
	csv_whole(out, row->a);
	csv_whole(out, row->b);
	fprintf(out, "%d,%u,%u,", row->per_item, row->blocks_a, row->blocks_b);
	csv_number(out, row->time_a_s);
	csv_number(out, row->time_b_s);
	csv_number(out, row->ratio.estimate);
	csv_number(out, row->ratio.low);
	csv_number(out, row->ratio.high);
	csv_number(out, row->alone.low);
	csv_number(out, row->alone.high);
	fprintf(out, "%s\n", compare_verdict_name[row->verdict]);
}

void compare_csv(FILE *out, const struct compare *c)
{
	fputs("lesson,variant,size,regime,workers,params,n_a,n_b,per_item,blocks_a,blocks_b,time_a_s,time_b_s,"
		"ratio,low,high,alone_low,alone_high,verdict\n", out);
	for (unsigned i = 0; i < c->rows; i++)
		csv_row(out, c, &c->row[i]);
}

/* ---- JSON ---- */

static void field(FILE *out, const char *before, const char *name, const char *value)
{
	fprintf(out, "%s\"%s\": ", before, name);
	text_json(out, value);
}

static void ratio(FILE *out, const char *name, const struct compare_ratio *r)
{
	fprintf(out, ", \"%s\": ", name);
	if (isnan(r->estimate)) {
		fputs("null", out);
		return;
	}
	fputs("{\"estimate\": ", out);
	export_number(out, r->estimate);
	fputs(", \"low\": ", out);
	export_number(out, r->low);
	fputs(", \"high\": ", out);
	export_number(out, r->high);
	putc('}', out);
}

static void run(FILE *out, const char *name, const struct summary *s)
{
	fprintf(out, " \"%s\": {", name);
	field(out, "", "run_id", s->run_id);
	field(out, ", ", "host", s->host);
	field(out, ", ", "model", s->model);
	field(out, ", ", "kernel", s->kernel);
	field(out, ", ", "revision", s->revision);
	field(out, ", ", "compiler", s->compiler);
	field(out, ", ", "policy", s->policy);
	field(out, ", ", "started", s->started);
	fputs("},\n", out);
}

static void n_of(FILE *out, const char *name, const struct summary_cell *cell)
{
	if (cell != NULL)
		fprintf(out, ", \"%s\": %" PRIu64, name, cell->n);
	else
		fprintf(out, ", \"%s\": null", name);
}

static void json_row(FILE *out, const struct compare *c, const struct compare_row *row)
{
	const struct summary *s = compare_summary(c, row);
	const struct summary_cell *cell = compare_cell(row);

	field(out, "  {", "lesson", s->lesson[cell->lesson].name);
	field(out, ", ", "variant", summary_variant_name(s, cell));
	fprintf(out, ", \"size\": \"%s\", \"workers\": %u, \"regime\": \"%s\"",
		cell->document ? "document" : "measured", cell->workers, summary_regime_name[row->regime]);
	field(out, ", ", "params", cell->params);
	n_of(out, "n_a", row->a);
	n_of(out, "n_b", row->b);
	fprintf(out, ", \"machine\": %s, \"per_item\": %s, \"blocks_a\": %u, \"blocks_b\": %u, \"time_a_s\": ",
		row->machine ? "true" : "false", row->per_item ? "true" : "false", row->blocks_a, row->blocks_b);
	export_number(out, row->time_a_s);
	fputs(", \"time_b_s\": ", out);
	export_number(out, row->time_b_s);
	ratio(out, "alone", &row->alone);
	ratio(out, "ratio", &row->ratio);
	field(out, ", ", "verdict", compare_verdict_name[row->verdict]);
	putc('}', out);
}

void compare_json(FILE *out, const struct compare *c)
{
	fputs("{\"schema_version\": 1,\n", out);
	run(out, "a", c->a);
	run(out, "b", c->b);
	fprintf(out, " \"twins\": %s, \"precision\": %.9g", c->twins ? "true" : "false", c->precision);
	ratio(out, "drift", &c->drift);
	fputs(",\n \"differences\": [", out);
	for (unsigned i = 0; i < c->differences; i++) {
		field(out, i > 0 ? ", {" : "{", "what", c->difference[i].what);
		field(out, ", ", "a", c->difference[i].a);
		field(out, ", ", "b", c->difference[i].b);
		putc('}', out);
	}
	fputs("],\n \"verdicts\": {", out);
	for (unsigned v = 0; v < COMPARE_VERDICTS; v++)
		fprintf(out, "%s\"%s\": %u", v > 0 ? ", " : "", compare_verdict_name[v], c->verdicts[v]);
	fputs("},\n \"cells\": [", out);
	for (unsigned i = 0; i < c->rows; i++) {
		fputs(i > 0 ? ",\n" : "\n", out);
		json_row(out, c, &c->row[i]);
	}
	fputs("]}\n", out);
}
