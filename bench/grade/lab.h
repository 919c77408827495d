/* SPDX-License-Identifier: MIT */
/* lab.h -- the labs that there are: a folder lessons/NN_name/lab with a settings file, named by it.
 *
 * lessons/02_sum_of_powers/lab/primes.conf is the lab `primes`; it also answers to 02_primes, 02, 02_sum_of_powers and
 * sum_of_powers.  Functions return 0 or -errno and leave one sentence in `why` (LAB_WHY bytes).
 */
#ifndef BENCH_GRADE_LAB_H
#define BENCH_GRADE_LAB_H

#include "bench/grade/conf.h"
#include "bench/run/card.h"

#include <limits.h>

enum { LAB_WHY = CARD_WHY, LAB_MOST = CARD_MAX_LESSONS };

/* Where the sources and this build are; absolute. */
struct lab_places { const char *source, *build; };

struct lab {
	char name[64], lesson[64];              /* primes, 02_sum_of_powers */
	char source[PATH_MAX];                  /* SOURCE/lessons/02_sum_of_powers/lab */
	char built[PATH_MAX];                   /* BUILD/lessons/02_sum_of_powers/lab */
	char labs[PATH_MAX];                    /* BUILD/labs: see card.h */
	struct conf conf;
	struct catalogue catalogue;             /* of one: the lab's card, as its serial program tells it */
	const struct card *card;                /* NULL before lab_open() */
};

/* Finds a lab and reads its settings. */
int lab_find(struct lab *, const struct lab_places *, const char *name, char *why);

/* The same, for the k-th lab in the order of the lessons; -ENOENT past the last. */
int lab_at(struct lab *, const struct lab_places *, unsigned k, char *why);

/* Reads its card, too, and checks the settings against it.  lab_close() is right in every case. */
int lab_open(struct lab *, char *why);
void lab_close(struct lab *);

/* The file that answers part i: "mine.c", or "mine_openmp.c" for openmp beside another mechanism; stem: "mine". */
void lab_file(const struct lab *, unsigned part, const char *stem, char *out, size_t size);

/* The part that a file of this name answers: the one by openmp if it names openmp, else the first that is not. */
unsigned lab_part(const struct lab *, const char *file);

/* Leaves a sentence in `why`, cut to its size. */
void lab_why(char *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
