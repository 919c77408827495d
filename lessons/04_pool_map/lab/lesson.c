/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "bench/check.h"
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Letters drawn by lot, all alike: so each chunk has a most frequent letter of its own. */
static void *prepare(const struct task *t)
{
	uint64_t x = t->param[SEED];
	char *text = malloc(t->n + 1);

	if (!text)
		die("no memory for a text of %" PRIu64 " letters", t->n);
	for (uint64_t i = 0; i < t->n; i++) {
		x = lcg_run(x, 1);
		text[i] = alphabet[(x >> 33) % LETTERS];
	}
	text[t->n] = '\0';
	return text;
}

static size_t answer_bytes(const struct task *t)
{
	return sizeof(struct counts) + chunks_of(t);
}

/* Letters are sorted by their code, 1 of 256; nothing is searched. */
static struct table tally(const char *text, uint64_t letters)
{
	uint64_t by_code[256] = { 0 };
	struct table table;

	for (uint64_t i = 0; i < letters; i++)
		by_code[(unsigned char)text[i]]++;
	for (unsigned i = 0; i < LETTERS; i++)
		table.count[i] = by_code[(unsigned char)alphabet[i]];
	return table;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct counts *found = answer;
	const struct table all = tally(t->input, t->n);
	const uint64_t chunk = t->param[CHUNK];

	for (unsigned i = 0; i < LETTERS; i++)
		if (found->table.count[i] != all.count[i]) {
			fprintf(why, "expected %" PRIu64 " times '%c' in %" PRIu64 " letters, found %" PRIu64,
				all.count[i], alphabet[i], t->n, found->table.count[i]);
			return false;
		}
	for (uint64_t i = 0; i < chunks_of(t); i++) {
		const uint64_t left = t->n - i * chunk;
		const struct table table = tally((const char *)t->input + i * chunk, left < chunk ? left : chunk);
		const char right = most_frequent(&table);
		if (found->frequent[i] != right) {
			fprintf(why, "chunk %" PRIu64 " of %" PRIu64 ": expected '%c' as its most frequent letter, "
				"found character %d", i, chunks_of(t), right, found->frequent[i]);
			return false;
		}
	}
	return true;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct counts *counts = answer;
	const uint64_t chunks = chunks_of(t), shown = chunks < 64 ? chunks : 64;

	for (unsigned i = 0; i < LETTERS; i++)
		fprintf(out, "%c %" PRIu64 "\n", alphabet[i], counts->table.count[i]);
	fprintf(out, "%.*s%s\n", (int)shown, counts->frequent, shown < chunks ? " ..." : "");
}

const struct lesson lesson = {
	.title = "Lab: letter_counts",
	.unit = "letter",
	.source = "the lab of lesson 04",
	.n = 1500000, .n_max = 1000000000,
	.params = {
		{ "chunk", "letter", 1000, 1, 1000000, .about = "letters that are counted at a time" },
		{ "seed", "seed", 4, 0, UINT32_MAX, .about = "which text" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
