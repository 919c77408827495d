/* SPDX-License-Identifier: MIT */
/* csv.c -- summary.csv and findings.csv. */
#include "bench/report/csv.h"

#include "bench/report/findings.h"
#include "bench/report/paper.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static void text(FILE *out, const char *value)
{
	paper_csv(out, value);
	putc(',', out);
}

static void number(FILE *out, double value)
{
	if (!isnan(value))
		fprintf(out, "%.9g", value);
	putc(',', out);
}

static void memory(FILE *out, const struct summary *s, const struct summary_cell *cell)
{
	double speedup = NAN, low = NAN, high = NAN;

	if (cell->workers > 1)
		summary_memory_ceiling(s, cell, &speedup, &low, &high);
	number(out, speedup);
	number(out, low);
	number(out, high);
}

static void numbers(FILE *out, const struct summary *s, const struct summary_cell *cell,
	const struct summary_measure *m)
{
	const struct summary_measure *ceiling = summary_ceiling(s, cell->workers);

	fprintf(out, "%u,%u,", m->blocks, m->runs);
	number(out, m->median_s);
	number(out, m->p10_s);
	number(out, m->p90_s);
	number(out, m->low_s);
	number(out, m->high_s);
	number(out, m->speedup);
	number(out, m->low);
	number(out, m->high);
	number(out, m->speedup / cell->workers);
	number(out, ceiling ? ceiling->speedup : (double)NAN);
	number(out, ceiling ? ceiling->low : (double)NAN);
	number(out, ceiling ? ceiling->high : (double)NAN);
	number(out, (double)cell->n / m->median_s);
	number(out, m->clean);
	number(out, m->clean_low);
	number(out, m->clean_high);
	fprintf(out, "%u,%s,", m->pairs - m->clean_pairs, m->bimodal ? "yes" : "no");
	number(out, m->startup_s);
	number(out, m->work_s);
	number(out, m->teardown_s);
	number(out, m->imbalance);
	memory(out, s, cell);
	fprintf(out, "%" PRIu64 ",%" PRIu64 ",", cell->crossed_bytes, cell->moved_bytes);
}

static void row(FILE *out, const struct summary *s, const struct summary_cell *cell, enum summary_regime regime)
{
	const struct summary_lesson *lesson = &s->lesson[cell->lesson];
	char verdict[64];

	text(out, lesson->name);
	text(out, summary_variant_name(s, cell));
	text(out, cell->document ? "document" : "measured");
	text(out, cell->regime[regime].blocks > 0 ? summary_regime_name[regime] : "");
	fprintf(out, "%u,%" PRIu64 ",", cell->workers, cell->n);
	text(out, cell->params);
	numbers(out, s, cell, &cell->regime[regime]);
	fprintf(out, "%s\n", summary_verdict_text(s, cell, regime, verdict, sizeof verdict));
}

void csv_write(FILE *out, const struct summary *s)
{
	fputs("lesson,variant,size,regime,workers,n,params,blocks,runs,"
		"time_median_s,time_p10_s,time_p90_s,time_low_s,time_high_s,speedup,speedup_low,speedup_high,"
		"efficiency,ceiling,ceiling_low,ceiling_high,rate_per_s,clean,clean_low,clean_high,disturbed,bimodal,"
		"startup_s,work_s,teardown_s,imbalance,memory_ceiling,memory_ceiling_low,memory_ceiling_high,"
		"crossed_bytes,moved_bytes,verdict\n", out);
	for (unsigned i = 0; i < s->cells; i++) {
		const struct summary_cell *cell = s->cell[i];
		bool warm = cell->regime[SUMMARY_WARM].blocks > 0, cold = cell->regime[SUMMARY_COLD].blocks > 0;
		if (warm || !cold)
			row(out, s, cell, SUMMARY_WARM);
		if (cold)
			row(out, s, cell, SUMMARY_COLD);
	}
}

static void write_findings(FILE *out, const struct summary *s)
{
	fputs("lesson,kind,variant,workers,n,params,value,low,high,sentence\n", out);
	for (unsigned i = 0; i < s->findings; i++) {
		const struct finding *f = &s->finding[i];
		text(out, s->lesson[f->cell->lesson].name);
		text(out, finding_kind_name[f->kind]);
		text(out, summary_variant_name(s, f->cell));
		fprintf(out, "%u,%" PRIu64 ",", f->cell->workers, f->cell->n);
		text(out, f->cell->params);
		number(out, f->value);
		number(out, f->low);
		number(out, f->high);
		paper_csv(out, f->sentence);
		putc('\n', out);
	}
}

/* Written beside and renamed: a reader sees the old one or the new one. */
static int save(const char *folder, const char *name, void (*write)(FILE *, const struct summary *),
	const struct summary *s, char *why)
{
	char path[PATH_MAX], draft[PATH_MAX];
	int error = 0;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	snprintf(draft, sizeof draft, "%s/.%s", folder, name);
	FILE *out = fopen(draft, "we");
	if (out == NULL) {
		error = -errno;
		goto out;
	}
	write(out, s);
	if (ferror(out))
		error = -EIO;
	if (fclose(out) != 0 && error == 0)
		error = -errno;
	if (error == 0 && rename(draft, path) < 0)
		error = -errno;
	if (error < 0)
		unlink(draft);
out:
	if (error < 0)
		snprintf(why, SUMMARY_WHY, "cannot write %.300s: %s; make room or get write permission, "
			"then `manyhands report`", path, strerror(-error));
	return error;
}

int csv_save(const char *folder, const struct summary *s, char *why)
{
	int error = save(folder, "summary.csv", csv_write, s, why);
	return error < 0 ? error : save(folder, "findings.csv", write_findings, s, why);
}
