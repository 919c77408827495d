/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "bench/check.h"
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

void wait_for_page(void)
{
	usleep(50);
}

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct visit);
}

/* Which pages can be reached: without a queue, by going over all pages until nothing new is found. */
static bool *find_reached(const struct task *t)
{
	bool *reached = calloc(t->n + 1, sizeof *reached), changed = t->n > 0;
	uint64_t link[MOST_LINKS];

	if (!reached)
		die("no memory to check %" PRIu64 " pages: choose a smaller n", t->n);
	reached[0] = true;
	while (changed) {
		changed = false;
		for (uint64_t k = 0; k < t->n; k++)
			for (unsigned l = reached[k] ? find_links(t, k, link) : 0; l > 0; l--) {
				changed |= !reached[link[l - 1]];
				reached[link[l - 1]] = true;
			}
	}
	return reached;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct visit *visits = answer;
	bool *reached = find_reached(t), right = true;

	for (uint64_t k = 0; k < t->n && right; k++) {
		uint64_t text = reached[k] ? lcg_leap(k, page_steps(t, k)) : 0;
		right = visits[k].times == reached[k] && visits[k].text == text;
		if (visits[k].times != reached[k])
			fprintf(why, "page %" PRIu64 ": expected to be fetched %s, found %" PRIu64 " times", k,
				reached[k] ? "once" : "never, as no link leads there", visits[k].times);
		else if (!right)
			fprintf(why, "page %" PRIu64 ": expected the text %016" PRIx64 ", found %016" PRIx64, k, text,
				visits[k].text);
	}
	free(reached);
	return right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct visit *visits = answer;
	uint64_t fetched = 0;

	for (uint64_t k = 0; k < t->n; k++)
		fetched += visits[k].times;
	fprintf(out, "%" PRIu64 " of %" PRIu64 " pages were fetched\n", fetched, t->n);
}

const struct lesson lesson = {
	.title = "Lab: crawl",
	.unit = "page",
	.source = "the lab of lesson 11",
	.n = 2000, .n_max = 1000000,
	.params = {
		{ "seed", "", 0, 0, UINT32_MAX, "which site" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
