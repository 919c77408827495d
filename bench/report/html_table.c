/* SPDX-License-Identifier: MIT */
/* html_table.c -- the table of all cells: plain without a script, sorted and filtered by scripts/report.js. */
#include "bench/report/html_page.h"

#include "bench/base/text.h"

#include <math.h>

static const char *const heads[] = { "Lesson", "Variant", "#p", "Size", "#n", "Regime", "#Time", "#Speedup",
	"#Efficiency",
	"#Ceiling", "#Blocks", "Verdict", "Parameters", NULL };

static void row(struct page *p, const struct summary_cell *cell, enum summary_regime regime)
{
	const struct summary *s = p->s;
	const struct summary_measure *m = &cell->regime[regime], *ceiling = summary_ceiling(s, cell->workers);
	bool bounded = ceiling != NULL && !s->lesson[cell->lesson].waits && html_is_lesson(s, cell->lesson);
	char count[40];

	html_print(p->out, "<tr data-verdict=\"%s\"><td>%s</td><th scope=\"row\">%s</th>"
		"<td class=\"n\" data-v=\"%u\">%u</td><td>%s</td>", html_verdict(s, cell, regime)->word,
		s->lesson[cell->lesson].name, summary_variant_name(s, cell), cell->workers, cell->workers,
		cell->document ? "document" : "measured");
	html_print(p->out, "<td class=\"n\" data-v=\"%lu\">%s</td><td>%s</td>",
		(unsigned long)cell->n, text_count(cell->n, count, sizeof count),
		m->blocks > 0 ? summary_regime_name[regime] : "");
	html_td_time(p->out, m->blocks > 0 ? m->median_s : (double)NAN, m->low_s, m->high_s);
	html_td_ratio(p->out, m->speedup, m->low, m->high);
	html_td_ratio(p->out, m->speedup / cell->workers, (double)NAN, (double)NAN);
	html_td_ratio(p->out, bounded ? ceiling->speedup : (double)NAN, bounded ? ceiling->low : (double)NAN,
		bounded ? ceiling->high : (double)NAN);
	html_print(p->out, "<td class=\"n\" data-v=\"%u\">%u</td>", m->blocks, m->blocks);
	html_td_verdict(p, cell, regime);
	html_print(p->out, "<td class=\"params\">%s</td></tr>\n", cell->params);
}

/* As in summary.csv: a cell without any time has a row, too. */
static unsigned rows(struct page *p, const struct summary_cell *cell, bool write)
{
	bool warm = cell->regime[SUMMARY_WARM].blocks > 0, cold = cell->regime[SUMMARY_COLD].blocks > 0;

	if (write && (warm || !cold))
		row(p, cell, SUMMARY_WARM);
	if (write && cold)
		row(p, cell, SUMMARY_COLD);
	return (warm || !cold ? 1u : 0u) + (cold ? 1u : 0u);
}

void html_table(struct page *p)
{
	unsigned all = 0, shown = 0, some = 0;

	for (unsigned i = 0; i < p->s->cells; i++)
		all += rows(p, p->s->cell[i], false);
	fputs("<section id=\"all\"><h2>All cells</h2>\n", p->out);
	if (all == 0) {
		fputs("<p>Nothing was measured: samples.ndjson has no row.</p></section>\n", p->out);
		return;
	}
	fputs("<p>A row is a variant with p workers on one problem, warm (a solve while the workers stand ready) or "
		"cold (create, solve, destroy). Small numbers in brackets are 95&#160;% intervals. The ceiling is what "
		"p copies of a loop that share nothing gain on this machine.</p>\n", p->out);
	fputs("<form id=\"filter\" class=\"controls\" role=\"search\" aria-label=\"Filter the table of all cells\" "
		"hidden=\"hidden\"></form>\n", p->out);
	html_table_begin(p->out, "sortable", "All cells");
	fprintf(p->out, "<caption>All cells, %u row%s</caption>\n", all, all == 1 ? "" : "s");
	html_heads(p->out, heads);
	for (; shown < p->s->cells && some < HTML_ROWS; shown++)
		some += rows(p, p->s->cell[shown], true);
	html_table_end(p->out);
	if (some < all)
		fprintf(p->out, "<p class=\"note\">These are the first %u of %u rows; "
			"<a href=\"summary.csv\">summary.csv</a> has all.</p>\n", some, all);
	fputs("</section>\n", p->out);
}
