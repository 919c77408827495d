/* SPDX-License-Identifier: MIT */
/* html_document.c -- what the documents did: their own programs beside ours, and what they printed. */
#include "bench/report/html_page.h"

#include "bench/base/stats.h"
#include "bench/report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORIGINALS = 4, ORIGINALS_ROWS = 64, PRINTED = 3000 };

/* ---- how many times as fast is C ---- */

struct ratio {
	double centre, low, high;
};

/* Time of a over time of b in the blocks that both have: Hodges and Lehmann's, as speedups are. */
static struct ratio compare(const struct summary_cell *a, const struct summary_cell *b)
{
	const struct summary_measure *from = &a->regime[SUMMARY_WARM], *to = &b->regime[SUMMARY_WARM];
	struct ratio r = { NAN, NAN, NAN };
	struct stats_interval interval;
	size_t n = 0;
	double *x = malloc((from->blocks + 1) * sizeof *x);
	double *scratch = malloc(((size_t)from->blocks * (from->blocks + 1) / 2 + 1) * sizeof *scratch);

	for (unsigned i = 0, j = 0; i < from->blocks && x != NULL && scratch != NULL; i++) {
		while (j < to->blocks && to->block[j].block < from->block[i].block)
			j++;
		if (j < to->blocks && to->block[j].block == from->block[i].block && to->block[j].time_s > 0
			&& from->block[i].time_s > 0)
			x[n++] = log(from->block[i].time_s / to->block[j].time_s);
	}
	if (n >= SUMMARY_LEAST_BLOCKS && stats_hodges_lehmann(x, n, 0.95, scratch, &r.centre, &interval) == 0)
		r = (struct ratio){ exp(r.centre), exp(interval.low), exp(interval.high) };
	else if (n > 0 && stats_hodges_lehmann(x, n, 0.95, scratch, &r.centre, NULL) == 0)
		r.centre = exp(r.centre);
	free(x);
	free(scratch);
	return r;
}

static bool has_time(const struct summary_cell *cell)
{
	return cell->regime[SUMMARY_WARM].blocks > 0 && cell->regime[SUMMARY_WARM].verdict != SUMMARY_FAILED;
}

static void originals_head(struct page *p, const struct summary_cell *const *original, unsigned originals)
{
	char words[ORIGINALS][160];
	const char *heads[3 + ORIGINALS + 1] = { "Variant", "#p", "#Time" };

	html_table_begin(p->out, "sortable", "The documents' own programs");
	fputs("<caption>C beside the document&#39;s own program in Python: how many times as fast (warm), ", p->out);
	html_size(p, original[0], original[0]->n);
	fputs("</caption>\n", p->out);
	for (unsigned i = 0; i < originals; i++) {
		snprintf(words[i], sizeof words[i], "#as fast as %.100s, p = %u", summary_variant_name(p->s,
			original[i]),
			original[i]->workers);
		heads[3 + i] = words[i];
	}
	html_heads(p->out, heads);
}

static void originals_row(struct page *p, const struct summary_cell *cell, const struct summary_cell *const *original,
	unsigned originals)
{
	const struct summary_measure *m = &cell->regime[SUMMARY_WARM];

	html_print(p->out, "<tr><th scope=\"row\">%s</th><td class=\"n\" data-v=\"%u\">%u</td>",
		summary_variant_name(p->s, cell), cell->workers, cell->workers);
	html_td_time(p->out, m->median_s, m->low_s, m->high_s);
	for (unsigned i = 0; i < originals; i++) {
		struct ratio r = compare(original[i], cell);
		html_td_ratio(p->out, original[i] == cell ? (double)NAN : r.centre, r.low, r.high);
	}
	fputs("</tr>\n", p->out);
}

/* One problem: [begin, end). */
static bool originals_table(struct page *p, unsigned begin, unsigned end, bool any)
{
	const struct summary_cell *original[ORIGINALS];
	unsigned originals = 0, shown = 0;

	for (unsigned i = begin; i < end && originals < ORIGINALS; i++)
		if (html_is_original(p->s, p->s->cell[i]) && has_time(p->s->cell[i]))
			original[originals++] = p->s->cell[i];
	if (originals == 0)
		return false;
	if (!any)
		fputs("<h3>Python&#39;s original</h3>\n", p->out);
	originals_head(p, original, originals);
	for (unsigned i = begin; i < end && shown < ORIGINALS_ROWS; i++)
		if (has_time(p->s->cell[i]) && !html_is_broken(p->s, p->s->cell[i])) {
			originals_row(p, p->s->cell[i], original, originals);
			shown++;
		}
	html_table_end(p->out);
	return true;
}

void html_originals(struct page *p, unsigned begin, unsigned end)
{
	bool any = false;

	for (unsigned next; begin < end; begin = next) {
		for (next = begin; next < end && summary_same_problem(p->s->cell[begin], p->s->cell[next]); next++)
			;
		any |= originals_table(p, begin, next, any);
	}
}

/* ---- what the document printed ---- */

static void output(struct page *p, const char *text)
{
	fputs("<pre>", p->out);
	html_lines(p->out, text, PRINTED);
	fputs("</pre>", p->out);
}

static void example(struct page *p, const struct summary_example *e, const char *unit)
{
	char size[256];

	html_print(p->out, "<tr><th scope=\"row\">%s", e->source);
	if (e->workers > 0) {
		words_size(e->n, unit, "", size, sizeof size);
		html_print(p->out, " <small>%s, %u worker%s</small>", size, e->workers, e->workers == 1 ? "" : "s");
	}
	fputs("</th><td>", p->out);
	output(p, e->prints);
	fputs("</td><td>", p->out);
	if (e->printed != NULL)
		output(p, e->printed);
	else
		fputs("nothing", p->out);
	if (e->printed == NULL)
		fputs("</td><td class=\"unclear\">not known</td></tr>\n", p->out);
	else if (strcmp(e->prints, e->printed) == 0)
		fputs("</td><td class=\"faster\">the same</td></tr>\n", p->out);
	else
		fputs("</td><td class=\"failed\">it differs</td></tr>\n", p->out);
}

void html_printed(struct page *p, unsigned lesson)
{
	const struct summary_lesson *about = &p->s->lesson[lesson];

	if (about->examples == 0)
		return;
	fputs("<h3>What the document printed</h3>\n", p->out);
	html_table_begin(p->out, "printed", "What the document printed, and what came out here");
	fputs("<caption>What the document printed, and what came out here (by serial)</caption>\n", p->out);
	html_heads(p->out, (const char *const[]){ "Document", "It printed", "Here", "Compared", NULL });
	for (unsigned i = 0; i < about->examples && i < HTML_ITEMS; i++)
		example(p, &about->example[i], about->unit);
	html_table_end(p->out);
}
