/* SPDX-License-Identifier: MIT */
/* sweep.c -- --sizes and --sweep: one lesson, many problems.  See sweep.h. */
#include "bench/run/sweep.h"

#include "bench/base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* "12" or "1..64" */
static int parse_span(const char *word, uint64_t least, uint64_t most, uint64_t *first, uint64_t *last)
{
	const char *dots = strstr(word, "..");
	char from[32];

	snprintf(from, sizeof from, "%.*s", dots ? (int)(dots - word) : (int)sizeof from - 1, word);
	if (text_u64(from, least, most, first) < 0 || text_u64(dots ? dots + 2 : word, least, most, last) < 0)
		return -EINVAL;
	return *first <= *last ? 0 : -EINVAL;
}

static int too_many(const char *option, const char *text, char *why)
{
	snprintf(why, CARD_WHY, "%s %.200s: more than %d values; name fewer", option, text, SWEEP_MOST_VALUES);
	return -EINVAL;
}

int sweep_values(const char *option, const char *text, uint64_t least, uint64_t most, uint64_t *values, unsigned *count,
	char *why)
{
	unsigned found = 0, kept = 0;

	for (const char *rest = text;; rest++) {
		size_t length = strcspn(rest, ",");
		char word[64];
		uint64_t first, last;

		snprintf(word, sizeof word, "%.*s", (int)length, rest);
		if (parse_span(word, least, most, &first, &last) < 0) {
			snprintf(why, CARD_WHY, "%s: '%s' is not a whole number from %" PRIu64 " to %" PRIu64 "; write "
				"them as 1,10,100 or, doubling, as 1..64", option, word, least, most);
			return -EINVAL;
		}
		for (uint64_t value = first;; value = value > last / 2 ? last : value ? 2 * value : 1) {
			if (found == SWEEP_MOST_VALUES)
				return too_many(option, text, why);
			values[found++] = value;
			if (value >= last)
				break;
		}
		rest += length;
		if (!*rest)
			break;
	}
	qsort(values, found, sizeof *values, ascending);
	for (unsigned i = 0; i < found; i++)
		if (i == 0 || values[i] != values[i - 1])
			values[kept++] = values[i];
	*count = kept;
	return 0;
}

/* The lesson's own values, and those of --param. */
static int start(const struct settings *s, const struct card *card, struct problem *p, char *why)
{
	*p = (struct problem){ .n = s->n, .fixed = s->n != 0 };
	for (unsigned i = 0; i < card->params; i++)
		p->param[i] = card->param[i].value;
	for (unsigned i = 0; i < s->param_count; i++) {
		const char *text = s->params[i], *equals = strchr(text, '=');
		char name[64];

		snprintf(name, sizeof name, "%.*s", equals ? (int)(equals - text) : 63, text);
		int index = equals ? card_param(card, name, why) : -1;
		if (!equals)
			snprintf(why, CARD_WHY, "--param %s: write NAME=VALUE", text);
		if (index < 0)
			return -EINVAL;
		const struct param *param = &card->param[index];
		if (text_u64(equals + 1, param->least, param->most, &p->param[index]) < 0) {
			snprintf(why, CARD_WHY, "--param %s: %s of %s is a whole number from %" PRIu64 " to %" PRIu64,
				text, name, card->name, param->least, param->most);
			return -EINVAL;
		}
	}
	return 0;
}

/* Every problem that there is, once for each value: of n when `index` is MAX_PARAMS, else of that parameter. */
static int multiply(struct problem *problem, unsigned *count, int index, const uint64_t *values, unsigned many,
	char *why)
{
	const unsigned before = *count;

	if (before * many > SWEEP_MOST_PROBLEMS) {
		snprintf(why, CARD_WHY,
			"the sweeps make %u problems of one lesson, and %d is the most: name fewer values",
			before * many, SWEEP_MOST_PROBLEMS);
		return -EINVAL;
	}
	for (unsigned v = many; v-- > 0;)       /* downwards: the first copy is the original itself */
		for (unsigned i = 0; i < before; i++) {
			struct problem p = problem[i];
			*(index == MAX_PARAMS ? &p.n : &p.param[index]) = values[v];
			p.fixed |= index == MAX_PARAMS;
			problem[v * before + i] = p;
		}
	*count = before * many;
	return 0;
}

