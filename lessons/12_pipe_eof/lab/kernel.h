/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n records go through p filters, one behind the other, and each makes some of the changes.
 * What is at both ends, and a shell would have from files, is given here: feed() and the output.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ENOUGH };  /* places in task.param */
enum { RECORD_WORDS = 62, PIECE_BYTES = 330 };
enum { CHANGES = 24, CHANGE_STEPS = 400 };      /* 24 times half a microsecond, for each record */

/* What goes through the pipes, 512 bytes of it. */
struct record {
	uint64_t number;                /* 0, 1, 2 ... in this order */
	uint64_t state;                 /* what the changes compute with, each from what the one before left */
	uint64_t word[RECORD_WORDS];    /* every change adds to each */
};

/* The answer: what arrived in the output. */
struct harvest {
	uint64_t records;
	struct gathered { uint64_t number, state, sum; } gathered[];    /* n of them; the first `records` count */
};

static inline struct record make_record(uint64_t k)
{
	struct record r = { .number = k, .state = k };

	for (unsigned w = 0; w < RECORD_WORDS; w++)
		r.word[w] = k + w;
	return r;
}

/* Changes [begin, end) of all CHANGES, which must be made in order. */
static inline void change(struct record *r, struct range changes)
{
	for (uint64_t c = changes.begin; c < changes.end; c++) {
		r->state = lcg_run(r->state ^ c, CHANGE_STEPS);
		for (unsigned w = 0; w < RECORD_WORDS; w++)
			r->word[w] += c + 1;
	}
}

/* The changes that are filter i's. */
static inline struct range changes_of(const struct task *t, unsigned i)
{
	return split(CHANGES, t->workers, i);
}

/* After so many records filter i has enough, and leaves: the last one, as `head` does; the others never. */
static inline uint64_t most_records(const struct task *t, unsigned i)
{
	return i + 1 == t->workers ? t->param[ENOUGH] : UINT64_MAX;
}

/* The caller: writes n records to the first pipe, in pieces as they come from a disk or a network.  When write() says
 * that nobody reads any more (EPIPE), there is no more to do, and it returns. */
static inline void feed(const struct task *t, int to)
{
	for (uint64_t k = 0; k < t->n; k++) {
		const struct record r = make_record(k);
		for (size_t done = 0; done < sizeof r;) {
			size_t rest = sizeof r - done, piece = rest < PIECE_BYTES ? rest : PIECE_BYTES;
			may_yield();
			ssize_t wrote = write(to, (const char *)&r + done, piece);
			if (wrote < 0 && errno == EPIPE)
				return;
			done += (size_t)SYS(wrote);
		}
	}
}

/* A file without a name, for the last filter to write to; yours to close.  Make one, before the filters. */
static inline int open_output(void)
{
	return (int)SYS(memfd_create("output", MFD_CLOEXEC));
}

/* The caller, when all filters have ended: what is in the output, into the answer. */
static inline void gather(const struct task *t, int output, struct harvest *answer)
{
	struct record r;
	ssize_t got;

	answer->records = 0;
	for (off_t at = 0; (got = SYS(pread(output, &r, sizeof r, at))) > 0; at += got) {
		struct gathered *g = &answer->gathered[answer->records++];
		if (answer->records > t->n || (size_t)got < sizeof r)
			break;  /* too many of them, or a part of one: verify() will tell */
		*g = (struct gathered){ .number = r.number, .state = r.state };
		for (unsigned w = 0; w < RECORD_WORDS; w++)
			g->sum += r.word[w];
	}
}
