/* SPDX-License-Identifier: MIT */
/* findings.h -- what a summary lets one say beyond single cells: the laws that speedups follow with p, from which size
 * on a variant pays, how large a task must be.  What cannot be said has its reason. */
#ifndef BENCH_REPORT_FINDINGS_H
#define BENCH_REPORT_FINDINGS_H

#include "bench/report/summary.h"

enum finding_kind {
	FINDING_SERIAL_SHARE,   /* Karp and Flatt's e(p) of one cell: the share that behaves as if it were serial */
	FINDING_AMDAHL,         /* serial share a of Amdahl's law, for a variant */
	FINDING_CONTENTION,     /* a of the universal scalability law */
	FINDING_COHERENCE,      /* b of the universal scalability law */
	FINDING_PEAK,           /* p beyond which the speedup falls */
	FINDING_CROSSOVER,      /* n from which the variant beats serial */
	FINDING_METG,           /* seconds of work in a task from which p workers run at half efficiency or better */
	FINDING_KINDS
};
extern const char *const finding_kind_name[FINDING_KINDS];

struct finding {
	enum finding_kind kind;
	const struct summary_cell *cell;        /* the one it is about, or of its variant the one with most workers */
	double value, low, high;                /* 95 %; NAN where refused */
	/* what it says, or why it is not said; begins with the variant's name */
	char sentence[240];
};

/* Fills s->finding with all findings of the warm regime at measured sizes: by problem and variant in the order of the
 * cells, laws before sweeps.  They go with the summary, and with the next summary_more().  0 or -ENOMEM. */
int findings_make(struct summary *s);

#endif
