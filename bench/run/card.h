/* SPDX-License-Identifier: MIT */
/* card.h -- the lessons that there are, as their own programs describe them. */
#ifndef BENCH_RUN_CARD_H
#define BENCH_RUN_CARD_H

#include "bench/lesson.h"

#include <jansson.h>

enum { CARD_WHY = 512, CARD_MAX_LESSONS = 64, CARD_ORIGINALS = 3, CARD_MAX_VARIANTS = MAX_VARIANTS + CARD_ORIGINALS };

struct card_variant {
	const char *name, *idea;
	char *program;          /* path */
	enum expect expect;
	bool original;          /* the document's own program, in Python */
};

struct card {
	char *name;             /* the folder's: 02_sum_of_powers */
	const char *title, *unit, *source, *question;
	uint64_t n, n_max, n_least;
	unsigned base_ms;
	bool waits, crowds, moves;              /* moves: it declares bytes to and from memory */
	const char *sizes;                      /* "" without */
	unsigned params, examples, variants;    /* how many of each */
	struct param param[MAX_PARAMS];
	struct example example[MAX_EXAMPLES];
	struct card_variant variant[CARD_MAX_VARIANTS];         /* originals, where there are any, come last */
	const json_t *charts;                   /* their names */
	json_t *json[MAX_VARIANTS];             /* what the texts above point into */
};

struct catalogue {
	unsigned count;
	struct card *card[CARD_MAX_LESSONS];    /* in the order of their names */
	enum { NO_ORIGINALS, PYTHON_HERE, PYTHON_MISSING } python;      /* missing: originals are there, and left out */
};

/* Asks every program below `folder` (folder/LESSON/VARIANT).  A name in `only` (NULL: all) need not carry its number.
 * 0, -EINTR when the user interrupted, or -errno; `why` (CARD_WHY bytes) then names the lesson, what is amiss and what
 * to do.  Free it in every case. */
int catalogue_load(struct catalogue *, const char *folder, const char *const *only, unsigned only_count, char *why);
int catalogue_load_one(struct catalogue *, const char *folder, const char *name, char *why);
void catalogue_free(struct catalogue *);

/* Index of a variant or parameter by name; -1 and a sentence with the nearest name when there is none. */
int card_variant(const struct card *, const char *name, char *why);
int card_param(const struct card *, const char *name, char *why);

/* Values, in the card's order, as an object: {"chunk": 1}.  The caller's to free. */
json_t *card_params(const struct card *, const uint64_t *value);

#endif
