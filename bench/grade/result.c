/* SPDX-License-Identifier: MIT */
/* result.c -- what a grading found, added up, and as JSON.  See result.h. */
#include "bench/grade/result.h"

#include "bench/base/text.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const rung_name[RUNGS] = { "builds", "uses the mechanism", "right", "right every time", "clean",
	"leaves nothing", "ends", "fast" };
const char *const rung_state_name[4] = { "not reached", "passed", "failed", "not judged" };

void result_sum(struct result *r)
{
	r->points = r->not_judged = r->of = 0;
	for (unsigned p = 0; p < r->parts; p++)
		for (unsigned k = 0; k < RUNGS; k++) {
			const struct rung_result *rung = &r->part[p].rung[k];
			r->of += rung->of;
			r->points += rung->points;
			if (rung->state == RUNG_NOT_JUDGED)
				r->not_judged += rung->of;
		}
}

int result_last_rung(const struct part_result *part)
{
	int rungs = 0;

	while (rungs < RUNGS && (part->rung[rungs].state == RUNG_PASSED || part->rung[rungs].state == RUNG_NOT_JUDGED))
		rungs++;
	return rungs;
}

void result_free(struct result *r)
{
	for (unsigned p = 0; p < r->parts; p++) {
		struct part_result *part = &r->part[p];
		struct finding *f = &part->finding;
		char *const texts[] = { f->expected, f->seen, f->why, f->advice, f->detail, f->replay, part->file };
		for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
			free(texts[i]);
		for (unsigned k = 0; k < RUNGS; k++)
			free(part->rung[k].note);
	}
	free(r->lab);
	free(r->lesson);
	free(r->title);
	*r = (struct result){ 0 };
}

static void text(FILE *out, const char *key, const char *value)
{
	fprintf(out, ",\"%s\":", key);
	text_json(out, value);
}

static void write_finding(FILE *out, const struct finding *f)
{
	fputs(",\"finding\":{\"expected\":", out);
	text_json(out, f->expected);
	text(out, "seen", f->seen);
	text(out, "why", f->why);
	text(out, "advice", f->advice);
	text(out, "detail", f->detail);
	text(out, "replay", f->replay);
	putc('}', out);
}

static void write_part(FILE *out, const struct part_result *part)
{
	fprintf(out, "{\"by\":\"%s\"", mechanism_name[part->by]);
	text(out, "file", part->file);
	fprintf(out, ",\"last_rung\":%d", result_last_rung(part));
	fputs(",\"rungs\":[", out);
	for (unsigned k = 0; k < RUNGS; k++) {
		const struct rung_result *rung = &part->rung[k];
		fprintf(out, "%s{\"rung\":%u,\"name\":\"%s\",\"state\":\"%s\",\"points\":%g,\"of\":%g,\"seconds\":%.3f",
			k ? "," : "", k + 1, rung_name[k], rung_state_name[rung->state], rung->points, rung->of,
			rung->seconds);
		text(out, "note", rung->note);
		putc('}', out);
	}
	putc(']', out);
	if (part->failed >= 0) {
		fprintf(out, ",\"failed\":%d", part->failed + 1);
		write_finding(out, &part->finding);
	} else {
		fputs(",\"failed\":null,\"finding\":null", out);
	}
	putc('}', out);
}

void result_json(FILE *out, const struct result *r)
{
	fputs("{\"schema_version\":1", out);
	text(out, "lab", r->lab);
	text(out, "lesson", r->lesson);
	text(out, "title", r->title);
	fprintf(out, ",\"seed\":%" PRIu64 ",\"points\":%g,\"not_judged\":%g,\"of\":%g,\"seconds\":%.3f,\"answers\":[",
		r->seed, r->points, r->not_judged, r->of, r->seconds);
	for (unsigned p = 0; p < r->parts; p++) {
		fputs(p ? "," : "", out);
		write_part(out, &r->part[p]);
	}
	fputs("]}\n", out);
}
