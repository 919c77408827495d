/* SPDX-License-Identifier: MIT */
/* wrong_zombies.c -- rung 6, "never waited for": each child notes its own end in shared memory, and nobody waits. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <stdatomic.h>
#include <string.h>

struct roll {
	_Atomic uint64_t noted;
	struct ending ending[];
};

_Noreturn static void work(const struct task *t, unsigned i, uint64_t k, pid_t parent, struct roll *roll)
{
	die_with(parent);
	worker_enter(i);
	uint64_t x = attend(t, k);
	roll->ending[k] = ending_of(x);
	worker_leave(i);
	roll->noted++;
	_exit(depart(x));
}

static void solve(const struct task *t, void *answer)
{
	const size_t bytes = sizeof(struct roll) + t->n * sizeof(struct ending);
	struct roll *roll = shared_make(bytes);
	const pid_t parent = getpid();

	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = t->n - begin < t->workers ? (unsigned)(t->n - begin) : t->workers;
		for (unsigned i = 0; i < workers; i++)
			if (SYS(fork()) == 0)
				work(t, i, begin + i, parent, roll);
		while (roll->noted < begin + workers)
			SYS(usleep(50));
	}
	memcpy(answer, roll->ending, t->n * sizeof(struct ending));
	shared_free(roll, bytes);
}

const struct variant variant = { .idea = "wrong: children that nobody waits for", .solve = solve };
