/* SPDX-License-Identifier: MIT */
/* robust.c -- a consumer dies with an item in hand: join() says so instead of waiting, and the item is put once more.
 *
 * One process more than asked for gets the first item and is killed before it can say task_done().  The queue knows
 * that an item is lost, but not which: here it is known to be item 0, in general it is what the ledger does not hold.
 * (Work that may die half done must be work that can be done again.)
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

static struct queue *queue;     /* shared memory; both live from start() to stop() */
static struct ledger *ledger;

static void start(const struct task *t)
{
	queue = make_queue(t);
	ledger = shared_make(ledger_bytes(t));
}

_Noreturn static void die_holding(void)
{
	uint64_t k;

	queue_get(queue, &k, sizeof k, NULL, PATIENCE_MS);
	raise(SIGKILL);  /* taken and not done: without the kernel's word for it, nobody would ever know */
	_exit(1);
}

/* Item 0 is put, and lost with its consumer. */
static void lose_one(void)
{
	const pid_t parent = getpid();
	const uint64_t k = 0;
	int error = queue_put(queue, &k, sizeof k, 0);

	if (error)
		die("robust.c: put: %s", strerror(-error));
	pid_t doomed = (pid_t)SYS(fork());
	if (doomed == 0) {
		die_with(parent);
		die_holding();
	}
	error = queue_join(queue, PATIENCE_MS);  /* may well begin before the item is taken */
	if (error != QUEUE_LOST)
		die("robust.c: an item is lost, and join says: %s", error ? strerror(-error) : "all done");
	SYS(waitpid(doomed, NULL, 0));
}

static void solve(const struct task *t, void *answer)
{
	const pid_t parent = getpid();

	memset(ledger, 0, ledger_bytes(t));
	if (t->n > 0)
		lose_one();
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0) {
			die_with(parent);
			worker_enter(i);
			consume(t, i, queue, ledger);
			worker_leave(i);
			_exit(0);
		}
	int error = put_and_join(t, 0, queue, PATIENCE_MS, ledger);  /* item 0 once more, and all the others */
	if (error)
		die("robust.c: %s", strerror(-error));
	queue_close(queue);
	reap(t->workers);
	queue_reopen(queue);
	memcpy(answer, ledger, ledger_bytes(t));
}

static void stop(const struct task *t)
{
	shared_free(ledger, ledger_bytes(t));
	queue_free(queue);
}

const struct variant variant = {
	.idea = "a consumer dies: reported, its item put once more", .start = start, .solve = solve, .stop = stop,
};
