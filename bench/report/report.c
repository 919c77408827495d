/* SPDX-License-Identifier: MIT */
/* report.c -- everything that is made from a results folder. */
#include "bench/report/report.h"

#include "bench/base/text.h"
#include "bench/report/charts.h"
#include "bench/report/csv.h"
#include "bench/report/findings.h"
#include "bench/report/html.h"
#include "bench/report/summary.h"
#include "bench/report/table.h"
#include "bench/report/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- a lesson by its name, with its number or without ---- */

static const char *without_number(const char *name)
{
	const char *rest = name + strspn(name, "0123456789");
	return rest > name && *rest == '_' ? rest + 1 : name;
}

static int no_such_lesson(const struct summary *s, const char *asked, char *why)
{
	const char **names = calloc(2 * (size_t)s->lessons + 1, sizeof *names);
	char name[300], near[300] = "";
	unsigned count = 0;

	for (unsigned i = 0; names != NULL && i < s->lessons; i++) {
		names[count++] = s->lesson[i].name;
		names[count++] = without_number(s->lesson[i].name);
	}
	const char *nearest = text_nearest(asked, names, count);
	words_clean(asked, 60, name, sizeof name);
	if (nearest != NULL)
		words_clean(nearest, 60, near, sizeof near);
	free(names);
	snprintf(why, SUMMARY_WHY, "this run has no lesson '%s'%s%s%s", name, *near ? ": did you mean '" : "", near,
		*near ? "'?" : "; its table, without --lesson, shows those that it has");
	return -EINVAL;
}

static int find_lesson(const struct summary *s, const char *asked, unsigned *lesson, char *why)
{
	*lesson = TABLE_ALL;
	if (asked == NULL)
		return 0;
	for (unsigned i = 0; i < s->lessons; i++)
		if (strcmp(s->lesson[i].name, asked) == 0 || strcmp(without_number(s->lesson[i].name), asked) == 0) {
			*lesson = i;
			return 0;
		}
	return no_such_lesson(s, asked, why);
}

/* ---- what is drawn ---- */

/* The page needs the SVGs alone, and is there as soon as they are.  A chart that gnuplot refused is missing from it,
 * and is what is told; -ENOENT when all is written, but there is no gnuplot. */
static int draw_page(const struct report_order *order, const struct summary *s, const struct charts *charts, char *why)
{
	char why_not[SUMMARY_WHY];
	int drawn = charts_draw(order->folder, charts, "svg", why);
	bool refused = drawn < 0 && drawn != -ENOENT;
	int error = html_save(order->folder, order->scripts_dir, s, charts, drawn != -ENOENT, refused ? why_not : why);

	return refused || error == 0 ? drawn : error;
}

static int draw_charts(const struct report_order *order, const struct summary *s, const struct charts *charts,
	char *why)
{
	const char *formats = order->formats != NULL ? order->formats : "svg png pdf";
	const char *others = strstr(formats, "png") && strstr(formats, "pdf") ? "png pdf"
		: strstr(formats, "png") ? "png" : strstr(formats, "pdf") ? "pdf" : NULL;
	int error;

	if (*formats == '\0')
		return 0;
	error = charts_save(order->folder, charts, why);
	if (error == 0)
		error = draw_page(order, s, charts, why);
	if (error == 0 && others != NULL)
		error = charts_draw(order->folder, charts, others, why);
	return error;
}

static int draw_plots(FILE *out, const struct report_order *order, const struct summary *s, unsigned only,
	const struct charts *charts, char *why)
{
	int error = 0;

	for (unsigned i = 0; i < s->lessons && order->plot.kind != PLOT_NONE && error == 0; i++)
		if (only == i || (only == TABLE_ALL && !s->lesson[i].is_capacity && !s->lesson[i].is_bandwidth))
			error = plot_write(out, &order->plot, s, i, charts, order->scripts_dir, why);
	return error;
}

static int draw(FILE *out, const struct report_order *order, const struct summary *s, unsigned only, char *why)
{
	struct charts charts;
	int error = charts_make(s, order->scripts_dir, &charts, why);

	if (error == 0)
		error = draw_charts(order, s, &charts, why);
	if (error == 0)
		error = draw_plots(out, order, s, only, &charts, why);
	charts_free(&charts);
	if (error == -ENOENT) {
		fprintf(out, "\nThe charts are not drawn: there is no gnuplot.  Install it (apt install\n"
			"  gnuplot-nox; dnf, zypper install gnuplot; pacman -S gnuplot), then run\n"
			"  manyhands report %s\n", order->folder);
		error = order->plot.kind == PLOT_NONE ? 0 : -ENOENT;
	}
	return error;
}

/* ---- the door ---- */

int report_make(const struct report_order *order, FILE *out)
{
	struct summary *summary;
	char why[SUMMARY_WHY];
	unsigned only = TABLE_ALL;
	int error = summary_read(order->folder, &summary, why);

	if (error == 0)
		error = find_lesson(summary, order->lesson, &only, why);
	if (error < 0) {
		fprintf(stderr, "manyhands: %s\n", why);
		summary_free(summary);
		return error;
	}
	if (findings_make(summary) < 0)
		fprintf(stderr, "manyhands: not enough memory to look for laws\n");
	error = csv_save(order->folder, summary, why);
	table_write_lesson(out, summary, only);
	fflush(out);
	if (error == 0)
		error = draw(out, order, summary, only, why);
	if (error < 0)
		fprintf(stderr, "manyhands: %s\n", why);
	summary_free(summary);
	return error;
}

int report_folder(const char *folder, const char *scripts_dir, FILE *out)
{
	return report_make(&(struct report_order){ .folder = folder, .scripts_dir = scripts_dir }, out);
}
