/* SPDX-License-Identifier: MIT */
/* result_exchange.c -- what a grading found, for systems that show it to a course: Gradescope's results.json, JUnit's
 * XML.  See result.h. */
#include "bench/grade/result.h"

#include "bench/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A copy that keeps lines and tabs, and is fit for XML and for a terminal otherwise; "" without memory. */
static char *clean_lines(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return strdup("");
	text_clean(copy);
	for (size_t i = 0; copy[i]; i++) {
		const unsigned char *c = (unsigned char *)copy + i;
		if (text[i] == '\n' || text[i] == '\t')
			copy[i] = text[i];
		else if (c[0] == 0xC2 && c[1] < 0xA0)           /* C1 control characters */
			copy[i] = copy[i + 1] = '?';
		else if (c[0] == 0xEF && c[1] == 0xBF && c[2] >= 0xBE)  /* U+FFFE and U+FFFF, which XML forbids */
			copy[i] = copy[i + 1] = copy[i + 2] = '?';
	}
	return copy;
}

static void say(FILE *out, const char *label, const char *text)
{
	if (text && *text)
		fprintf(out, "%s%s%s\n", label, *label ? ": " : "", text);
}

/* All that there is to say about one rung, malloc'd; "" when there is nothing. */
static char *rung_said(const struct part_result *part, unsigned k)
{
	const struct finding *f = &part->finding;
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);

	if (!out)
		return strdup("");
	say(out, "", part->rung[k].note);
	if (part->rung[k].state == RUNG_NOT_REACHED && part->failed >= 0)
		fprintf(out, "not reached: rung %d failed\n", part->failed + 1);
	if ((int)k == part->failed) {
		say(out, "expected", f->expected);
		say(out, "seen", f->seen);
		say(out, "", f->detail);
		say(out, "why", f->why);
		say(out, "try", f->advice);
		say(out, "replay", f->replay);
	}
	fclose(out);
	char *clean = clean_lines(text ? text : "");
	free(text);
	for (size_t end = clean ? strlen(clean) : 0; end > 0 && clean[end - 1] == '\n'; end--)
		clean[end - 1] = '\0';
	return clean;
}

/* ---- Gradescope ---- */

static void write_test(FILE *out, const struct part_result *part, unsigned k)
{
	const struct rung_result *rung = &part->rung[k];
	char *said = rung_said(part, k), name[96];

	snprintf(name, sizeof name, "%s: %u %s", mechanism_name[part->by], k + 1, rung_name[k]);
	fputs("{\"name\":", out);
	text_json(out, name);
	if (rung->state != RUNG_NOT_JUDGED)     /* without a score it is shown, and neither passed nor failed */
		fprintf(out, ",\"score\":%g,\"max_score\":%g,\"status\":\"%s\"", rung->points, rung->of,
			rung->state == RUNG_PASSED ? "passed" : "failed");
	fputs(",\"output\":", out);
	text_json(out, said ? said : "");
	fputs(",\"output_format\":\"text\",\"visibility\":\"visible\"}", out);
	free(said);
}

void result_gradescope(FILE *out, const struct result *r)
{
	char *said = NULL;
	size_t bytes;
	FILE *text = open_memstream(&said, &bytes);

	if (text) {
		result_text(text, r, false);
		fclose(text);
	}
	char *clean = clean_lines(said ? said : "");
	fprintf(out, "{\"score\":%g,\"execution_time\":%.3f,\"output\":", r->points, r->seconds);
	text_json(out, clean ? clean : "");
	fputs(",\"output_format\":\"text\",\"visibility\":\"visible\",\"stdout_visibility\":\"hidden\","
		"\"extra_data\":{\"lab\":", out);
	text_json(out, r->lab);
	fprintf(out, ",\"max_score\":%g,\"not_judged\":%g,\"seed\":%" PRIu64 "},\"tests\":[", r->of, r->not_judged,
		r->seed);
	for (unsigned p = 0; p < r->parts; p++)
		for (unsigned k = 0; k < RUNGS; k++) {
			fputs(p || k ? "," : "", out);
			write_test(out, &r->part[p], k);
		}
	fputs("]}\n", out);
	free(clean);
	free(said);
}

