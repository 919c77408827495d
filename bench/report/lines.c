/* SPDX-License-Identifier: MIT */
/* lines.c -- speedup and efficiency against p, as gnuplot's data. */
#include "bench/report/chart.h"
#include "bench/report/words.h"

#include <limits.h>
#include <math.h>

/* Both are drawn from the same numbers: efficiency is divided by p. */
struct lines {
	bool per_worker;
	unsigned most, drawn, dots, above;      /* largest p; variants; raw points, and those above the frame */
	double low, top;                        /* of the frame */
	bool octaves, steep;                    /* a logarithmic axis: p goes far; values go far below 1 */
};

static double scaled(const struct lines *l, double speedup, const struct summary_cell *cell)
{
	return l->per_worker ? speedup / cell->workers : speedup;
}

static const struct summary_measure *warm(const struct summary_cell *cell)
{
	return &cell->regime[SUMMARY_WARM];
}

static double larger(double a, double b)
{
	return b > a ? b : a;   /* a when b is NAN */
}

static double smaller(double a, double b)
{
	return b < a ? b : a;
}

static bool ceiling_is_drawn(const struct view *v, const struct lines *l, const struct summary_cell *ceiling)
{
	return !v->lesson->waits && ceiling->workers <= l->most;
}

/* The frame holds ideal, ceiling and intervals; raw points may stretch it by a quarter, no more. */
static struct lines frame(const struct view *v, bool per_worker)
{
	struct lines l = { .per_worker = per_worker, .most = chart_most_workers(v) };
	double raw = 0, least = 0.8, least_estimate = 1;

	l.octaves = l.most > 16;
	l.top = per_worker ? 1 : l.most;
	for (unsigned i = 0; i < v->s->ceilings; i++)
		if (ceiling_is_drawn(v, &l, v->s->ceiling[i]))
			l.top = larger(l.top, scaled(&l, warm(v->s->ceiling[i])->high, v->s->ceiling[i]));
	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		const struct summary_measure *m = warm(cell);
		for (unsigned b = 0; b < m->blocks; b++) {
			raw = larger(raw, scaled(&l, m->block[b].ratio, cell));
			least = smaller(least, scaled(&l, m->block[b].ratio, cell));
		}
		least_estimate = smaller(least_estimate, scaled(&l, m->speedup, cell));
		l.top = larger(larger(l.top, scaled(&l, m->speedup, cell)), scaled(&l, m->high, cell));
	}
	l.steep = least_estimate < 0.2 || (l.octaves && !per_worker);
	l.top = larger(l.top, smaller(raw, 1.25 * l.top)) * (l.steep ? 1.2 : 1.06);
	l.low = l.steep ? least / 1.2 : 0;
	for (unsigned i = v->main.begin; i < v->main.end; i++)
		for (unsigned b = 0; b < warm(v->s->cell[i])->blocks; b++) {
			double ratio = warm(v->s->cell[i])->block[b].ratio;
			l.dots += isnan(ratio) ? 0 : 1;
			l.above += scaled(&l, ratio, v->s->cell[i]) > l.top;
		}
	return l;
}

/* In [-0.5, 0.5), evenly spread however many there are: the golden ratio's multiples. */
static double jitter(unsigned block)
{
	double x = block * 0.6180339887498949;
	return x - floor(x) - 0.5;
}

static void cell_points(FILE *out, const struct lines *l, const struct summary_cell *cell)
{
	const struct summary_measure *m = warm(cell);

	for (unsigned b = 0; b < m->blocks; b++)
		if (!isnan(m->block[b].ratio))
			fprintf(out, "%u %.9g %.3f\n", cell->workers, scaled(l, m->block[b].ratio, cell), jitter(b));
}

static void cell_estimate(FILE *out, const struct lines *l, const struct summary_cell *cell)
{
	const struct summary_measure *m = warm(cell);
	bool has_interval = !isnan(m->low);

	fprintf(out, "%u", cell->workers);
	chart_number(out, scaled(l, m->speedup, cell));
	chart_number(out, scaled(l, has_interval ? m->low : m->speedup, cell));
	chart_number(out, scaled(l, has_interval ? m->high : m->speedup, cell));
	putc('\n', out);
}

