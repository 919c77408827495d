/* SPDX-License-Identifier: MIT */
/* export.c -- medians and their intervals as CSV and in three kinds of JSON. */
#include "bench/report/export.h"

#include "bench/base/text.h"
#include "bench/report/csv.h"
#include "bench/report/export_json.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

const char *const export_format_name[] = {
	[EXPORT_CSV] = "csv", [EXPORT_GITHUB] = "github", [EXPORT_BMF] = "bmf", [EXPORT_TRACE] = "trace",
	[EXPORT_HYPERFINE] = "hyperfine",
};

/* ---- names ---- */

/* Appends a name in which / and % cannot be mistaken for ours. */
static char *add_escaped(char *at, const char *end, const char *name)
{
	for (; *name && at + 4 < end; name++)
		if (*name == '/' || *name == '%')
			at += snprintf(at, (size_t)(end - at), "%%%02X", (unsigned)*name);
		else
			*at++ = *name;
	*at = '\0';
	return at;
}

char *export_name(const struct summary *s, const struct summary_cell *cell, enum summary_regime regime, char *out)
{
	char *end = out + EXPORT_NAME, *at = add_escaped(out, end - 1024, s->lesson[cell->lesson].name);

	*at++ = '/';
	at = add_escaped(at, end - 768, summary_variant_name(s, cell));
	snprintf(at, (size_t)(end - at), "/%s/p=%u/n=%" PRIu64 "%s%s%s%s", cell->document ? "document" : "measured",
		cell->workers, cell->n, regime < SUMMARY_REGIMES ? "/" : "",
		regime < SUMMARY_REGIMES ? summary_regime_name[regime] : "", *cell->params ? "/" : "", cell->params);
	return out;
}

bool export_has_time(const struct summary_cell *cell, enum summary_regime regime)
{
	return cell->regime[regime].blocks > 0 && cell->regime[regime].verdict != SUMMARY_FAILED;
}

/* Calls `each` for what has a time, with a comma between; returns how many. */
static unsigned for_each_time(FILE *out, const struct summary *s,
	void (*each)(FILE *, const struct summary *, const struct summary_cell *, enum summary_regime))
{
	unsigned count = 0;

	for (unsigned i = 0; i < s->cells; i++)
		for (unsigned regime = 0; regime < SUMMARY_REGIMES; regime++) {
			if (!export_has_time(s->cell[i], regime))
				continue;
			fputs(count++ > 0 ? ",\n" : "\n", out);
			each(out, s, s->cell[i], regime);
		}
	if (count > 0)
		putc('\n', out);
	return count;
}

/* ---- github ---- */

static void github_entry(FILE *out, const struct summary *s, const struct summary_cell *cell,
	enum summary_regime regime)
{
	const struct summary_measure *m = &cell->regime[regime];
	char name[EXPORT_NAME], extra[256], verdict[64];
	int at;

	fputs("  {\"name\": ", out);
	text_json(out, export_name(s, cell, regime, name));
	fputs(", \"unit\": \"ns\", \"value\": ", out);
	export_number(out, m->median_s * 1e9);
	if (!isnan(m->low_s))
		fprintf(out, ", \"range\": \"\u00b1 %.3g\"", (m->high_s - m->low_s) / 2 * 1e9);
	at = snprintf(extra, sizeof extra, "%u blocks, %u runs", m->blocks, m->runs);
	if (!isnan(m->low_s))
		at += snprintf(extra + at, sizeof extra - (size_t)at, "\nmedian, 95 %% interval: [%.6g, %.6g] ns",
			m->low_s * 1e9, m->high_s * 1e9);
	if (!isnan(m->low))
		at += snprintf(extra + at, sizeof extra - (size_t)at, "\nspeedup: %.4g [%.4g, %.4g]", m->speedup,
			m->low, m->high);
	snprintf(extra + at, sizeof extra - (size_t)at, "\nverdict: %s",
		summary_verdict_text(s, cell, regime, verdict, sizeof verdict));
	fputs(", \"extra\": ", out);
	text_json(out, extra);
	putc('}', out);
}

/* ---- bmf ---- */

static void bmf_measure(FILE *out, const char *name, double value, double low, double high)
{
	fprintf(out, "\"%s\": {\"value\": %.9g", name, value);
	if (isfinite(low) && isfinite(high))
		fprintf(out, ", \"lower_value\": %.9g, \"upper_value\": %.9g", low, high);
	putc('}', out);
}

