/* SPDX-License-Identifier: MIT */
/* contention.c -- how much each variant gets done in a second, against p, as gnuplot's data: what sharing costs. */
#include "bench/report/lines.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

static double rate(const struct summary_cell *cell, double seconds)
{
	return seconds > 0 && cell->n > 0 ? (double)cell->n / seconds : (double)NAN;
}

/* Serial's has a line of its own. */
static struct lines_value value(const struct view *v, const struct summary_cell *cell)
{
	const struct summary_measure *m = chart_timed(cell, SUMMARY_WARM);

	if (m == NULL || chart_is_serial(v, cell))
		return (struct lines_value){ NAN, NAN, NAN };
	return (struct lines_value){ rate(cell, m->median_s), rate(cell, m->high_s), rate(cell, m->low_s) };
}

static double of_block(const struct summary_cell *cell, const struct summary_block *block)
{
	return rate(cell, block->time_s);
}

/* "3.54 G", "812 k", "0.0312" */
static char *words(double per_second, char *out, size_t size)
{
	static const char prefix[] = " kMGTPE";
	unsigned at = 0;

	for (; per_second >= 999.5 && at < sizeof prefix - 2; at++)
		per_second /= 1000;
	if (per_second < 0.01)
		snprintf(out, size, "%.2e", per_second);
	else
		snprintf(out, size, "%.*f%s%.1s", per_second < 9.995 ? 2 : per_second < 99.95 ? 1 : 0, per_second,
			at ? " " : "", at ? &prefix[at] : "");
	return out;
}

static const struct lines_kind kind = { value, of_block, words };

static void choose_frame(struct lines *l, double serial)
{
	double least = fmin(l->least, serial), most = fmax(l->greatest, serial);

	l->steep = most > 8 * least;
	most = fmax(most, fmin(l->greatest_block, 1.25 * most));
	least = fmin(least, fmax(l->least_block, least / 1.25));
	l->top = most * (l->steep ? 1.2 : 1.06);
	l->low = l->steep ? least / 1.2 : 0;
}

static struct lines_value with_workers(const struct view *v, unsigned variant, unsigned workers)
{
	for (unsigned i = v->main.begin; i < v->main.end; i++)
		if (v->s->cell[i]->variant == variant && v->s->cell[i]->workers == workers)
			return value(v, v->s->cell[i]);
	return (struct lines_value){ NAN, NAN, NAN };
}

/* Of the rates with most workers over those with one, the least and the largest: `surely` when the intervals are
 * apart. */
struct change {
	double ratio;
	unsigned variant;
	bool surely;
};

static void find_changes(const struct lines *l, struct change *least, struct change *most)
{
	least->ratio = most->ratio = NAN;
	for (unsigned i = 0; i < l->v->lesson->variants; i++) {
		struct lines_value one = with_workers(l->v, i, 1), all = with_workers(l->v, i, l->most);
		double ratio = all.value / one.value;
		if (isnan(ratio))
			continue;
		if (isnan(least->ratio) || ratio < least->ratio)
			*least = (struct change){ ratio, i, all.high < one.low };
		if (isnan(most->ratio) || ratio > most->ratio)
			*most = (struct change){ ratio, i, all.low > one.high };
	}
}

/* "Manager: shared gets most done, 141 k steps per second" */
static void title_best(FILE *out, struct view *v, const struct lines *l)
{
	char name[100], text[40], unit[200];

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		double found = value(v, v->s->cell[i]).value;
		if (found < l->most_value || isnan(found))
			continue;
		words_clean(summary_variant_name(v->s, v->s->cell[i]), 20, name, sizeof name);
		chart_title(out, v, "%s gets most done, %s %s a second", name, words(found, text, sizeof text),
			words_plural(v->lesson->unit, unit, sizeof unit));
		return;
	}
}

/* "Locked counter: with 2 workers, pthreads gets 36 % as much done as with one" */
static void write_title(FILE *out, struct view *v, const struct lines *l)
{
	struct change least, most;
	char name[100];

	find_changes(l, &least, &most);
	if (l->single || isnan(least.ratio)) {
		title_best(out, v, l);
		return;
	}
	const struct change *told = least.surely || !most.surely ? &least : &most;
	words_clean(v->lesson->variant[told->variant].name, 20, name, sizeof name);
	if (told->surely)
		chart_title(out, v, "with %u workers, %s gets %.2f times as much done as with one", l->most, name,
			told->ratio);
	else
		chart_title(out, v, "with %u workers, no variant surely gets more or less done than with one", l->most);
}

static const char *why_not(const struct view *v, const struct summary_cell *cell, char *out, size_t size)
{
	if (chart_is_serial(v, cell) || !isnan(value(v, cell).value))
		return NULL;
	return summary_verdict_text(v->s, cell, SUMMARY_WARM, out, size);
}

bool contention_write(FILE *out, struct view *v)
{
	const struct summary_cell *base = summary_base(v->s, v->s->cell[v->main.begin]);
	const struct summary_measure *m = chart_timed(base, SUMMARY_WARM);
	double serial = m ? rate(base, m->median_s) : (double)NAN;
	struct lines l = lines_make(v, &kind);
	char text[64], unit[200];

	if (v->s->cell[v->main.begin]->n == 0)
		return chart_refuse(v, "n is 0: nothing was done that could be counted");
	if (l.drawn == 0)
		return chart_refuse(v, "no variant but serial has a time, so none has a rate");
	choose_frame(&l, serial);
	write_title(out, v, &l);
	lines_write(out, &l);
	chart_set(out, "unit", words_plural(*v->lesson->unit ? v->lesson->unit : "operation", unit, sizeof unit), 40);
	fputs("serial =", out);
	chart_number(out, serial);
	fputs("\nserial_name = ", out);
	words(serial, text, sizeof text);
	fprintf(out, "'serial: %s'\n", isnan(serial) ? "" : text);
	lines_caption(out, &l, "n over the median time of");
	chart_missing_because(out, v, why_not, "");
	return true;
}
