/* SPDX-License-Identifier: MIT */
/* plot.c -- a lesson's chart in the terminal: gnuplot draws characters, which are cleaned before they are shown. */
#include "bench/report/plot.h"

#include "bench/report/chart.h"
#include "bench/report/paper.h"
#include "bench/report/picture.h"
#include "bench/report/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 40, MOST = 64 };   /* lines: up to FEW show every p; MOST at all */
enum { NARROWEST = 60, WIDEST = 160, NAME = 19, VALUES = 14 };  /* columns */

static const char no_sixel[] = "no sixel terminal";     /* what the script says then */

struct lines {
	bool times, steep;              /* times rather than speedups; the axis is logarithmic */
	unsigned count, left_out, height;
	double low, top, unit_s;
	size_t room;                    /* columns of the longest name */
	char axis[48];
	unsigned y[MOST];               /* from the bottom of the frame */
	const struct summary_cell *cell[MOST];
};

/* ---- what is drawn ---- */

static const struct summary_measure *warm(const struct summary_cell *cell)
{
	return &cell->regime[SUMMARY_WARM];
}

static double value_of(const struct lines *l, const struct summary_cell *cell)
{
	const struct summary_measure *m = warm(cell);

	if (!l->times)
		return m->speedup;
	return m->verdict == SUMMARY_FAILED || m->blocks == 0 ? (double)NAN : m->median_s / l->unit_s;
}

static double low_of(const struct lines *l, const struct summary_cell *cell)
{
	double low = l->times ? warm(cell)->low_s / l->unit_s : warm(cell)->low;
	return isnan(low) ? value_of(l, cell) : low;
}

static double high_of(const struct lines *l, const struct summary_cell *cell)
{
	double high = l->times ? warm(cell)->high_s / l->unit_s : warm(cell)->high;
	return isnan(high) ? value_of(l, cell) : high;
}

static double ceiling_of(const struct view *v, const struct lines *l, const struct summary_cell *cell)
{
	const struct summary_measure *m = summary_ceiling(v->s, cell->workers);
	return l->times || m == NULL || v->lesson->waits ? (double)NAN : m->speedup;
}

/* Every p where there are few lines, else the first and the last. */
static void choose_lines(const struct view *v, struct lines *l)
{
	unsigned all = 0;

	for (unsigned i = v->main.begin; i < v->main.end; i++)
		all += isnan(value_of(l, v->s->cell[i])) ? 0 : 1;
	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		bool wanted = all <= FEW || cell->workers == 1 || cell->workers == chart_most_workers(v);
		if (isnan(value_of(l, cell)))
			continue;
		if (wanted && l->count < MOST)
			l->cell[l->count++] = cell;
		else
			l->left_out++;
	}
	for (unsigned i = 0; i < l->count; i++) {
		size_t name = words_columns(summary_variant_name(v->s, l->cell[i]));
		l->room = name > NAME ? NAME : name > l->room ? name : l->room;
	}
	l->height = 1;
	for (unsigned i = l->count; i-- > 0; l->height++) {
		l->y[i] = l->height;
		if (i > 0 && all <= FEW && l->cell[i]->variant != l->cell[i - 1]->variant)
			l->height++;
	}
	l->height = l->height < 3 ? 3 : l->height;      /* gnuplot leaves out vectors of a single line */
}

static void choose_frame(const struct view *v, struct lines *l)
{
	double least = INFINITY, most = l->times ? 0 : 1;

	for (unsigned i = 0; i < l->count; i++) {
		least = fmin(least, low_of(l, l->cell[i]));
		most = fmax(fmax(most, high_of(l, l->cell[i])), ceiling_of(v, l, l->cell[i]));
	}
	l->steep = least > 0 && most / least > 20;
	l->low = l->steep ? least / 1.2 : 0;
	l->top = most > 0 ? most * (l->steep ? 1.2 : 1.04) : 1;
}

static void choose_unit(const struct view *v, struct lines *l)
{
	double longest = 0;

	l->unit_s = 1;
	for (unsigned i = v->main.begin; i < v->main.end; i++)
		longest = fmax(longest, value_of(l, v->s->cell[i]));
	struct chart_scale scale = chart_scale(longest);
	l->unit_s = scale.seconds;
	snprintf(l->axis, sizeof l->axis, "time, %s", scale.unit);
}

