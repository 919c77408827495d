/* SPDX-License-Identifier: MIT */
/* printed.c -- what a document printed, and what comes out here. */
#include "bench/run/printed.h"

#include "bench/run/spawn.h"

#include <stdio.h>

static const double deadline_s = 20;

/* A run is not refused because of this: the trials tell what is wrong, and a signal is met by the next of them. */
static json_t *try_serial(const struct card *card, unsigned example)
{
	char option[32];
	char *const argv[] = { card->variant[0].program, option, NULL };
	struct spawned spawned;
	json_t *text = NULL;

	snprintf(option, sizeof option, "--show=%u", example);
	if (spawn_run(&(struct spawn){ .argv = argv, .deadline_s = deadline_s }, &spawned) == 0 && spawned.status == 0
		&& !spawned.cut[0])
		text = json_string(spawned.text[0]);    /* NULL when it is not UTF-8 */
	spawned_free(&spawned);
	return text ? text : json_null();
}

json_t *printed_examples(const struct card *card)
{
	json_t *list = json_array();

	for (unsigned e = 0; e < card->examples; e++) {
		const struct example *example = &card->example[e];
		json_array_append_new(list, json_pack("{ss sI si so ss so}", "source", example->source, "n",
			(json_int_t)example->n, "workers", (int)example->workers, "params",
			card_params(card, example->param), "prints", example->prints, "printed", try_serial(card, e)));
	}
	return list;
}
