/* SPDX-License-Identifier: MIT */
/* grade.h -- an answer to a lab, rung by rung. */
#ifndef BENCH_GRADE_GRADE_H
#define BENCH_GRADE_GRADE_H

#include "bench/grade/lab.h"
#include "bench/grade/result.h"

struct grading {
	const struct lab *lab;                  /* opened */
	const struct lab_places *places;
	const char *answer[CONF_PARTS];         /* path of each part's file; NULL: this part is not graded */
	uint64_t seed;
	void (*tell)(void *, unsigned part, unsigned rung);     /* what is tried now; may be NULL */
	void *arg;
};

/* 0 whatever the answer is worth; -EINTR when the user interrupted, or -errno and a sentence in `why` (LAB_WHY).
 * Nothing is left behind in any case but the last programs, for a replay by hand: BUILD/grade/LAB-mine.
 * result_free() is right in every case. */
int grade(const struct grading *, struct result *, char *why);

#endif
