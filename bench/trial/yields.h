/* SPDX-License-Identifier: MIT */
/* yields.h -- who is asked to stand back, and when: the other side of yield.h. */
#ifndef BENCH_TRIAL_YIELDS_H
#define BENCH_TRIAL_YIELDS_H

/* Reads MANYHANDS_YIELD, and takes it out of the environment.  Before any worker is made. */
void yields_arm(void);

/* The calling thread is worker i from now on: its stops are those of i, in whatever order the workers came. */
void yields_worker(unsigned i);

#endif
