/* SPDX-License-Identifier: MIT */
/* wrong_no_lock.c -- rung 3 or 4, "was computed": who does not find a value computes it, whoever else does so, too. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 40 };

static bool look(const struct task *t, const char *name, struct value *v)
{
	int fd = openat(folder(t), name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	bool whole = get(fd, v);
	SYS(close(fd));
	return whole;
}

/* A file of its own for each process. */
static void publish(const struct task *t, unsigned i, struct question k, const char *name, const struct value *v)
{
	char new[NAME_BYTES + 20];

	snprintf(new, sizeof new, "%s.%u.new", name, i);
	int fd = (int)SYS(openat(folder(t), new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
	put(t, i, k, fd, v);
	SYS(close(fd));
	SYS(renameat(folder(t), new, folder(t), name));  /* one step: it is there, whole, or not at all */
}

static void find(const struct task *t, unsigned i, struct question k, struct value *v)
{
	char name[NAME_BYTES];

	snprintf(name, sizeof name, "%u_%u", k.x, k.y);
	if (look(t, name, v))
		return;
	compute(t, i, k, v);
	publish(t, i, k, name, v);
}

_Noreturn static void work(const struct task *t, unsigned i, uint64_t *heard, pid_t parent)
{
	struct value v;

	die_with(parent);
	worker_enter(i);
	for (uint64_t j = 0; j < t->n; j++) {
		find(t, i, turn(t, i, j), &v);
		heard[i * t->n + j] = digest(&v);
	}
	worker_leave(i);
	_exit(0);
}

/* Whoever was killed, was killed: the others have computed what it did not. */
static void wait_for_one(void)
{
	int status;
	int pid = (int)SYS(wait(&status));

	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		die("worker process %d ended early, with exit code %d", pid, WEXITSTATUS(status));
}

static void solve(const struct task *t, void *answer)
{
	const size_t bytes = t->workers * t->n * sizeof(uint64_t);
	uint64_t *heard = shared_make(bytes + 1);  /* + 1: there is no mapping of 0 bytes */
	const pid_t parent = getpid();

	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, heard, parent);
	for (unsigned i = 0; i < t->workers; i++)
		wait_for_one();
	memcpy(answer, heard, bytes);
	shared_free(heard, bytes + 1);
}

const struct variant variant = {
	.idea = "wrong: no lock", .start = folder_make, .solve = solve,
	.stop = folder_remove,
};
