/* SPDX-License-Identifier: MIT */
/* html_run.c -- the head of the page: what was measured, on what, what came out, what failed and what is missing. */
#include "bench/report/html_page.h"

#include "bench/base/text.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

/* ---- what was measured, on what ---- */

static void fact(struct page *p, const char *name, const char *value)
{
	html_print(p->out, "<div><dt>%s</dt><dd>%s</dd></div>\n", name, *value ? value : "not known");
}

static void processors(const struct summary *s, char *out, size_t size)
{
	int at = snprintf(out, size, s->cores > 0 ? "%u core%s" : "not known", s->cores, s->cores == 1 ? "" : "s");

	if (s->pus > 0)
		at += snprintf(out + at, size - (size_t)at, ", %u PU%s (hardware threads)", s->pus, s->pus == 1 ? ""
			: "s");
	if (s->packages > 1)
		at += snprintf(out + at, size - (size_t)at, ", %u packages", s->packages);
	if (s->core_kinds > 1)
		snprintf(out + at, size - (size_t)at, ", %u kinds of cores", s->core_kinds);
}

static void asked(const struct summary *s, char *out, size_t size)
{
	int at = snprintf(out, size, "%.40s%sintervals of ±%g %%", s->mode, *s->mode ? ", " : "", 100 * s->precision);

	if (!isnan(s->budget_s) && s->budget_s > 0)
		at += snprintf(out + at, size - (size_t)at, ", budget %g s", s->budget_s);
	snprintf(out + at, size - (size_t)at, s->weak ? "; n grows with the workers (weak scaling)"
		: "; the same n for any number of workers (strong scaling)");
}

/* How many speedups are as precise as asked, and the one that is least so. */
static void reached(const struct summary *s, char *out, size_t size)
{
	unsigned known = 0, precise = 0;
	double widest = 0;
	const struct summary_cell *which = NULL;

	for (unsigned i = 0; i < s->cells; i++) {
		const struct summary_measure *m = &s->cell[i]->regime[SUMMARY_WARM];
		if (isnan(m->halfwidth) || s->cell[i]->document || html_is_broken(s, s->cell[i]))
			continue;
		known++;
		precise += !m->imprecise;
		if (m->halfwidth > widest) {
			widest = m->halfwidth;
			which = s->cell[i];
		}
	}
	if (known == 0)
		snprintf(out, size, "no speedup has an interval: that needs %d blocks", SUMMARY_LEAST_BLOCKS);
	else if (which == NULL)
		snprintf(out, size, "%u of %u speedups (warm, measured size)", precise, known);
	else
		snprintf(out, size, "%u of %u speedups (warm, measured size); the widest interval is ±%.3g %%: %.80s, "
			"%.80s, p = %u", precise, known, 100 * widest, s->lesson[which->lesson].name,
			summary_variant_name(s, which), which->workers);
}

static void when(const struct summary *s, char *out, size_t size)
{
	char rows[40];

	snprintf(out, size, "%lu block%s, %s rows; ", (unsigned long)s->blocks, s->blocks == 1 ? "" : "s",
		text_count(s->rows, rows, sizeof rows));
	snprintf(out + strlen(out), size - strlen(out), s->finished ? "ended: %.200s"
		: "it did not come to its end: %.200s",
		s->stop_reason ? s->stop_reason : "not known");
}

static void facts(struct page *p)
{
	const struct summary *s = p->s;
	char text[640];

	fputs("<dl class=\"facts\">\n", p->out);
	fact(p, "Processor", s->model);
	processors(s, text, sizeof text);
	fact(p, "Cores", text);
	fact(p, "Hypervisor", s->hypervisor ? s->hypervisor : "none seen");
	fact(p, "Host", s->host);
	fact(p, "Kernel", s->kernel);
	fact(p, "Compiler", s->compiler);
	fact(p, "Revision", s->revision);
	fact(p, "Placement", s->policy);
	fact(p, "Started", s->started);
	snprintf(text, sizeof text, "%lu", (unsigned long)s->seed);
	fact(p, "Seed", text);
	asked(s, text, sizeof text);
	fact(p, "Asked for", text);
	reached(s, text, sizeof text);
	fact(p, "Reached", text);
	when(s, text, sizeof text);
	fact(p, "Stopped", text);
	fputs("</dl>\n", p->out);
}