static void bmf_entry(FILE *out, const struct summary *s, const struct summary_cell *cell, enum summary_regime regime)
{
	const struct summary_measure *m = &cell->regime[regime];
	char name[EXPORT_NAME];
	double n = (double)cell->n;

	fputs("  ", out);
	text_json(out, export_name(s, cell, regime, name));
	fputs(": {", out);
	bmf_measure(out, "latency", m->median_s * 1e9, m->low_s * 1e9, m->high_s * 1e9);
	fputs(", ", out);
	bmf_measure(out, "throughput", n / m->median_s, n / m->high_s, n / m->low_s);
	if (!isnan(m->speedup)) {
		fputs(", ", out);
		bmf_measure(out, "speedup", m->speedup, m->low, m->high);
	}
	putc('}', out);
}

/* ---- hyperfine ---- */

/* "jobs=2 lowest=1" as ", "jobs": "2", "lowest": "1"": values are texts there. */
static void hyperfine_params(FILE *out, const char *params)
{
	char copy[512], *rest;

	snprintf(copy, sizeof copy, "%s", params);
	for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
		char *value = strrchr(word, '=');
		if (value == NULL || value == word)
			continue;       /* a name with a space in it: not one of ours */
		*value++ = '\0';
		fputs(", ", out);
		char name[600];
		snprintf(name, sizeof name, "param_%s", word);  /* n and workers may be names of params, too */
		text_json(out, name);
		fputs(": ", out);
		text_json(out, value);
	}
}

static void hyperfine_times(FILE *out, const struct summary_measure *m)
{
	fputs(",\n   \"times\": [", out);
	for (unsigned i = 0; i < m->blocks; i++) {
		fputs(i > 0 ? ", " : "", out);
		export_number(out, m->block[i].time_s);
	}
	fputs("],\n   \"exit_codes\": [", out);
	for (unsigned i = 0; i < m->blocks; i++)
		fputs(i > 0 ? ", 0" : "0", out);        /* only trials that ended well have times */
	putc(']', out);
}

static void hyperfine_entry(FILE *out, const struct summary *s, const struct summary_cell *cell,
	enum summary_regime regime)
{
	const struct summary_measure *m = &cell->regime[regime];
	double mean = 0, squares = 0, least = INFINITY, most = 0;
	char name[EXPORT_NAME];

	for (unsigned i = 0; i < m->blocks; i++) {
		mean += m->block[i].time_s / m->blocks;
		least = fmin(least, m->block[i].time_s);
		most = fmax(most, m->block[i].time_s);
	}
	for (unsigned i = 0; i < m->blocks; i++)
		squares += (m->block[i].time_s - mean) * (m->block[i].time_s - mean);
	fputs("  {\"command\": ", out);
	text_json(out, export_name(s, cell, regime, name));
	fputs(", \"mean\": ", out);
	export_number(out, mean);
	fputs(", \"stddev\": ", out);
	export_number(out, m->blocks > 1 ? sqrt(squares / (m->blocks - 1)) : (double)NAN);
	fputs(", \"median\": ", out);
	export_number(out, m->median_s);
	fputs(", \"user\": null, \"system\": null, \"min\": ", out);
	export_number(out, least);
	fputs(", \"max\": ", out);
	export_number(out, most);
	hyperfine_times(out, m);
	fputs(",\n   \"parameters\": {\"lesson\": ", out);
	text_json(out, s->lesson[cell->lesson].name);
	fputs(", \"variant\": ", out);
	text_json(out, summary_variant_name(s, cell));
	fprintf(out, ", \"size\": \"%s\", \"regime\": \"%s\", \"workers\": \"%u\", \"n\": \"%" PRIu64 "\"",
		cell->document ? "document" : "measured", summary_regime_name[regime], cell->workers, cell->n);
	hyperfine_params(out, cell->params);
	fputs("}}", out);
}

/* ---- the door ---- */

int export_write(FILE *out, const struct summary *s, enum export_format format, char *why)
{
	switch (format) {
	case EXPORT_CSV:
		csv_write(out, s);
		return 0;
	case EXPORT_GITHUB:
		putc('[', out);
		for_each_time(out, s, github_entry);
		fputs("]\n", out);
		return 0;
	case EXPORT_BMF:
		putc('{', out);
		for_each_time(out, s, bmf_entry);
		fputs("}\n", out);
		return 0;
	case EXPORT_HYPERFINE:
		fputs("{\"results\": [", out);
		for_each_time(out, s, hyperfine_entry);
		fputs("]}\n", out);
		return 0;
	case EXPORT_TRACE:
	case EXPORT_FORMATS:
		break;
	}
	return export_trace(out, s, why);
}
