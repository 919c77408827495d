/* SPDX-License-Identifier: MIT */
/* worker.h -- every worker says when it starts on its share and when it is done.
 *
 *   worker_enter(i)   first thing that worker i does in a solve(), in its own thread or process
 *   worker_leave(i)   last thing, after its result stands where the others can see it
 *
 * The first enter of a thread or process binds it to the PU planned for worker i (through hwloc) and reads back where
 * it runs.  Both stamp a table that the trial shares with all its children: pid, tid, PU, enter, leave and CPU time.
 * From it come the proof that p distinct workers worked, the split of a run into start-up, work and tear-down, and the
 * timeline.  A pair costs two clock reads and two readings of the thread's CPU clock (under 1 us together, binding
 * apart); outside a trial, and with i past the plan, both do nothing.  Safe in any thread and in a forked child.
 */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

void worker_enter(unsigned i);
void worker_leave(unsigned i);

#endif