static void ceiling(struct page *p)
{
	const struct summary *s = p->s;
	char ratio[16], interval[48];

	if (s->ceilings == 0) {
		fputs("<p>The machine&#39;s capacity was not measured: there is no ceiling to compare with.</p>\n",
			p->out);
		return;
	}
	fputs("<p>Ceiling, what copies of one loop that share nothing gain here:", p->out);
	for (unsigned i = 0; i < s->ceilings && i < HTML_ITEMS; i++) {
		const struct summary_measure *m = &s->ceiling[i]->regime[SUMMARY_WARM];
		words_interval(m->low, m->high, interval, sizeof interval);
		html_print(p->out, "%s <strong>%s</strong> <small>%s</small> at p = %u%s", i > 0 ? "," : "",
			words_ratio(m->speedup, ratio, sizeof ratio), interval, s->ceiling[i]->workers,
			!*interval ? " (too few blocks)" : m->imprecise ? " (imprecise)" : "");
	}
	fputs(".</p>\n", p->out);
}

static void disturbance(struct page *p)
{
	unsigned disturbed = 0, blocks = 0;

	for (unsigned i = 0; i < p->s->cells; i++) {
		const struct summary_measure *m = &p->s->cell[i]->regime[SUMMARY_WARM];
		for (unsigned b = 0; b < m->blocks; b++)
			disturbed += m->block[b].disturbed ? 1 : 0;
		blocks += m->blocks;
	}
	if (disturbed > 0)
		fprintf(p->out, "<p>Something else disturbed %u of %u measurements (steal, quota, waits for a CPU). "
			"All are used; where the others alone say otherwise, the verdict is inconclusive.</p>\n",
			disturbed, blocks);
}

/* ---- verdicts ---- */

static void headline(struct page *p, unsigned lesson)
{
	const struct chart *best = NULL;

	for (unsigned c = 0; c < p->charts->count; c++) {
		const struct chart *chart = &p->charts->chart[c];
		if (chart->lesson == lesson && (best == NULL || strcmp(chart->kind, "speedup") == 0))
			best = chart;
	}
	fputs("<tr><th scope=\"row\">", p->out);
	html_lesson_id(p, "<a href=\"#", lesson);
	putc('>', p->out);
	html_lesson_name(p, lesson);
	const char *title = best ? best->title : "no chart was asked for", *said = strstr(title, ": ");
	html_print(p->out, "</a></th><td>%s</td></tr>\n", best && best->script && said ? said + 2 : title);
}

static void headlines(struct page *p)
{
	unsigned shown = 0;

	html_table_begin(p->out, "headlines", "What each lesson found");
	fputs("<caption>What each lesson found (warm)</caption>\n", p->out);
	html_heads(p->out, (const char *const[]){ "Lesson", "Finding", NULL });
	for (unsigned i = 0; i < p->s->lessons && shown < HTML_LESSONS; i++)
		if (html_is_lesson(p->s, i)) {
			headline(p, i);
			shown++;
		}
	if (shown == 0)
		fputs("<tr><td colspan=\"2\">There is no lesson in this folder.</td></tr>\n", p->out);
	html_table_end(p->out);
}

/* Of the lessons' variants: yardsticks and the documents' own programs have nothing to win. */
static void counts(struct page *p)
{
	unsigned count[HTML_VERDICTS][2] = { { 0 } };

	for (unsigned i = 0; i < p->s->cells; i++) {
		const struct summary_cell *cell = p->s->cell[i];
		if (html_is_lesson(p->s, cell->lesson) && !html_is_original(p->s, cell))
			count[html_verdict(p->s, cell, html_judged(cell)) - html_verdicts][cell->document]++;
	}
	html_table_begin(p->out, "counts", "How many cells are faster, slower, unclear, failed");
	fputs("<caption>How many cells (variant, p, problem), without the documents&#39; own programs</caption>\n",
		p->out);
	html_heads(p->out, (const char *const[]){ "Verdict", "#Measured size", "#Document's size", NULL });
	for (unsigned v = 0; v < HTML_VERDICTS; v++)
		if (count[v][0] + count[v][1] > 0 || v == SUMMARY_FASTER || v == SUMMARY_SLOWER || v == SUMMARY_UNCLEAR
			|| v == SUMMARY_FAILED)
			html_print(p->out, "<tr><th scope=\"row\" class=\"%s\">%s <small>%s</small></th>"
				"<td class=\"n\">%u</td><td class=\"n\">%u</td></tr>\n", html_verdicts[v].class,
				html_verdicts[v].word, html_verdicts[v].means, count[v][0], count[v][1]);
	html_table_end(p->out);
}