/* False: nothing has a time. */
static bool choose(const struct view *v, struct lines *l)
{
	*l = (struct lines){ .unit_s = 1 };
	snprintf(l->axis, sizeof l->axis, "speedup%s", v->lesson->waits || v->s->ceilings == 0 ? ""
		: "   (:  the machine's ceiling)");
	choose_lines(v, l);
	if (l->count == 0) {
		*l = (struct lines){ .times = true };
		choose_unit(v, l);
		choose_lines(v, l);
	}
	choose_frame(v, l);
	return l->count > 0;
}

/* ---- the script ---- */

static void write_rows(FILE *out, const struct view *v, const struct lines *l)
{
	fputs("$rows << EOD\n", out);
	for (unsigned i = 0; i < l->count; i++) {
		enum summary_verdict verdict = warm(l->cell[i])->verdict;
		fprintf(out, "%u", l->y[i]);
		chart_number(out, value_of(l, l->cell[i]));
		chart_number(out, low_of(l, l->cell[i]));
		chart_number(out, high_of(l, l->cell[i]));
		chart_number(out, fmax(ceiling_of(v, l, l->cell[i]), 0));
		fprintf(out, " %d\n", l->times ? 0 : (verdict == SUMMARY_FASTER) - (verdict == SUMMARY_SLOWER));
	}
	fputs("-9 1 1 1 0 0\nEOD\n", out);
}

static void write_script(FILE *out, const struct plot *plot, const struct view *v, const struct lines *l)
{
	unsigned columns = plot->columns == 0 ? PAPER_COLUMNS : plot->columns < NARROWEST ? NARROWEST
		: plot->columns > WIDEST ? WIDEST : plot->columns;

	write_rows(out, v, l);
	fprintf(out, "rows = %u\ncolumns = %u\nansi = %d\nmargin = %zu\n", l->height, columns, plot->colour,
		l->room + VALUES);
	fprintf(out, "low = %.9g\ntop = %.9g\nsteep = %d\none = %d\n", l->low, l->top, l->steep, !l->times);
	chart_set(out, "axis", l->axis, 40);
}

/* ---- what gnuplot made of it ---- */

/* Bytes of an escape sequence that sets a colour, at s; 0 when there is none. */
static size_t colour_sequence(const char *s)
{
	size_t length = s[0] == '\033' && s[1] == '[' ? 2 + strspn(s + 2, "0123456789;") : 0;
	return length > 0 && s[length] == 'm' ? length + 1 : 0;
}

/* The name and value that stand left of a line of the frame: `columns` columns, or none where no cell has that y. */
static size_t write_label(FILE *out, const struct view *v, const struct lines *l, unsigned y)
{
	char value[16];
	unsigned i = 0;

	while (i < l->count && l->y[i] != y)
		i++;
	if (i == l->count)
		return 0;
	paper_padded(out, summary_variant_name(v->s, l->cell[i]), l->room);
	int more = fprintf(out, " p =%3u %5s ", l->cell[i]->workers,
		words_ratio(value_of(l, l->cell[i]), value, sizeof value));
	return l->room + (more > 0 ? (size_t)more : 0);
}

/* A line without what a terminal does not need: blanks at its end, form feeds, colours that were not asked for; and
 * without so many columns at its begin. */
static void show_line(FILE *out, const char *line, size_t length, size_t columns, bool colour)
{
	size_t column = columns, at = 0, sequence;
	bool coloured = false;

	for (size_t i = 0; i < length; i += sequence > 0 ? sequence : 1) {
		sequence = colour_sequence(line + i);
		if (sequence > 0) {
			coloured = coloured || colour;
			if (colour)
				fwrite(line + i, 1, sequence, out);
			continue;
		}
		if ((unsigned char)line[i] < 0x20 || (unsigned char)line[i] >= 0x7F)
			continue;
		if (line[i] != ' ' && at >= columns) {
			fprintf(out, "%*s%c", (int)(at - column), "", line[i]);
			column = at + 1;
		}
		at++;
	}
	fputs(coloured ? "\033[0m\n" : "\n", out);
}

