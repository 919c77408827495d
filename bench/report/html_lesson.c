/* SPDX-License-Identifier: MIT */
/* html_lesson.c -- a section per lesson: question, charts, figures, the document's results, mistakes, findings. */
#include "bench/report/html_page.h"

#include "bench/report/chart.h"
#include "bench/report/findings.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

/* Cells [begin, end) of the summary. */
struct range {
	unsigned begin, end;
};

static struct range problem_at(const struct summary *s, unsigned begin, unsigned most)
{
	struct range r = { begin, begin };

	while (r.end < most && summary_same_problem(s->cell[begin], s->cell[r.end]))
		r.end++;
	return r;
}

/* ---- a problem's figures ---- */

static void problem_caption(struct page *p, const struct summary_cell *first)
{
	const struct summary_cell *base = summary_base(p->s, first);
	char time[96];

	html_size(p, first, first->problem);
	fputs(p->s->weak && !first->document ? ", for each worker" : "", p->out);
	if (base == NULL || base->regime[SUMMARY_WARM].blocks == 0) {
		fputs("; serial has no time here, so nothing has a speedup", p->out);
		return;
	}
	const struct summary_measure *m = &base->regime[SUMMARY_WARM];
	fputs("; serial takes ", p->out);
	html_figure(p->out, words_time_interval(m->median_s, m->low_s, m->high_s, time, sizeof time));
	fprintf(p->out, ", %u block%s", m->blocks, m->blocks == 1 ? "" : "s");
}

static void problem_row(struct page *p, const struct summary_cell *cell)
{
	const struct summary *s = p->s;
	const struct summary_measure *warm = &cell->regime[SUMMARY_WARM], *cold = &cell->regime[SUMMARY_COLD];
	const struct summary_measure *ceiling = summary_ceiling(s, cell->workers);
	bool bounded = ceiling != NULL && !ceiling->imprecise && !s->lesson[cell->lesson].waits && cell->workers > 1;

	html_print(p->out, "<tr><th scope=\"row\">%s</th><td class=\"n\" data-v=\"%u\">%u</td>",
		summary_variant_name(s, cell), cell->workers, cell->workers);
	html_td_time(p->out, warm->blocks > 0 ? warm->median_s : (double)NAN, warm->low_s, warm->high_s);
	html_td_ratio(p->out, warm->speedup, warm->low, warm->high);
	html_td_ratio(p->out, warm->speedup / cell->workers, (double)NAN, (double)NAN);
	html_td_percent(p->out, bounded ? warm->speedup / ceiling->speedup : (double)NAN);
	html_td_time(p->out, cold->blocks > 0 ? cold->median_s : (double)NAN, cold->low_s, cold->high_s);
	html_td_ratio(p->out, cold->speedup, cold->low, cold->high);
	fprintf(p->out, "<td class=\"n\" data-v=\"%u\">%u</td>", warm->blocks, warm->blocks);
	html_td_verdict(p, cell, html_judged(cell));
	fputs("</tr>\n", p->out);
}

/* The speedup that the memory's pace would allow, for a lesson that says how many bytes it moves. */
static void memory(struct page *p, struct range r)
{
	const struct summary_cell *widest = p->s->cell[r.begin];
	double speedup, low, high;
	char ratio[16], interval[48];

	for (unsigned i = r.begin; i < r.end; i++)
		if (p->s->cell[i]->workers > widest->workers)
			widest = p->s->cell[i];
	if (summary_memory_ceiling(p->s, widest, &speedup, &low, &high))
		html_print(p->out, "<p>The memory&#39;s ceiling at p = %u: %s <small>%s</small></p>\n", widest->workers,
			words_ratio(speedup, ratio, sizeof ratio), words_interval(low, high, interval,
			sizeof interval));
}

static void problem_table(struct page *p, struct range r)
{
	unsigned shown = 0, all = 0;

	html_table_begin(p->out, "sortable", "Figures");
	fputs("<caption>", p->out);
	problem_caption(p, p->s->cell[r.begin]);
	fputs("</caption>\n", p->out);
	html_heads(p->out, (const char *const[]){ "Variant", "#p", "#Warm time", "#Speedup", "#Efficiency",
		"#Of the ceiling",
		"#Cold time", "#Cold speedup", "#Blocks", "Verdict", NULL });
	for (unsigned i = r.begin; i < r.end; i++) {
		if (html_is_broken(p->s, p->s->cell[i]))
			continue;
		if (all++ < HTML_LESSON_ROWS) {
			problem_row(p, p->s->cell[i]);
			shown++;
		}
	}
	html_table_end(p->out);
	if (shown < all)
		fprintf(p->out, "<p class=\"note\">These are the first %u of %u; "
			"<a href=\"summary.csv\">summary.csv</a> has all.</p>\n", shown, all);
	memory(p, r);
}