static bool has_failed(const struct summary *s, const struct summary_cell *cell)
{
	return cell->regime[SUMMARY_WARM].verdict == SUMMARY_FAILED && !html_is_broken(s, cell);
}

static void failures(struct page *p)
{
	unsigned all = 0;
	char text[64];

	for (unsigned i = 0; i < p->s->cells; i++) {
		const struct summary_cell *cell = p->s->cell[i];
		if (!has_failed(p->s, cell))
			continue;
		if (all++ == 0)
			fputs("<h3>What failed</h3>\n<ul class=\"failures\">\n", p->out);
		if (all <= HTML_ITEMS)
			html_print(p->out, "<li>%s, %s, p = %u%s: <strong class=\"failed\">%s</strong>%s%s</li>\n",
				p->s->lesson[cell->lesson].name, summary_variant_name(p->s, cell), cell->workers,
				cell->document ? " (document's size)" : "",
				summary_verdict_text(p->s, cell, SUMMARY_WARM, text, sizeof text),
				cell->reason ? ": " : "", cell->reason ? cell->reason : "");
	}
	if (all > HTML_ITEMS)
		fprintf(p->out, "<li>and %u more: see <a href=\"summary.csv\">summary.csv</a></li>\n",
			all - HTML_ITEMS);
	if (all > 0)
		fputs("</ul>\n", p->out);
}

/* ---- what is missing ---- */

static void left_out(struct page *p)
{
	const struct summary *s = p->s;

	if (s->left_outs == 0)
		return;
	fprintf(p->out, "<h3>Left out</h3>\n<p>%u cell%s not measured:</p>\n<ul>\n", s->left_outs,
		s->left_outs == 1 ? " was" : "s were");
	for (unsigned i = 0; i < s->left_outs && i < HTML_ITEMS; i++) {
		const struct summary_left_out *cell = &s->left_out[i];
		html_print(p->out, "<li>%s, %s, p = %u%s: %s</li>\n", cell->lesson, cell->variant, cell->workers,
			strcmp(cell->size, "document") == 0 ? " (document's size)" : "", cell->reason);
	}
	if (s->left_outs > HTML_ITEMS)
		fprintf(p->out, "<li>and %u more: see <a href=\"run.json\">run.json</a></li>\n",
			s->left_outs - HTML_ITEMS);
	fputs("</ul>\n", p->out);
}

/* A sweep says the same of each of its problems: one note, and how often. */
static void notes(struct page *p)
{
	const struct summary *s = p->s;
	unsigned shown = 0, times;

	for (unsigned i = 0; i < s->notes && shown < HTML_ITEMS; i += times, shown++) {
		for (times = 1; i + times < s->notes && strcmp(s->note[i], s->note[i + times]) == 0; times++)
			;
		html_print(p->out, times > 1 ? "<li>%s (%u times)</li>\n" : "<li>%s</li>\n", s->note[i], times);
	}
	if (shown == HTML_ITEMS)
		fputs("<li>The rest is in <a href=\"run.json\">run.json</a>.</li>\n", p->out);
}

static void missing(struct page *p)
{
	const struct summary *s = p->s;

	left_out(p);
	if (s->notes == 0 && !s->truncated && s->finished)
		return;
	fputs("<h3>Notes</h3>\n", p->out);
	if (!s->finished || s->truncated)
		fprintf(p->out, "<p class=\"note\">%s%s</p>\n", s->finished ? ""
			: "This run did not come to its end: the page shows what it left. ", s->truncated
			? "The last line of samples.ndjson has no end (an interruption): it was not used." : "");
	if (s->notes == 0)
		return;
	fprintf(p->out, "<details%s><summary>%u note%s of the run</summary>\n<ul>\n", s->notes <= 8 ? " open=\"open\""
		: "",
		s->notes, s->notes == 1 ? "" : "s");
	notes(p);
	fputs("</ul></details>\n", p->out);
}

void html_run(struct page *p)
{
	fputs("<section id=\"machine\"><h2>What was measured, on what</h2>\n", p->out);
	facts(p);
	ceiling(p);
	disturbance(p);
	fputs("</section>\n<section id=\"verdicts\"><h2>Verdicts</h2>\n", p->out);
	headlines(p);
	counts(p);
	failures(p);
	missing(p);
	fputs("</section>\n", p->out);
}