static bool is_blank(const char *line, size_t length)
{
	size_t sequence;

	for (size_t i = 0; i < length; i += sequence > 0 ? sequence : 1) {
		sequence = colour_sequence(line + i);
		if (sequence == 0 && strchr(" \f\r", line[i]) == NULL)
			return false;
	}
	return true;
}

static void show(FILE *out, const char *drawn, const struct view *v, const struct lines *l, bool colour)
{
	for (unsigned y = l->height; *drawn; y--) {     /* below 0 no cell has it */
		size_t length = strcspn(drawn, "\n");
		size_t columns = write_label(out, v, l, y);
		if (columns > 0 || !is_blank(drawn, length))
			show_line(out, drawn, length, columns, colour);
		drawn += length + (drawn[length] == '\n');
	}
}

/* ---- the door ---- */

static int no_memory(char *why)
{
	snprintf(why, SUMMARY_WHY, "no memory for a chart");
	return -ENOMEM;
}

/* A line says what it is, the frame follows. */
static int write_text(FILE *out, const struct plot *plot, struct view *v, const struct lines *l,
	const char *scripts_dir, char *why)
{
	char *text = NULL, *drawn = NULL;
	size_t size = 0, length;
	FILE *script = open_memstream(&text, &size);

	if (script == NULL)
		return no_memory(why);
	chart_title_best(script, v);
	write_script(script, plot, v, l);
	int error = chart_paste(script, scripts_dir, "plot", why);
	if (fclose(script) != 0 && error == 0)
		error = no_memory(why);
	if (error == 0)
		error = picture_draw(&(struct picture){ v->lesson->name, text, NULL }, &drawn, &length, why);
	if (error == 0) {
		paper_paragraph(out, 2, "%s", v->title);
		show(out, drawn, v, l, plot->colour);
		if (l->left_out > 0)
			paper_paragraph(out, 2, "%u more are not drawn: summary.csv has them all", l->left_out);
	}
	free(drawn);
	free(text);
	return error;
}

/* The chart for people, of `charts`: its script draws in sixels as well. */
static int write_sixel(FILE *out, const struct chart *chart, char *why)
{
	char *text = NULL, *drawn = NULL;
	size_t length;

	if (asprintf(&text, "if (strstrt(GPVAL_TERMINALS, 'sixelgd') == 0) { print '%s'; exit status 1 }\n%s", no_sixel,
			chart->script) < 0)
		return no_memory(why);
	int error = picture_draw(&(struct picture){ chart->name, text, "sixel" }, &drawn, &length, why);
	if (error == -EIO && strstr(why, no_sixel) != NULL) {
		error = -ENOTSUP;
		snprintf(why, SUMMARY_WHY, "this gnuplot has %s: --plot alone draws in characters", no_sixel);
	}
	if (error == 0) {
		fwrite(drawn, 1, length, out);
		putc('\n', out);
	}
	free(drawn);
	free(text);
	return error;
}

static const struct chart *sixel_chart(const struct charts *charts, unsigned lesson, bool times)
{
	for (unsigned i = 0; i < charts->count; i++)
		if (charts->chart[i].lesson == lesson && charts->chart[i].script != NULL
			&& strcmp(charts->chart[i].kind, times ? "time" : "speedup") == 0)
			return &charts->chart[i];
	return NULL;
}

int plot_write(FILE *out, const struct plot *plot, const struct summary *s, unsigned lesson,
	const struct charts *charts, const char *scripts_dir, char *why)
{
	struct view v = chart_view(s, lesson, "");
	struct lines l;

	putc('\n', out);
	if (!choose(&v, &l)) {
		paper_paragraph(out, 2, "%s: nothing has a time, so nothing is drawn", v.lesson->title);
		return 0;
	}
	const struct chart *chart = plot->kind == PLOT_SIXEL ? sixel_chart(charts, lesson, l.times) : NULL;
	return chart ? write_sixel(out, chart, why) : write_text(out, plot, &v, &l, scripts_dir, why);
}