/* An index per variant: two empty lines between them.  Returns how many there are. */
static unsigned per_variant(FILE *out, const struct view *v, const struct lines *l, const char *block,
	void (*write)(FILE *, const struct lines *, const struct summary_cell *))
{
	unsigned drawn = 0, last = UINT_MAX;

	fprintf(out, "\n$%s << EOD\n", block);
	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if (!chart_has_speedup(cell))
			continue;
		if (drawn > 0 && cell->variant != last)
			fputs("\n\n", out);
		drawn += cell->variant != last;
		last = cell->variant;
		write(out, l, cell);
	}
	fputs("EOD\n", out);
	return drawn;
}

/* What the key says: the variant, and its value at its largest p. */
static void write_names(FILE *out, const struct view *v, const struct lines *l)
{
	char name[100], ratio[16], text[CHART_TEXT];
	unsigned last = UINT_MAX, at = 0;

	/* one more than are drawn: gnuplot looks at the first even when there is none */
	fprintf(out, "array slot[%u]\narray name[%u]\n", l->drawn + 1, l->drawn + 1);
	fprintf(out, "slot[%u] = 0\nname[%u] = ''\n", l->drawn + 1, l->drawn + 1);
	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if (!chart_has_speedup(cell))
			continue;
		at += cell->variant != last;
		last = cell->variant;
		words_clean(summary_variant_name(v->s, cell), 20, name, sizeof name);
		words_ratio(scaled(l, warm(cell)->speedup, cell), ratio, sizeof ratio);
		if (cell->workers == l->most)
			snprintf(text, sizeof text, "%s: %s", name, ratio);
		else
			snprintf(text, sizeof text, "%s: %s (p = %u)", name, ratio, cell->workers);
		fprintf(out, "slot[%u] = %u\nname[%u] = ", at, chart_slot(v, cell), at);
		chart_quote(out, text, 36);
		putc('\n', out);
	}
}

static void write_ceiling(FILE *out, const struct view *v, const struct lines *l)
{
	unsigned ceilings = 0;

	fputs("\n$ceiling << EOD\nNaN NaN NaN NaN\n", out);
	for (unsigned i = 0; i < v->s->ceilings; i++) {
		const struct summary_cell *cell = v->s->ceiling[i];
		if (!ceiling_is_drawn(v, l, cell))
			continue;
		cell_estimate(out, l, cell);
		ceilings++;
	}
	fprintf(out, "EOD\nceilings = %u\n", ceilings);
}

/* At one worker and at every p that was measured. */
static void write_ideal(FILE *out, const struct view *v, const struct lines *l)
{
	unsigned last = 1;

	fputs("\n$ideal << EOD\n1 1\n", out);
	while (last < l->most) {
		unsigned next = l->most;
		for (unsigned i = v->main.begin; i < v->main.end; i++)
			if (v->s->cell[i]->workers > last && v->s->cell[i]->workers < next)
				next = v->s->cell[i]->workers;
		fprintf(out, "%u %u\n", next, l->per_worker ? 1 : next);
		last = next;
	}
	fputs("EOD\n", out);
}

static bool write_lines(FILE *out, struct view *v, bool per_worker)
{
	struct lines l = frame(v, per_worker);
	char more[160] = " (small dots)";

	chart_title_best(out, v);
	per_variant(out, v, &l, "points", cell_points);
	l.drawn = per_variant(out, v, &l, "estimates", cell_estimate);
	write_ceiling(out, v, &l);
	write_ideal(out, v, &l);
	if (l.above > 0)
		snprintf(more, sizeof more, " (small dots; %u of %u lie above the frame)", l.above, l.dots);
	chart_caption(out, v, "Paired Hodges-Lehmann estimates from", more);
	chart_missing(out, v, v->lesson->waits ? "These workers wait rather than compute: the cores are no bound" : "");
	write_names(out, v, &l);
	fprintf(out, "drawn = %u\nmost = %u\noctaves = %d\nsteep = %d\nlow = %.9g\ntop = %.9g\nheight = 600\n",
		l.drawn, l.most,
		l.octaves, l.steep, l.low, l.top);
	return true;
}

bool speedup_write(FILE *out, struct view *v)
{
	return write_lines(out, v, false);
}

bool efficiency_write(FILE *out, struct view *v)
{
	return write_lines(out, v, true);
}
