/* SPDX-License-Identifier: MIT */
/* conf.h -- how a lab is graded: its settings file, lessons/NN_name/lab/LAB.conf.
 *
 * A line is `key = value`; from `#` on it is a comment.  An unknown key, a key given twice, and a value out of bounds
 * are errors that name file and line.  `by` must be there; every other key has the default that stands here.
 *
 *   by = pthreads openmp     the mechanisms asked for: one or two of fork, pthreads, openmp.  The first is answered by
 *                            mine.c, openmp beside another one by mine_openmp.c; two answers share the points evenly
 *   points = 5 10 30 15 15 5 5 15    for each rung; 100 in all
 *   deadline = 10s           of one run; under a sanitizer five times as long; and, tried again, four times as long
 *                            where nobody is stuck
 *   n = 1000                 the large size of rungs 3 to 7; a millisecond of work is enough
 *   n_fast = 10000           the size of rungs 2 and 8; serial should take 20 to 100 ms
 *   workers = 1 2 3 8        numbers of workers of rungs 3 and 4
 *   workers_seen = 3         number of workers of rung 2
 *   main_works = no          yes: the main thread or the parent may be one of the workers (with openmp it always may)
 *   each_works = 10%         CPU time that each worker must have of what the mean worker has; 0%: that it entered is
 *                            enough (for labs whose workers wait)
 *   repeats = 24             runs of rung 4
 *   vary = NAME 0 1 50       a parameter of the lesson, and the values that rungs 3 to 5 draw from; may be repeated.
 *                            The parameter `seed` is always drawn, from its whole range
 *   forbid = usleep select   functions that the answer may not call, beside those of its mechanism (symbols.c)
 *   allow = dlsym            functions that it may call although they are forbidden there
 *   workers_fast = 4         workers of rung 8; no more than there are cores
 *   fast_of_model = 85%      the least speed, of the model answer's; an interval that lies below fails
 *   fast_of_cores = 60%      where the model answer is not there (a student's copy): the least speedup against serial,
 *                            of what as many independent loops gain meanwhile
 */
#ifndef BENCH_GRADE_CONF_H
#define BENCH_GRADE_CONF_H

#include <stdbool.h>
#include <stdint.h>

enum mechanism { BY_FORK, BY_PTHREADS, BY_OPENMP, MECHANISMS };
enum { RUNGS = 8, CONF_PARTS = 2, CONF_WHY = 512, CONF_NAMES = 32, CONF_COUNTS = 8, CONF_VARIES = 8, CONF_VALUES = 16,
	CONF_NAME = 64 };

extern const char *const mechanism_name[MECHANISMS];

struct conf_vary { char name[CONF_NAME]; unsigned values; uint64_t value[CONF_VALUES]; };

struct conf {
	unsigned parts;                         /* mechanisms asked for */
	enum mechanism by[CONF_PARTS];
	unsigned points[RUNGS];
	double deadline_s;
	uint64_t n, n_fast;
	unsigned counts, workers[CONF_COUNTS];
	unsigned workers_seen, workers_fast, repeats;
	bool main_works;
	double each_works, fast_of_model, fast_of_cores;        /* shares, 0 to 1 */
	unsigned varies;
	struct conf_vary vary[CONF_VARIES];
	unsigned forbids, allows;
	char forbid[CONF_NAMES][CONF_NAME], allow[CONF_NAMES][CONF_NAME];
};

/* 0, or -errno and one sentence in `why` (CONF_WHY bytes) with file and line. */
int conf_read(struct conf *, const char *path, char *why);

#endif