/* The user says nothing of this parameter, and asks for no other sweep: the lesson's own values. */
static int own_sweep(const struct settings *s, const struct card *card, unsigned index, struct problem *problem,
	unsigned *count, char *why)
{
	const struct param *param = &card->param[index];
	uint64_t values[SWEEP_MOST_VALUES];
	const size_t length = strlen(param->name);
	unsigned many;

	if (!param->sweep || s->sweeps > 0 || s->sizes)
		return 0;
	for (unsigned i = 0; i < s->param_count; i++)
		if (strncmp(s->params[i], param->name, length) == 0 && s->params[i][length] == '=')
			return 0;
	int error = sweep_values(param->name, param->sweep, param->least, param->most, values, &many, why);
	if (error == 0)
		error = multiply(problem, count, (int)index, values, many, why);
	for (unsigned i = 0; i < *count && error == 0; i++)
		problem[i].aside |= problem[i].param[index] != param->value;
	return error;
}

/* The lesson's own sizes, for a problem that the user left as it is. */
static int own_sizes(const struct settings *s, const struct card *card, struct problem as_it_is,
	struct problem *problem, unsigned *count, char *why)
{
	uint64_t values[SWEEP_MOST_VALUES];
	unsigned many = 0;

	if (!card->sizes || !*card->sizes || s->sweeps > 0 || s->sizes || s->n != 0 || s->weak)
		return 0;
	int error = sweep_values("sizes", card->sizes, 1, card->n_max, values, &many, why);
	as_it_is.fixed = as_it_is.aside = true;
	for (unsigned v = 0; v < many && error == 0 && *count < SWEEP_MOST_PROBLEMS; v++) {
		as_it_is.n = values[v];
		problem[(*count)++] = as_it_is;
	}
	return error;
}

/* Those that are not aside first: there is one at least. */
static void main_first(struct problem *problem, unsigned count)
{
	for (unsigned i = 1, end = 0; i < count; i++) {
		while (end < i && !problem[end].aside)
			end++;
		if (problem[i].aside || end == i)
			continue;
		struct problem main = problem[i];
		memmove(&problem[end + 1], &problem[end], (i - end) * sizeof *problem);
		problem[end] = main;
	}
}

static int sweep(const struct settings *s, const struct card *card, const char *text, struct problem *problem,
	unsigned *count, char *why)
{
	const char *equals = strchr(text, '=');
	uint64_t values[SWEEP_MOST_VALUES];
	char name[64], option[80];
	unsigned many;

	if (!equals)
		return snprintf(why, CARD_WHY, "--sweep %.100s: write NAME=VALUE,VALUE,... as --sweep chunk=1,16,256",
			text), -EINVAL;
	snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
	snprintf(option, sizeof option, "--sweep %.60s", name);
	int index = card_param(card, name, why);
	if (index < 0 && s->lessons == 0)
		return *count = 0, 0;           /* of all lessons, those that have it */
	if (index < 0)
		return -EINVAL;
	if (sweep_values(option, equals + 1, card->param[index].least, card->param[index].most, values, &many, why) < 0)
		return -EINVAL;
	return multiply(problem, count, index, values, many, why);
}

int sweep_problems(const struct settings *s, const struct card *card, struct problem problem[SWEEP_MOST_PROBLEMS],
	unsigned *count, char *why)
{
	uint64_t values[SWEEP_MOST_VALUES];
	unsigned many;
	int error = start(s, card, &problem[0], why);
	const struct problem as_it_is = problem[0];

	*count = 1;
	if (error == 0 && s->n > card->n_max) {
		snprintf(why, CARD_WHY, "--n %" PRIu64 ": %s stays exact up to n = %" PRIu64, s->n, card->name,
			card->n_max);
		error = -ERANGE;
	}
	for (unsigned i = 0; i < s->sweeps && error == 0 && *count > 0; i++)
		error = sweep(s, card, s->sweep[i], problem, count, why);
	for (unsigned i = 0; i < card->params && error == 0 && *count > 0; i++)
		error = own_sweep(s, card, i, problem, count, why);
	if (error == 0 && *count > 0 && s->sizes) {
		error = sweep_values("--sizes", s->sizes, 1, card->n_max, values, &many, why);
		if (error == 0)
			error = multiply(problem, count, MAX_PARAMS, values, many, why);
	}
	if (error == 0 && *count > 0)
		error = own_sizes(s, card, as_it_is, problem, count, why);
	main_first(problem, *count);
	return error;
}
