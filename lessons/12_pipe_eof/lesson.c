/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <signal.h>

/* Writing to a pipe that nobody reads shall be an error that can be told, not a silent death.  Python does the same. */
static void *prepare(const struct task *t)
{
	(void)t;
	signal(SIGPIPE, SIG_IGN);
	return NULL;
}

/* The whole words of message k, and the bytes of one that are left. */
static uint64_t expected(const struct task *t, uint64_t k)
{
	const uint64_t bytes = t->param[MESSAGE_BYTES];
	const uint32_t word = (uint32_t)k;
	uint32_t cut = 0;

	memcpy(&cut, &word, bytes % sizeof word);
	return bytes / sizeof word * k + cut;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct inbox *inbox = answer;

	for (uint64_t k = 0; k < t->n; k++)
		if (inbox->received[k] != expected(t, k)) {
			fprintf(why, "message %" PRIu64 ": expected a sum of %" PRIu64 ", found %" PRIu64, k,
				expected(t, k), inbox->received[k]);
			return false;
		}
	fprintf(why, "expected an end of file for each of %" PRIu64 " readers, found %" PRIu64,
		inbox->readers, inbox->ends);
	return inbox->readers > 0 && inbox->ends == inbox->readers;
}

/* In the document a message is the number alone: one word, which is its own sum. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct inbox *inbox = answer;

	for (uint64_t k = 0; k < t->n; k++)
		fprintf(out, "%" PRIu64 "\n", inbox->received[k]);
	if (inbox->ends == inbox->readers)
		fputs("end of file\n", out);
}

/* Whoever reads: every message. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * t->param[MESSAGE_BYTES];
}

const struct lesson lesson = {
	.title = "Pipe and end-of-file: who holds an end holds it open",
	.unit = "message",
	.source = "D4: the parent sends 0..9 through a Pipe(); the child prints them until EOFError",
	.question = "How does a reader learn that nothing more will come?",
	.n = 100000, .n_max = (1 << 23) - 2,  /* 64 MiB of sums */
	.n_least = 1000,  /* or there is more starting than sending */
	.base_ms = 3,  /* a round trip takes tens of times as long as the calls alone */
	.params = {
		{ "message_bytes", "byte", 64, 4, MOST_BYTES, "length of a message; its last 32-bit word may be cut",
			.sweep = "4,64,1024,16384" },
	},
	.examples = {
		{ "D4", 10, 1, { 4 }, "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\nend of file\n" },
	},
	.prepare = prepare,
	.answer_bytes = inbox_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork", "leaky", "round_trip", "fork_pool", "openmp" },
	.charts = { "sweep message_bytes", "time", "speedup", "timeline", "phases", "spread" },
};