static bool has_row(const struct summary *s, struct range r)
{
	for (unsigned i = r.begin; i < r.end; i++)
		if (!html_is_broken(s, s->cell[i]))
			return true;
	return false;
}

/* The problem that has most cells, as in the charts, in full view; a sweep's others can be unfolded. */
static void figures(struct page *p, unsigned lesson, struct range cells, bool document)
{
	struct group widest = chart_group(p->s, lesson, document);
	struct range r = { widest.begin, widest.end };
	unsigned shown = 0;

	if (r.begin == r.end)
		return;
	fputs(document ? "<h3>The document&#39;s size</h3>\n" : "<h3>Figures</h3>\n", p->out);
	problem_table(p, r);
	for (unsigned begin = cells.begin; begin < cells.end && shown < HTML_ITEMS; begin = r.end) {
		r = problem_at(p->s, begin, cells.end);
		if (p->s->cell[begin]->document != document || begin == widest.begin || !has_row(p->s, r))
			continue;
		fputs("<details><summary>", p->out);
		html_size(p, p->s->cell[begin], p->s->cell[begin]->problem);
		fputs("</summary>\n", p->out);
		problem_table(p, r);
		fputs("</details>\n", p->out);
		shown++;
	}
	if (shown == HTML_ITEMS)
		fputs("<p class=\"note\">More problems are in <a href=\"summary.csv\">summary.csv</a>.</p>\n", p->out);
}

/* ---- mistakes, told apart ---- */

static void broken_row(struct page *p, const struct summary_cell *cell)
{
	char verdict[64];

	html_print(p->out, "<tr><th scope=\"row\">%s</th><td class=\"n\">%u</td><td>", summary_variant_name(p->s, cell),
		cell->workers);
	html_size(p, cell, cell->n);
	html_print(p->out, "</td><td class=\"broken\">%s</td><td>%s</td></tr>\n",
		summary_verdict_text(p->s, cell, html_judged(cell), verdict, sizeof verdict),
		cell->reason ? cell->reason : "it did not show its mistake");
}

static bool is_measured(struct page *p, struct range cells, unsigned variant)
{
	for (unsigned i = cells.begin; i < cells.end; i++)
		if (p->s->cell[i]->variant == variant)
			return true;
	return false;
}

/* A run measures no mistakes; `show` runs them. */
static void broken_unseen(struct page *p, unsigned lesson, struct range cells)
{
	const struct summary_lesson *about = &p->s->lesson[lesson];

	for (unsigned v = 0; v < about->variants; v++)
		if (about->variant[v].broken && !is_measured(p, cells, v))
			html_print(p->out, "<p class=\"note\">%s is wrong on purpose, and was not measured: "
				"<code>manyhands show %s</code> shows what it does.</p>\n", about->variant[v].name,
				about->name);
}

static void broken(struct page *p, struct range lesson)
{
	unsigned shown = 0;

	for (unsigned i = lesson.begin; i < lesson.end && shown < HTML_LESSON_ROWS; i++) {
		if (!html_is_broken(p->s, p->s->cell[i]))
			continue;
		if (shown++ == 0) {
			fputs("<h3>Wrong on purpose</h3>\n<p>These files show a mistake. "
				"They have no speedup, whatever their time.</p>\n", p->out);
			html_table_begin(p->out, "broken", "Wrong on purpose");
			fputs("<caption>What the mistakes did</caption>\n", p->out);
			html_heads(p->out, (const char *const[]){ "Variant", "#p", "Problem", "Trials",
				"What happened in the first", NULL });
		}
		broken_row(p, p->s->cell[i]);
	}
	if (shown > 0)
		html_table_end(p->out);
}

/* ---- what follows ---- */

static bool is_law(const struct finding *f)
{
	return f->kind > FINDING_SERIAL_SHARE && f->kind <= FINDING_PEAK;
}

/* The sentence without the variant's name that begins it: many are refused in the same words. */
static const char *reason_of(const struct summary *s, const struct finding *f)
{
	size_t name = strlen(summary_variant_name(s, f->cell));

	return strlen(f->sentence) > name + 2 ? f->sentence + name + 2 : f->sentence;
}

