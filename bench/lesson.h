/* SPDX-License-Identifier: MIT */
/* lesson.h -- the contract between a lesson and the harness.
 *
 * A lesson is one problem, taken from a document, solved several ways; each way is a file that exports one `variant`.
 * The harness links every variant into a program of its own and starts that program afresh for every measurement, so a
 * variant may assume a clean process and may die() on any failed call: the harness records it and carries on.
 */
#ifndef BENCH_LESSON_H
#define BENCH_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { MAX_WORKERS = 1024, MAX_VARIANTS = 16, MAX_PARAMS = 8, MAX_EXAMPLES = 4, MAX_CHARTS = 16 };

/* What to solve.  The same for every variant; read-only while one runs. */
struct task {
	uint64_t n;             /* problem size, counted in lesson.unit; 0 is legal */
	unsigned workers;       /* threads or processes, 1..MAX_WORKERS; may exceed n */
	const uint64_t *param;  /* values of lesson.params, in that order */
	const void *input;      /* what lesson.prepare returned, or NULL; not yours to free */
};

enum expect { CORRECT, WRONG, HANGS };  /* the last two: files that are broken on purpose, and show it */

/* One way to solve it.  solve() is timed.  It leaves the answer in `answer` (private memory of the calling process,
 * poisoned beforehand) and nothing else behind: no thread, child, descriptor or allocation.  start() and stop() are
 * optional and timed apart: a pool lives between them, so that what it costs to create one is shown and not hidden. */
struct variant {
	const char *idea;                                   /* what this file teaches, one line */
	void (*start)(const struct task *);
	void (*solve)(const struct task *, void *answer);
	void (*stop)(const struct task *);
	enum expect expect;
};

/* A knob of the problem, beside n. */
struct param {
	const char *name, *unit;
	uint64_t value;         /* the default, used when measuring */
	uint64_t least, most;   /* both included */
	const char *about;      /* one line */
	bool grain;             /* the work of a single unit of n grows with it: how small may a task be? */
	const char *sweep;      /* values that a run measures when it is not told which, as "0,25,50"; NULL: `value` */
};

/* What a document did, and what it printed: run by `manyhands show`, compared in every test run. */
struct example {
	const char *source;             /* "D3": see lessons/README.md */
	uint64_t n;
	unsigned workers;
	uint64_t param[MAX_PARAMS];     /* every one of lesson.params, in that order */
	const char *prints;             /* the document's result, as lesson.show must print it; lines end in \n */
};

/* Defined once per folder, in lesson.c. */
struct lesson {
	const char *title, *unit, *source;                  /* source: the documents and what they did, one line */
	const char *question;                               /* what the lesson answers, as on its page */
	uint64_t n, n_max;                                  /* a size worth measuring; the largest that stays exact */
	uint64_t n_least;                                   /* a run of many lessons does not cut n below; 0: it may */
	unsigned base_ms;                                   /* serial time to scale n to, ms; 0: the harness's own */
	bool waits;                                         /* workers wait rather than compute: p may pass the PUs */
	bool crowds;                                        /* measured with the document's number of workers, too */
	const char *sizes;                                  /* n to measure besides, as "1000,4000" or "1000..64000" */
	struct param params[MAX_PARAMS];                    /* ends with a NULL name */
	/* ends with a NULL source; the first one is also measured */
	struct example examples[MAX_EXAMPLES];
	void *(*prepare)(const struct task *);              /* optional; returns malloc'd input, freed by the harness */
	size_t (*answer_bytes)(const struct task *);        /* may be 0 when n is */
	/* Optional: bytes that one solve must send between the caller and workers that are processes; bytes that it
	 * moves to and from memory, for a lesson whose pace the memory sets. */
	uint64_t (*crossed_bytes)(const struct task *);
	uint64_t (*moved_bytes)(const struct task *);
	/* By another route than the kernel's.  False: one line on `why` says what was expected and what was found. */
	bool (*verify)(const struct task *, const void *answer, FILE *why);
	void (*show)(const struct task *, const void *answer, FILE *);      /* prints as the document's program did */
	const char *variants[MAX_VARIANTS];                 /* file names without .c, in reading order; NULL ends */
	/* Pictures of a run, in reading order, NULL ends: a kind of bench/report/charts.h.  "sweep NAME" is
	 * for a parameter, "sweep NAME amdahl" for one that is a share in percent under a lock; "timeline NAME=VALUE"
	 * for another problem than the main one.  None at all: those that any lesson can have. */
	const char *charts[MAX_CHARTS];
};

extern const struct lesson lesson;
extern const struct variant variant;

#endif
