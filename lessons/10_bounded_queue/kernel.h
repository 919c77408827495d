/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: producers put n messages into a queue that holds a few of them, p consumers get them out.
 *
 * Message k says its number, a sum that its producer worked out (if terms are asked for), and then its number again and
 * again, cut off at message_bytes.  A message of no bytes is a sentinel: whoever gets it will get no more.
 */
#include "bench/check.h"
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/queue.h"
#include "lessons/lib/split.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PRODUCERS, CAPACITY, MESSAGE_BYTES, TERMS };  /* places in task.param */
enum { NUMBER, VALUE };  /* the first two words of a message */

/* What became of a message. */
struct receipt {
	_Atomic uint32_t times;         /* got: 1, if all is well */
	uint32_t consumer;              /* by this one */
	uint64_t place;                 /* after so many others */
	uint64_t value;
	uint64_t sum;                   /* of all its words, so that every byte is looked at */
};

/* Where the consumers leave what they got: the answer. */
struct inbox {
	uint64_t consumers;
	_Atomic uint64_t producing;     /* producers that are not done yet */
	_Atomic uint64_t ends;          /* consumers that got a sentinel */
	struct receipt receipt[];       /* of message k */
};

static inline size_t inbox_bytes(const struct task *t)
{
	return sizeof(struct inbox) + t->n * sizeof(struct receipt);
}

static inline void clear_inbox(const struct task *t, struct inbox *inbox, uint64_t consumers)
{
	memset(inbox, 0, inbox_bytes(t));
	inbox->consumers = consumers;
	inbox->producing = t->param[PRODUCERS];
}

static inline struct queue *make_queue(const struct task *t)
{
	const size_t pages = t->param[CAPACITY] * (t->param[MESSAGE_BYTES] / (size_t)SYS(sysconf(_SC_PAGESIZE)));

	if (pages > (size_t)SYS(sysconf(_SC_PHYS_PAGES)) / 2)
		skip("a full queue of such messages would fill more than half of this machine's memory");
	struct queue *queue = queue_make(t->param[CAPACITY], t->param[MESSAGE_BYTES], false);
	if (!queue)
		die("no queue for %" PRIu64 " messages: %s", t->param[CAPACITY], strerror(errno));
	return queue;
}

/* Room for one message; the caller frees it. */
static inline uint64_t *message_room(const struct task *t)
{
	uint64_t *message = malloc(t->param[MESSAGE_BYTES]);

	if (!message)
		die("no memory for a message of %" PRIu64 " bytes", t->param[MESSAGE_BYTES]);
	return message;
}

static inline void make_message(const struct task *t, uint64_t *message, uint64_t k)
{
	const size_t bytes = t->param[MESSAGE_BYTES], words = bytes / sizeof k;
	uint64_t value = 0;

	for (uint64_t i = 0; i < t->param[TERMS]; i++) {
		KEEP(i);  /* or a clever compiler may replace the loop by a formula */
		value += i + i * i + i * i * i;
	}
	for (size_t w = 0; w < words; w++)
		message[w] = k;
	message[VALUE] = value;
	memcpy(message + words, &k, bytes % sizeof k);
}

static inline uint64_t sum_message(const uint64_t *message, size_t bytes)
{
	const size_t words = bytes / sizeof *message;
	uint64_t sum = 0, last = 0;  /* the word that is cut off, if one is */

	for (size_t w = 0; w < words; w++)
		sum += message[w];
	memcpy(&last, message + words, bytes % sizeof last);
	return sum + last;
}

/* False: the queue is full, and stayed so. */
static inline bool put(struct queue *queue, const void *message, size_t bytes, int64_t wait_ms)
{
	int error = queue_put(queue, message, bytes, wait_ms);

	if (error && error != QUEUE_FULL)
		die("put: %s", strerror(-error));
	return !error;
}

/* Gets a message as consumer i, its place-th, and writes the receipt.  False: it was a sentinel, or there was none. */
static inline bool get(const struct task *t, struct queue *queue, uint64_t *message, unsigned i, uint64_t place,
	int64_t wait_ms, struct inbox *inbox)
{
	size_t bytes;
	int error = queue_get(queue, message, t->param[MESSAGE_BYTES], &bytes, wait_ms);

	if (error == QUEUE_EMPTY)
		return false;
	if (error)
		die("get: %s", strerror(-error));
	if (bytes == 0) {
		inbox->ends++;
		return false;
	}
	if (bytes != t->param[MESSAGE_BYTES] || message[NUMBER] >= t->n)
		die("got a message that nobody put: %zu bytes, number %" PRIu64, bytes, message[NUMBER]);
	struct receipt *receipt = &inbox->receipt[message[NUMBER]];
	receipt->times++;
	receipt->consumer = i;
	receipt->place = place;
	receipt->value = message[VALUE];
	receipt->sum = sum_message(message, bytes);
	return true;
}

/* Producer j: puts its part of the messages, in order.  The last one to be done puts a sentinel for each consumer. */
static inline void produce(const struct task *t, unsigned j, struct queue *queue, struct inbox *inbox)
{
	const struct range mine = split(t->n, (unsigned)t->param[PRODUCERS], j);
	uint64_t *message = message_room(t);

	for (uint64_t k = mine.begin; k < mine.end; k++) {
		make_message(t, message, k);
		put(queue, message, t->param[MESSAGE_BYTES], QUEUE_WAIT);
	}
	free(message);
	if (atomic_fetch_sub(&inbox->producing, 1) == 1)  /* or a sentinel would overtake messages */
		for (uint64_t i = 0; i < inbox->consumers; i++)
			put(queue, NULL, 0, QUEUE_WAIT);
}

/* Consumer i: gets messages until its sentinel. */
static inline void consume(const struct task *t, unsigned i, struct queue *queue, struct inbox *inbox)
{
	uint64_t *message = message_room(t), place = 0;

	while (get(t, queue, message, i, place, QUEUE_WAIT, inbox))
		place++;
	free(message);
}
