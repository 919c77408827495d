/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n steps by p clients, each under the lock of a key; and what a client says to the server, which
 * owns the keys' values and their locks.  The client is given, and so is a client that dies.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEYS, DEATHS };  /* places in task.param */
enum { MOST_KEYS = 256, LEAST_STEPS = 120000, MORE_STEPS = 240000, FIRST_BYTES = 10 };

/* What a client may ask.  Each request is answered by one reply, of the same op and key, and until that has come the
 * client asks nothing more. */
enum op {
	LOCK,           /* replied to when the lock is the client's */
	GET,            /* the value is in the reply */
	SET,            /* the value is in the request */
	UNLOCK,
	OPS
};

struct request { uint32_t op, key; uint64_t value; };
struct reply { uint32_t op, key; uint64_t value; };

/* The value that a key has in the beginning.  The answer is the value that each has in the end. */
static inline uint64_t first_value(uint64_t key)
{
	return key;
}

/* Step k: which key, and how far its value is to go.  Two steps with one key may change places, and the value will be
 * the same; but both must be made, the second from what the first left. */
static inline uint32_t key_of(const struct task *t, uint64_t k)
{
	return (uint32_t)(k * 31 / 7 % t->param[KEYS]);
}

static inline uint64_t steps_of(uint64_t k)
{
	return LEAST_STEPS + k * 7919 % MORE_STEPS;
}

/* The last clients die. */
static inline bool is_to_die(const struct task *t, unsigned i)
{
	return i + t->param[DEATHS] >= t->workers;
}

/* Client i's part of the n steps; a client that dies has made half of them, and has the lock in its hands. */
static inline struct range steps_of_client(const struct task *t, unsigned i)
{
	struct range all = split(t->n, t->workers, i);

	if (is_to_die(t, i))
		all.end = all.begin + (all.end - all.begin + 1) / 2;
	return all;
}

/* ---- a client's side of the connection ---- */

static inline const char *op_name(uint32_t op)
{
	static const char *const name[] = { "LOCK", "GET", "SET", "UNLOCK" };

	return op < OPS ? name[op] : "something else";
}

_Noreturn static inline void die_of(const struct request *q)
{
	if (errno == EPIPE || errno == ECONNRESET || errno == 0)
		die("a client asked for %s of key %u, and the server closed its connection", op_name(q->op), q->key);
	die("a client asked for %s of key %u: %s", op_name(q->op), q->key, strerror(errno));
}

/* So many bytes of a request, as a network may bring them: the first ones, and then the others. */
static inline void send_request(int server, const struct request *q, size_t bytes)
{
	for (size_t done = 0; done < bytes;) {
		size_t piece = done < FIRST_BYTES && bytes > FIRST_BYTES ? FIRST_BYTES : bytes - done;
		ssize_t sent = send(server, (const char *)q + done, piece, MSG_NOSIGNAL);
		if (sent < 0)
			die_of(q);
		done += (size_t)sent;
		may_yield();
	}
}

/* Asks, waits for the reply, and gives back its value.  Dies when it is not the reply to this request. */
static inline uint64_t ask(int server, enum op op, uint32_t key, uint64_t value)
{
	const struct request q = { op, key, value };
	struct reply r;

	send_request(server, &q, sizeof q);
	for (size_t done = 0; done < sizeof r;) {
		errno = 0;
		ssize_t got = read(server, (char *)&r + done, sizeof r - done);
		if (got <= 0)
			die_of(&q);
		done += (size_t)got;
	}
	if (r.op != op || r.key != key)
		die("a client asked for %s of key %u, and was answered with %s of key %u", op_name(op), key,
			op_name(r.op), r.key);
	return r.value;
}

/* Client i's steps, in its own process.  Does not return when the client is to die: with the lock in its hands, and in
 * the middle of a request. */
static inline void run_client(const struct task *t, unsigned i, int server)
{
	const struct range r = steps_of_client(t, i);

	for (uint64_t k = r.begin; k < r.end; k++) {
		const uint32_t key = key_of(t, k);
		ask(server, LOCK, key, 0);
		uint64_t value = ask(server, GET, key, 0);
		may_yield();
		ask(server, SET, key, lcg_run(value, steps_of(k)));
		if (is_to_die(t, i) && k + 1 == r.end) {
			send_request(server, &(struct request){ .op = UNLOCK, .key = key }, FIRST_BYTES);
			raise(SIGKILL);
		}
		ask(server, UNLOCK, key, 0);
	}
}

/* The parent: waits for one client, whichever ends first.  Dies if that one did not end as it should; then it has said
 * why. */
static inline void await_client(const struct task *t)
{
	int status;

	SYS(wait(&status));
	if (WIFSIGNALED(status) && (WTERMSIG(status) != SIGKILL || t->param[DEATHS] == 0))
		die("a client was ended by a signal: %s", strsignal(WTERMSIG(status)));
	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		_exit(1);
}
