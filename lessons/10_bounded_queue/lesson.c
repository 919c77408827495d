/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

/* What each message's value must be, by the closed forms of the three sums. */
static uint64_t expected_value(const struct task *t)
{
	const uint64_t n = t->param[TERMS], line = n ? n * (n - 1) / 2 : 0;

	return line + (n ? line * (2 * n - 1) / 3 : 0) + line * line;
}

/* The whole words of message k, and the bytes of one that are left. */
static uint64_t expected_sum(const struct task *t, uint64_t k)
{
	const uint64_t bytes = t->param[MESSAGE_BYTES];
	uint64_t cut = 0;

	memcpy(&cut, &k, bytes % sizeof k);
	return (bytes / sizeof k - 1) * k + expected_value(t) + cut;
}

/* Got once, and as it was put. */
static bool is_whole(const struct task *t, const struct inbox *inbox, uint64_t k, FILE *why)
{
	const struct receipt *r = &inbox->receipt[k];

	if (r->times != 1)
		fprintf(why, "message %" PRIu64 ": expected once, got %" PRIu32 " times", k, r->times);
	else if (r->value != expected_value(t) || r->sum != expected_sum(t, k))
		fprintf(why, "message %" PRIu64 ": expected value %" PRIu64 " and sum %" PRIu64 ", found %" PRIu64
			" and %" PRIu64, k, expected_value(t), expected_sum(t, k), r->value, r->sum);
	else if (r->consumer >= inbox->consumers)
		fprintf(why, "message %" PRIu64 ": there is no consumer %" PRIu32, k, r->consumer);
	else
		return true;
	return false;
}

/* A consumer gets the messages of one producer in the order in which they were put. */
static bool in_order(const struct inbox *inbox, struct range part, FILE *why)
{
	uint64_t next[MAX_WORKERS] = { 0 };  /* the earliest place that a consumer's next message may have */

	for (uint64_t k = part.begin; k < part.end; k++) {
		const struct receipt *r = &inbox->receipt[k];
		if (r->place < next[r->consumer]) {
			fprintf(why, "message %" PRIu64 " came to consumer %" PRIu32 " after a later one "
				"of its producer", k, r->consumer);
			return false;
		}
		next[r->consumer] = r->place + 1;
	}
	return true;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct inbox *inbox = answer;

	for (uint64_t k = 0; k < t->n; k++)
		if (!is_whole(t, inbox, k, why))
			return false;
	for (unsigned j = 0; j < t->param[PRODUCERS]; j++)
		if (!in_order(inbox, split(t->n, (unsigned)t->param[PRODUCERS], j), why))
			return false;
	fprintf(why, "expected a sentinel for each of %" PRIu64 " consumers, found %" PRIu64, inbox->consumers,
		inbox->ends);
	return inbox->consumers > 0 && inbox->ends == inbox->consumers;
}

/* Producers are A, B ... Z, and then P26, P27 ... */
static void name(unsigned producer, FILE *out)
{
	if (producer < 26)
		fputc('A' + (int)producer, out);
	else
		fprintf(out, "P%u", producer);
}

/* Sums are added up, as D3 does.  Else a line for each producer, with its messages in order: who gets which, and when,
 * is chance. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct inbox *inbox = answer;
	uint64_t sum = 0;

	for (uint64_t k = 0; k < t->n; k++)
		sum += inbox->receipt[k].value;
	if (t->param[TERMS] > 0) {
		fprintf(out, "%" PRIu64 "\n", sum);
		return;
	}
	for (unsigned j = 0; j < t->param[PRODUCERS]; j++) {
		const struct range part = split(t->n, (unsigned)t->param[PRODUCERS], j);
		for (uint64_t k = part.begin; k < part.end; k++) {
			name(j, out);
			fprintf(out, "%" PRIu64 "%c", k - part.begin, k + 1 < part.end ? ' ' : '\n');
		}
	}
}

/* Every message goes into the queue and comes out of it. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * t->param[MESSAGE_BYTES];
}

const struct lesson lesson = {
	.title = "Bounded queue: who waits for whom, and who ends it",
	.unit = "message",
	.source = "D4: Queue(3) with ten putters and ten getters; A, B, C put ten each into Queue(10), two consumers; "
		"D3: a queue carries two sums home",
	.question = "How do producers and consumers that know nothing of each other keep in step, and how do they "
		"learn that it is over?",
	.n = 20000, .n_max = 1 << 21,  /* 64 MiB of receipts */
	.base_ms = 1,  /* waiting for one another takes tens of times as long as the calls alone */
	.params = {
		{ "producers", "producer", 1, 1, 64, "who put the messages; the workers are the consumers" },
		{ "capacity", "message", 10, 1, 100000, "how many the queue holds", .sweep = "1,3,10,100,1000" },
		{ "message_bytes", "byte", 64, 16, 1 << 24, "length of a message; its last word may be cut",
			.sweep = "64,4096" },
		{ "terms", "term", 0, 0, 1000, "a message carries i + i^2 + i^3, summed over so many i; 0: no sum",
			.grain = true },
	},
	.examples = {
		{ "D4", 10, 10, { 10, 3, 64, 0 }, "A0\nB0\nC0\nD0\nE0\nF0\nG0\nH0\nI0\nJ0\n" },
		{ "D4", 30, 2, { 3, 10, 64, 0 }, "A0 A1 A2 A3 A4 A5 A6 A7 A8 A9\n"
			"B0 B1 B2 B3 B4 B5 B6 B7 B8 B9\nC0 C1 C2 C3 C4 C5 C6 C7 C8 C9\n" },
		{ "D3", 2, 1, { 2, 2, 16, 1000 }, "499667166000\n" },
	},
	.answer_bytes = inbox_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork_pool", "openmp" },
	.charts = {
		"sweep capacity", "sweep message_bytes", "time", "speedup", "contention", "timeline", "granularity",
		"spread",
	},
};
