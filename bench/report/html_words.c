/* SPDX-License-Identifier: MIT */
/* html_words.c -- how the parts of the page write times, speedups and verdicts. */
#include "bench/report/html_page.h"

#include "bench/base/text.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

enum { SKIPPED = 9, BROKEN = 10 };

/* By enum summary_verdict; then two kinds of SUMMARY_FAILED. */
const struct html_verdict html_verdicts[HTML_VERDICTS] = {
	[SUMMARY_BASE] = { "base", "base", "the serial time that speedups are made of" },
	[SUMMARY_FASTER] = { "faster", "faster", "the whole interval of the speedup lies above 1" },
	[SUMMARY_SLOWER] = { "slower", "slower", "the whole interval lies below 1" },
	[SUMMARY_UNCLEAR] = { "unclear", "unclear", "the interval holds 1: neither can be said" },
	[SUMMARY_TOO_FEW] = { "too few blocks", "unclear", "fewer than six blocks: an estimate without an interval" },
	[SUMMARY_NO_BASE] = { "no base", "unclear", "times, but no serial time in the same block" },
	[SUMMARY_NOISY] = { "inconclusive", "unclear", "the blocks that nothing disturbed say something else" },
	[SUMMARY_NO_TIME] = { "not measured", "unclear", "no trial was started, or none in this regime" },
	[SUMMARY_FAILED] = { "failed", "failed", "a wrong answer, or no trial that ended well" },
	[SKIPPED] = { "skipped", "unclear", "this machine cannot do it" },
	[BROKEN] = { "wrong on purpose", "broken", "a file that shows a mistake: never a speedup" },
};

const struct html_verdict *html_verdict(const struct summary *s, const struct summary_cell *cell,
	enum summary_regime regime)
{
	enum summary_verdict verdict = cell->regime[regime].verdict;

	if (html_is_broken(s, cell))
		return &html_verdicts[BROKEN];
	if (verdict == SUMMARY_FAILED && cell->outcomes[SUMMARY_SKIPPED] > 0 && cell->outcomes[SUMMARY_WRONG] == 0
		&& cell->outcomes[SUMMARY_DIED] + cell->outcomes[SUMMARY_HUNG] + cell->outcomes[SUMMARY_LEAKED] == 0)
		return &html_verdicts[SKIPPED];
	return &html_verdicts[verdict];
}

enum summary_regime html_judged(const struct summary_cell *cell)
{
	return cell->regime[SUMMARY_WARM].blocks > 0 || cell->regime[SUMMARY_COLD].blocks == 0 ? SUMMARY_WARM
		: SUMMARY_COLD;
}

bool html_is_lesson(const struct summary *s, unsigned lesson)
{
	return !s->lesson[lesson].is_capacity && !s->lesson[lesson].is_bandwidth;
}

bool html_is_broken(const struct summary *s, const struct summary_cell *cell)
{
	return s->lesson[cell->lesson].variant[cell->variant].broken;
}

bool html_is_original(const struct summary *s, const struct summary_cell *cell)
{
	return strncmp(summary_variant_name(s, cell), "python_", 7) == 0;
}

/* A name that is fit for an id is its own; another one is a number, behind a dot. */
void html_lesson_id(struct page *p, const char *before, unsigned lesson)
{
	const char *name = p->s->lesson[lesson].name;
	static const char fit[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	if (*name && strlen(name) < 100 && strspn(name, fit) == strlen(name))
		fprintf(p->out, "%slesson-%s\"", before, name);
	else
		fprintf(p->out, "%slesson.%u\"", before, lesson);
}

void html_lesson_name(struct page *p, unsigned lesson)
{
	char title[512];

	words_clean(p->s->lesson[lesson].title, 80, title, sizeof title);
	title[strcspn(title, ":")] = '\0';
	html_text(p->out, *title ? title : p->s->lesson[lesson].name, 80);
}

/* What begins the text, and its interval in small letters. */
static void with_interval(FILE *out, char *text)
{
	char *bracket = strchr(text, '[');

	if (bracket > text)
		bracket[-1] = '\0';
	html_figure(out, text);
	if (bracket > text) {
		fputs(" <small>", out);
		html_figure(out, bracket);
		fputs("</small>", out);
	}
	fputs("</td>", out);
}

static bool dash(FILE *out, double value)
{
	if (isnan(value))
		fputs("<td class=\"n\">-</td>", out);
	return isnan(value);
}

void html_td_time(FILE *out, double seconds, double low, double high)
{
	char text[96];

	if (dash(out, seconds))
		return;
	fprintf(out, "<td class=\"n\" data-v=\"%.5g\">", seconds);
	with_interval(out, words_time_interval(seconds, low, high, text, sizeof text));
}

void html_td_ratio(FILE *out, double ratio, double low, double high)
{
	char text[96], interval[64];

	if (dash(out, ratio))
		return;
	fprintf(out, "<td class=\"n\" data-v=\"%.5g\">", ratio);
	words_ratio(ratio, text, sizeof text);
	if (*words_interval(low, high, interval, sizeof interval))
		snprintf(text + strlen(text), sizeof text - strlen(text), " %s", interval);
	with_interval(out, text);
}

void html_td_percent(FILE *out, double share)
{
	if (!dash(out, share))
		fprintf(out, share < 0.095 ? "<td class=\"n\" data-v=\"%.5g\">%.2g&#160;%%</td>"
			: "<td class=\"n\" data-v=\"%.5g\">%.0f&#160;%%</td>", share, 100 * share);
}

/* With what makes the number doubtful beneath it. */
void html_td_verdict(struct page *p, const struct summary_cell *cell, enum summary_regime regime)
{
	const struct summary_measure *m = &cell->regime[regime];
	char text[64], ratio[2][16], interval[48];

	html_print(p->out, "<td class=\"%s\">", html_verdict(p->s, cell, regime)->class);
	html_figure(p->out, summary_verdict_text(p->s, cell, regime, text, sizeof text));
	if (m->verdict == SUMMARY_NOISY)
		html_print(p->out, " <small>its %u undisturbed blocks alone: %s %s</small>", m->clean_pairs,
			words_ratio(m->clean, ratio[0], sizeof ratio[0]),
			words_interval(m->clean_low, m->clean_high, interval, sizeof interval));
	if (m->bimodal)
		html_print(p->out, " <small>two groups: %u blocks at about %s, %u at about %s</small>", m->low_group,
			words_ratio(m->group[0], ratio[0], sizeof ratio[0]), m->pairs - m->low_group,
			words_ratio(m->group[1], ratio[1], sizeof ratio[1]));
	fputs("</td>", p->out);
}

void html_size(struct page *p, const struct summary_cell *cell, uint64_t n)
{
	char size[1024];

	words_size(n, p->s->lesson[cell->lesson].unit, cell->params, size, sizeof size);
	html_text(p->out, size, HTML_TEXT);
}

void html_table_begin(FILE *out, const char *class, const char *label)
{
	html_print(out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table class=\"%s\">\n",
		label, class);
}

void html_heads(FILE *out, const char *const *heads)
{
	fputs("<thead><tr>", out);
	for (; *heads != NULL; heads++) {
		bool number = **heads == '#';
		html_print(out, number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
		if (strcmp(*heads, "#p") == 0)
			fputs("<abbr title=\"workers\">p</abbr></th>", out);
		else
			html_print(out, "%s</th>", *heads + number);
	}
	fputs("</tr></thead>\n<tbody>\n", out);
}

void html_table_end(FILE *out)
{
	fputs("</tbody>\n</table></div>\n", out);
}
