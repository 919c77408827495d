/* SPDX-License-Identifier: MIT */
/* report.c -- everything that is made from a results folder. */
#include "bench/report/report.h"

#include "bench/report/charts.h"
#include "bench/report/csv.h"
#include "bench/report/findings.h"
#include "bench/report/summary.h"
#include "bench/report/table.h"

#include <errno.h>

/* -ENOENT when all is written, but there is no gnuplot. */
static int make_charts(const char *dir, const char *scripts_dir, const struct summary *s, char *why)
{
	struct charts charts;
	int error = charts_make(s, scripts_dir, &charts, why);

	if (error == 0)
		error = charts_save(dir, &charts, why);
	if (error == 0)
		error = charts_draw(dir, &charts, "svg", why);
	if (error == 0)
		error = charts_draw(dir, &charts, "png pdf", why);
	charts_free(&charts);
	return error;
}

int report_folder(const char *dir, const char *scripts_dir, FILE *out)
{
	struct summary *summary;
	char why[SUMMARY_WHY];
	int error = summary_read(dir, &summary, why);

	if (error < 0) {
		fprintf(stderr, "manyhands: %s\n", why);
		return error;
	}
	if (findings_make(summary) < 0)
		fprintf(stderr, "manyhands: not enough memory to look for laws\n");
	error = csv_save(dir, summary, why);
	table_write(out, summary);
	fflush(out);
	if (error == 0)
		error = make_charts(dir, scripts_dir, summary, why);
	if (error == -ENOENT) {
		fprintf(out, "\nThe charts are not drawn: there is no gnuplot.  Install it (apt install\n"
			"  gnuplot-nox; dnf, zypper install gnuplot; pacman -S gnuplot), then run\n"
			"  manyhands report %s\n", dir);
		error = 0;
	}
	if (error < 0)
		fprintf(stderr, "manyhands: %s\n", why);
	summary_free(summary);
	return error;
}
