/* SPDX-License-Identifier: MIT */
/* turn.h -- graders that run at once leave the machine to the one that measures.
 *
 * Any number of them climb rungs 1 to 7 at the same time.  Rung 8 begins when nobody else is at work, and until it is
 * done nobody else begins.  That holds for all graders of one build: a class's, and those of two terminals.
 *
 * Two files below BUILD/grade are locked by flock(), so that the kernel takes back what a dead grader held.  `room` is
 * shared by all that are at work, and owned by the one that measures.  `gate` is passed on the way in, and kept by who
 * waits to measure: without it, new ones would keep coming in.
 */
#ifndef BENCH_GRADE_TURN_H
#define BENCH_GRADE_TURN_H

enum turn_kind { TURN_NONE, TURN_TOGETHER, TURN_ALONE };

struct turn { int gate, room; enum turn_kind held; };

/* BUILD/grade must be there.  0, or -errno and a sentence in `why` (LAB_WHY); turn_close() is right in every case. */
int turn_open(struct turn *, const char *build, char *why);

/* Gives back what it held and waits for the other kind.  0; -EINTR when the user interrupted; -ETIME and a sentence
 * when others have been at work for 15 minutes; or -errno and a sentence. */
int turn_take(struct turn *, enum turn_kind, char *why);

void turn_close(struct turn *);

#endif
