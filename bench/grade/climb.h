/* SPDX-License-Identifier: MIT */
/* climb.h -- one answer on its way up the rungs: what the rungs share.  Private to this room.
 *
 * A rung gives one of the verdicts, or -errno with a sentence in climb.why.  Whatever rung a run belongs to: one that
 * never ends fails rung 7, and no rung after the one it happened on is reached.  What a run leaves behind is kept for
 * rung 6.  One that dies fails rung 3 or, where the same was right before, the rung that it happened on.  What fails on
 * rung 3 now and then only, fails rung 4.
 */
#ifndef BENCH_GRADE_CLIMB_H
#define BENCH_GRADE_CLIMB_H

#include "bench/grade/attempt.h"
#include "bench/grade/build.h"
#include "bench/grade/result.h"
#include "bench/grade/turn.h"
#include "bench/grade/words.h"

enum verdict { VERDICT_PASSED, VERDICT_FAILED, VERDICT_NOT_JUDGED };

struct climb {
	const struct lab *lab;
	const struct conf *conf;
	const struct lab_places *places;
	struct answer answer;
	struct stage stage;
	struct turn turn;                       /* kept from rung to rung */
	struct part_result *out;
	uint64_t seed;
	unsigned part;
	char program[BUILD_KINDS][PATH_MAX];    /* "" before it was built */
	char shown[BUILD_KINDS][PATH_MAX];      /* where it lies afterwards, for a replay by hand */
	bool keeps;                             /* the answer lies in the lab's folder: its programs are kept */
	char *left, *left_command;              /* what the first run that left something left; malloc'd or NULL */
	char *why;
};

/* Makes the rung's finding from the cause, and the format into what was seen.  Always VERDICT_FAILED. */
int climb_fail(struct climb *, enum rung, enum cause, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds how to see it again: the whole climb by its seed and, with a command, this run alone. */
void climb_replay(struct climb *, const char *command);

/* VERDICT_NOT_JUDGED, with a note for the rung. */
int climb_not_judged(struct climb *, enum rung, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Builds one kind, once: VERDICT_PASSED, VERDICT_NOT_JUDGED when this machine cannot (said), or -errno. */
int climb_build(struct climb *, enum rung, enum build_kind);

/* One run of a kind's program.  VERDICT_PASSED: it came to an end, and *a tells how; anything else stops the climb.
 * `n`, `workers` and the like are the caller's; program, folder, deadline are filled in.  Free *a in every case. */
int climb_try(struct climb *, enum rung, enum build_kind, struct order *, struct attempt *);

/* A number that the seed, the rung and k fix. */
uint64_t climb_random(const struct climb *, enum rung, unsigned k);

/* The rungs. */
int rung_builds(struct climb *);
int rung_mechanism(struct climb *);
int rung_right(struct climb *);
int rung_every_time(struct climb *);
int rung_clean(struct climb *);
int rung_leaves_nothing(struct climb *);
int rung_ends(struct climb *);
int rung_fast(struct climb *);

#endif
