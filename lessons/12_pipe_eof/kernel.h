/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n messages through pipes, dealt in turn to p readers, who read until the end of the file.
 *
 * A pipe is a stream of bytes: it knows nothing of messages, takes what fits, gives what is there.  So both sides agree
 * on the length and repeat read() and write() until it is complete.  Message k is its number k, as 32-bit words again
 * and again, cut off at message_bytes; the reader adds up the words, so every byte is made, moved and looked at.
 */
#include "bench/check.h"
#include "bench/lesson.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGE_BYTES };  /* places in task.param */
enum { MOST_BYTES = 1 << 20, MOST_WORDS = MOST_BYTES / sizeof(uint32_t) };

/* Where the readers leave what they read: the answer. */
struct inbox {
	uint64_t readers;       /* one pipe each; reader i gets messages i, i + readers, i + 2 * readers ... */
	_Atomic uint64_t ends;  /* readers that saw the end of their file */
	uint64_t received[];    /* message k: its words, added up */
};

static inline size_t inbox_bytes(const struct task *t)
{
	return sizeof(struct inbox) + t->n * sizeof(uint64_t);
}

static inline void make_message(uint32_t *message, uint64_t k, size_t bytes)
{
	for (size_t w = 0; w < (bytes + sizeof *message - 1) / sizeof *message; w++)
		message[w] = (uint32_t)k;
}

static inline uint64_t sum_message(const uint32_t *message, size_t bytes)
{
	const size_t words = bytes / sizeof *message;
	uint32_t last = 0;  /* the word that is cut off, if one is */
	uint64_t sum = 0;

	for (size_t w = 0; w < words; w++)
		sum += message[w];
	memcpy(&last, message + words, bytes % sizeof last);
	return sum + last;
}

/* Writes so many bytes to the pipe of that reader. */
static inline void write_all(unsigned reader, int fd, const void *data, size_t bytes)
{
	for (size_t done = 0; done < bytes;) {
		ssize_t wrote = write(fd, (const char *)data + done, bytes - done);
		if (wrote >= 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			die("reader %u left before its end of file: %s", reader, strerror(errno));  /* see lesson.c */
	}
}

/* Reads so many bytes; fewer only at the end of the file.  Returns how many. */
static inline size_t read_all(int fd, void *data, size_t bytes)
{
	size_t done = 0;

	while (done < bytes) {
		ssize_t got = read(fd, (char *)data + done, bytes - done);
		if (got == 0)
			break;  /* the pipe is empty, and no descriptor for writing to it is left in any process */
		if (got > 0)
			done += (size_t)got;
		else if (errno != EINTR)
			die("cannot read from pipe %d: %s", fd, strerror(errno));
	}
	return done;
}

/* The writer: deals the messages in turn, as a hand of cards. */
static inline void send_all(const struct task *t, const int to[])
{
	const size_t bytes = t->param[MESSAGE_BYTES];
	uint32_t message[MOST_WORDS];

	for (uint64_t k = 0; k < t->n; k++) {
		unsigned reader = (unsigned)(k % t->workers);
		make_message(message, k, bytes);
		write_all(reader, to[reader], message, bytes);
	}
}

/* Reader i: takes messages until there can be no more. */
static inline void receive_all(const struct task *t, unsigned i, int from, struct inbox *inbox)
{
	const size_t bytes = t->param[MESSAGE_BYTES];
	uint32_t message[MOST_WORDS];
	size_t got;

	for (uint64_t k = i; (got = read_all(from, message, bytes)) > 0; k += inbox->readers) {
		if (got < bytes || k >= t->n)
			die("reader %u got %zu bytes of %zu of message %" PRIu64 ": writer dead?", i, got, bytes, k);
		inbox->received[k] = sum_message(message, bytes);
	}
	inbox->ends++;
}
