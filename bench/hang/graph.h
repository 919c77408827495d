/* SPDX-License-Identifier: MIT */
/* graph.h -- who waits for whom: which waits nobody is left to end, and where they come from.
 *
 * A wait may go on when one of its sources runs, or waits for one that does.  Threads without such a source are stuck.
 * Their strong edges (this one holds, writes, has to end) lead from wait to wait, until they turn in a circle or stop
 * at a wait that has none: there is the reason, and all the others are its victims.
 *
 * Threads that only poll, as far as was watched, free those alone who wait for just them.  Who waits for anybody to
 * come is then stuck perhaps: one that polls may come yet. */
#ifndef BENCH_HANG_GRAPH_H
#define BENCH_HANG_GRAPH_H

#include "bench/hang/look.h"

/* One reason: a circle of waits (each for the next, the last for the first); a single wait that leads nowhere; or all
 * those that missed the wake of the same lock. */
struct reason {
	struct thread **thread;
	unsigned threads;
	bool circle;
};

struct graph {
	struct thread **thread;         /* all of the members */
	unsigned threads, stuck;
	struct reason reason;           /* the first, of the clearest kind; threads 0: nobody is stuck */
	unsigned reasons, others;       /* how many of that kind; stuck threads beside those of `reason` */
	unsigned polls;                 /* threads that only poll; with any, who is stuck is so perhaps */
};

int graph_make(const struct look *, struct graph *);    /* 0 or -ENOMEM; free it in every case */
void graph_free(struct graph *);

bool graph_goes_on(const struct thread *);      /* by itself: it computes, sleeps, has a time limit, or moved */

#endif