/* ---- JUnit ---- */

/* Cleaned before.  In an attribute a bare line end or tab would be read as a space. */
static void xml(FILE *out, const char *text, bool attribute)
{
	for (; text && *text; text++)
		switch (*text) {
		case '&':  fputs("&amp;", out); break;
		case '<':  fputs("&lt;", out); break;
		case '>':  fputs("&gt;", out); break;
		case '"':  fputs("&quot;", out); break;
		case '\'': fputs("&apos;", out); break;
		case '\n': fputs(attribute ? "&#10;" : "\n", out); break;
		case '\t': fputs(attribute ? "&#9;" : "\t", out); break;
		default:   putc(*text, out);
		}
}

static void write_attribute(FILE *out, const char *name, const char *text)
{
	char *clean = clean_lines(text ? text : "");

	fprintf(out, " %s=\"", name);
	xml(out, clean, true);
	putc('"', out);
	free(clean);
}

static void count(const struct part_result *part, unsigned *failures, unsigned *skipped, double *seconds)
{
	for (unsigned k = 0; k < RUNGS; k++) {
		*failures += part->rung[k].state == RUNG_FAILED;
		*skipped += part->rung[k].state == RUNG_NOT_REACHED || part->rung[k].state == RUNG_NOT_JUDGED;
		*seconds += part->rung[k].seconds;
	}
}

static void write_counts(FILE *out, unsigned parts, unsigned failures, unsigned skipped, double seconds)
{
	fprintf(out, " tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\" time=\"%.3f\">\n", parts * RUNGS,
		failures, skipped, seconds);
}

static void write_case(FILE *out, const struct result *r, const struct part_result *part, unsigned k)
{
	const struct rung_result *rung = &part->rung[k];
	char *said = rung_said(part, k), name[96];

	snprintf(name, sizeof name, "%.60s.%s", r->lab, mechanism_name[part->by]);
	fputs("    <testcase", out);
	write_attribute(out, "classname", name);
	snprintf(name, sizeof name, "%u %s", k + 1, rung_name[k]);
	write_attribute(out, "name", name);
	fprintf(out, " time=\"%.3f\">", rung->seconds);
	if (rung->state == RUNG_FAILED) {
		fputs("<failure", out);
		write_attribute(out, "message", part->finding.seen);
		write_attribute(out, "type", rung_name[k]);
		putc('>', out);
		xml(out, said, false);
		fputs("</failure>", out);
	} else if (rung->state != RUNG_PASSED) {
		fputs("<skipped", out);
		write_attribute(out, "message", said && *said ? said : rung_state_name[rung->state]);
		fputs("/>", out);
	} else if (said && *said) {
		fputs("<system-out>", out);
		xml(out, said, false);
		fputs("</system-out>", out);
	}
	fputs("</testcase>\n", out);
	free(said);
}

void result_junit(FILE *out, const struct result *r)
{
	unsigned failures = 0, skipped = 0;
	double seconds = 0;

	for (unsigned p = 0; p < r->parts; p++)
		count(&r->part[p], &failures, &skipped, &seconds);
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", out);
	write_attribute(out, "name", r->title);
	write_counts(out, r->parts, failures, skipped, seconds);
	for (unsigned p = 0; p < r->parts; p++) {
		failures = skipped = 0;
		seconds = 0;
		count(&r->part[p], &failures, &skipped, &seconds);
		fputs("  <testsuite", out);
		write_attribute(out, "name", r->part[p].file);
		write_counts(out, 1, failures, skipped, seconds);
		for (unsigned k = 0; k < RUNGS; k++)
			write_case(out, r, &r->part[p], k);
		fputs("  </testsuite>\n", out);
	}
	fputs("</testsuites>\n", out);
}
