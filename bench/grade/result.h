/* SPDX-License-Identifier: MIT */
/* result.h -- what a grading found: every format is written from this, and nothing else. */
#ifndef BENCH_GRADE_RESULT_H
#define BENCH_GRADE_RESULT_H

#include "bench/grade/conf.h"

#include <stdio.h>

enum rung { RUNG_BUILDS, RUNG_MECHANISM, RUNG_RIGHT, RUNG_EVERY_TIME, RUNG_CLEAN, RUNG_LEAVES_NOTHING, RUNG_ENDS,
	RUNG_FAST };
enum rung_state { RUNG_NOT_REACHED, RUNG_PASSED, RUNG_FAILED, RUNG_NOT_JUDGED };

extern const char *const rung_name[RUNGS];
extern const char *const rung_state_name[4];

/* What stopped the climb, in words for the student.  All malloc'd; NULL: nothing to say. */
struct finding {
	char *expected, *seen, *why, *advice;
	char *detail;           /* the compiler's or the sanitizer's own words, lines */
	char *replay;           /* a command */
};

struct rung_result {
	enum rung_state state;
	double points, of;
	double seconds;         /* that it took */
	char *note;             /* why it was not judged, or figures; malloc'd, or NULL */
};

struct part_result {            /* one answer: one mechanism */
	enum mechanism by;
	char *file;             /* its name */
	struct rung_result rung[RUNGS];
	int failed;             /* the rung that failed, from 0; -1: none */
	struct finding finding; /* of that rung */
};

struct result {
	char *lab, *lesson, *title;
	uint64_t seed;
	unsigned parts;
	struct part_result part[CONF_PARTS];
	double points, not_judged, of;  /* points that were earned; that nobody could judge here; that there are */
	double seconds;
};

void result_sum(struct result *);       /* fills points, not_judged and of from the rungs */
void result_free(struct result *);
int result_last_rung(const struct part_result *);       /* how many rungs were passed or not judged, in a row */

/* At most 80 columns; with colours if `coloured`. */
void result_text(FILE *, const struct result *, bool coloured);
void result_json(FILE *, const struct result *);

/* Gradescope's results.json: a test for each rung; one that was not judged has no score, so that it is shown as neither
 * passed nor failed.  https://gradescope-autograders.readthedocs.io/en/latest/specs/ */
void result_gradescope(FILE *, const struct result *);

/* JUnit's XML, as CI systems read it: a testcase for each rung; skipped: not reached, or not judged. */
void result_junit(FILE *, const struct result *);

/* RFC 4180, but that lines end in \n: a header, and a row for each answer, with its points.  Texts are quoted; one that
 * a spreadsheet would take for a formula (= + - @, after spaces, too) gets a ' in front; control characters but \n
 * become '?'.  The parts of it are for tables that have more columns; they end no line. */
void result_csv(FILE *, const struct result *);
void result_csv_header(FILE *);
void result_csv_cells(FILE *, const char *lab, uint64_t seed, const struct part_result *);
void result_csv_cell(FILE *, const char *text);
char *result_csv_plain(const char *text);       /* what a reader of such a cell finds; malloc'd, or NULL */

#endif
