/* SPDX-License-Identifier: MIT */
/* words.h -- a wait, a circle of waits and what to change, as a sentence. */
#ifndef BENCH_HANG_WORDS_H
#define BENCH_HANG_WORDS_H

#include "bench/hang/graph.h"

/* Text that grows up to `size` bytes and is cut there; text[0..size) always ends in '\0'. */
struct words { char *text; size_t size, used; };

void words_add(struct words *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "thread 12 of process 11": `several`: there is more than one process to tell apart. */
void words_who(struct words *, const struct thread *, bool several);

/* "waits in read on pipe 88; its write end is still open in process 12 itself, descriptor 4" */
void words_wait(struct words *, const struct thread *, bool several);

/* The reason of a hang, and after a colon what to change. */
void words_reason(struct words *, const struct reason *, bool several);

/* What to change where the outside may end the wait, or "" */
const char *words_hope(const struct thread *);

#endif
