/* SPDX-License-Identifier: MIT */
/* kernel.h -- the life of worker k: it waits and computes, and then it exits with a code or dies by a signal.
 *
 * How it ends is drawn by what it computed: nobody knows it before the worker does.  n workers live in all, at most p
 * at a time; worker k lives in place k % p.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { SEED, SPIN, NAP_US };  /* places in task.param */

/* The answer is one of these for each of n workers, in their order. */
struct ending {
	int killed;     /* 1: by a signal; 0: it exited */
	int number;     /* of the signal, or the exit code */
};

static inline uint64_t born(const struct task *t, uint64_t k)
{
	return lcg_leap(t->param[SEED] + 1000003 * k, 64);
}

/* What worker k does before it ends; returns what it has computed.  Each naps for another time, between half of nap_us
 * and all of it, so who starts first need not end first. */
static inline uint64_t attend(const struct task *t, uint64_t k)
{
	uint64_t x = born(t, k), half = t->param[NAP_US] / 2, ns = (half + (x >> 32) % (half + 1)) * 1000;
	struct timespec left = { (time_t)(ns / 1000000000), (long)(ns % 1000000000) };

	while (ns > 0 && nanosleep(&left, &left) < 0 && errno == EINTR)
		continue;
	return lcg_run(x, t->param[SPIN]);
}

static inline struct ending ending_of(uint64_t x)
{
	/* 137 is what a shell says for SIGKILL: here it is a code like others */
	static const int codes[] = { 0, 0, 1, 2, 66, 137, 143, 255 };
	static const int signals[] = { SIGKILL, SIGTERM, SIGHUP, SIGUSR1, SIGALRM, SIGPIPE };
	uint64_t draw = x >> 34;

	if (draw % 2 == 1)
		return (struct ending){ 1, signals[draw / 2 % (sizeof signals / sizeof *signals)] };
	return (struct ending){ 0, codes[draw / 2 % (sizeof codes / sizeof *codes)] };
}

/* The end of a worker that has computed x: returns the code that it is to exit with, or does not return. */
static inline int depart(uint64_t x)
{
	struct ending e = ending_of(x);
	sigset_t set;

	may_yield();
	if (!e.killed)
		return e.number;
	if (e.number != SIGKILL && signal(e.number, SIG_DFL) == SIG_ERR)  /* it may be ignored by who started us */
		die("signal: %d cannot be set", e.number);
	SYS(sigemptyset(&set));
	SYS(sigaddset(&set, e.number));
	SYS(sigprocmask(SIG_UNBLOCK, &set, NULL));
	SYS(kill(getpid(), e.number));
	for (;;)
		pause();
}