/* e(p) of single cells is worth a line where the cell gains anything, and on most workers. */
static bool is_said(const struct summary *s, const struct finding *f, unsigned most)
{
	if (f->kind == FINDING_SERIAL_SHARE)
		return f->cell->workers == most && !isnan(f->low)
			&& f->cell->regime[SUMMARY_WARM].verdict == SUMMARY_FASTER;
	return !html_is_broken(s, f->cell) && (!is_law(f) || !isnan(f->value));
}

/* Laws that were not fitted: each reason once, with the first that it is about. */
static void refused(struct page *p, unsigned lesson)
{
	enum { REASONS = 12 };
	const struct finding *first[REASONS];
	unsigned more[REASONS] = { 0 }, reasons = 0, at;

	for (unsigned i = 0; i < p->s->findings; i++) {
		const struct finding *f = &p->s->finding[i];
		if (f->cell->lesson != lesson || !is_law(f) || !isnan(f->value))
			continue;
		for (at = 0; at < reasons && strcmp(reason_of(p->s, first[at]), reason_of(p->s, f)) != 0; at++)
			;
		if (at == reasons && reasons < REASONS)
			first[reasons++] = f;
		else if (at < reasons)
			more[at]++;
	}
	if (reasons == 0)
		return;
	fputs("<details><summary>Laws that were not fitted, and why</summary>\n<ul>\n", p->out);
	for (at = 0; at < reasons; at++)
		html_print(p->out, "<li>%s (%s%s)</li>\n", reason_of(p->s, first[at]),
			summary_variant_name(p->s, first[at]->cell), more[at] > 0 ? " and others" : "");
	fputs("</ul></details>\n", p->out);
}

static void findings(struct page *p, unsigned lesson, struct range cells)
{
	unsigned most = 0, shown = 0;

	for (unsigned i = cells.begin; i < cells.end; i++)
		most = p->s->cell[i]->workers > most ? p->s->cell[i]->workers : most;
	fputs("<h3>Findings</h3>\n", p->out);
	for (unsigned i = 0; i < p->s->findings; i++) {
		const struct finding *f = &p->s->finding[i];
		if (f->cell->lesson != lesson || !is_said(p->s, f, most) || shown >= HTML_ITEMS)
			continue;
		html_print(p->out, shown++ == 0 ? "<ul>\n<li>%s" : "<li>%s", f->sentence);
		html_print(p->out, *f->cell->params ? " <small>(%s)</small></li>\n" : "</li>\n", f->cell->params);
	}
	fputs(shown > 0 ? "</ul>\n" : "<p>Nothing beyond the single cells.</p>\n", p->out);
	refused(p, lesson);
}

/* ---- the section ---- */

static void section(struct page *p, unsigned lesson, struct range cells)
{
	const struct summary_lesson *about = &p->s->lesson[lesson];

	html_lesson_id(p, "<section class=\"lesson\" id=\"", lesson);
	html_print(p->out, "><h2>%s <small>%s</small></h2>\n", about->title, about->name);
	if (*about->question)
		html_print(p->out, "<p class=\"question\">%s</p>\n", about->question);
	if (*about->source)
		html_print(p->out, "<p class=\"source\">From the documents: %s</p>\n", about->source);
	if (cells.begin == cells.end)
		fputs("<p class=\"note\">Nothing was measured of this lesson.</p>\n", p->out);
	html_figures(p, lesson);
	figures(p, lesson, cells, false);
	broken(p, cells);
	broken_unseen(p, lesson, cells);
	figures(p, lesson, cells, true);
	html_originals(p, cells.begin, cells.end);
	html_printed(p, lesson);
	if (cells.begin < cells.end)
		findings(p, lesson, cells);
	fputs("<p class=\"up\"><a href=\"#main\">To the top</a></p>\n</section>\n", p->out);
}

/* Cells stand by lesson. */
void html_lessons(struct page *p)
{
	const struct summary *s = p->s;
	unsigned shown = 0;
	struct range cells = { 0, 0 };

	for (unsigned i = 0; i < s->lessons; i++) {
		for (cells.begin = cells.end; cells.end < s->cells && s->cell[cells.end]->lesson == i; cells.end++)
			;
		if (html_is_lesson(s, i) && shown++ < HTML_LESSONS)
			section(p, i, cells);
	}
	if (shown > HTML_LESSONS)
		fprintf(p->out,
			"<p class=\"note\">%u more lessons are in <a href=\"summary.csv\">summary.csv</a>.</p>\n",
			shown - HTML_LESSONS);
}
