/* SPDX-License-Identifier: MIT */
/* wrong_addressee.c -- rung 3 or 4, "was answered with": tells who unlocks, not who waits, that the lock is free. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <poll.h>

enum { NOBODY = -1, MOST_CONNECTIONS = MAX_WORKERS + 1 };

/* Invariant: who waits has a whole request, for the lock of a key that has a holder. */
struct connection {
	struct request request;         /* the last one, or as much of the next as has come */
	size_t bytes;                   /* of the next one */
	bool waits;
};

struct server {
	unsigned connections;
	struct connection connection[MOST_CONNECTIONS];
	struct pollfd poll[MOST_CONNECTIONS];   /* fd -1: closed, and poll() passes it over */
	uint64_t value[MOST_KEYS];
	int holder[MOST_KEYS];                  /* a connection, or NOBODY */
};

/* Who is dead by now needs no reply. */
static void reply(struct server *s, unsigned i, uint32_t op, uint32_t key, uint64_t value)
{
	const struct reply r = { op, key, value };

	if (send(s->poll[i].fd, &r, sizeof r, MSG_NOSIGNAL) < 0 && errno != EPIPE)
		SYS(-1);
}

/* The lock of this key is free: it goes to the next who waits for it, or to NOBODY. */
static int hand_on(struct server *s, uint32_t key)
{
	const unsigned last = (unsigned)s->holder[key];

	s->holder[key] = NOBODY;
	for (unsigned step = 1; step <= s->connections && s->holder[key] == NOBODY; step++) {
		unsigned i = (last + step) % s->connections;
		if (!s->connection[i].waits || s->connection[i].request.key != key)
			continue;
		s->connection[i].waits = false;
		s->holder[key] = (int)i;
	}
	return s->holder[key];
}

static void carry_out(struct server *s, unsigned i)
{
	struct connection *c = &s->connection[i];
	const uint32_t key = c->request.key;

	switch (c->request.op) {
	case LOCK:
		c->waits = s->holder[key] != NOBODY;
		if (c->waits)
			return;
		s->holder[key] = (int)i;
		break;
	case SET:
		s->value[key] = c->request.value;
		break;
	case UNLOCK:
		if (hand_on(s, key) != NOBODY)
			reply(s, i, LOCK, key, 0);
		break;
	}
	reply(s, i, c->request.op, key, s->value[key]);
}

/* The end of a connection: its client has left, or is dead.  What it held goes to the next. */
static void drop(struct server *s, unsigned i)
{
	SYS(close(s->poll[i].fd));
	s->poll[i].fd = -1;
	s->connection[i].waits = false;
	for (uint32_t key = 0; key < MOST_KEYS; key++)
		if (s->holder[key] == (int)i && hand_on(s, key) != NOBODY)
			reply(s, (unsigned)s->holder[key], LOCK, key, 0);
}

/* Reads what is there, a whole request or not; carries it out when it is whole.  False: it was the end. */
static bool hear(struct server *s, unsigned i)
{
	struct connection *c = &s->connection[i];
	ssize_t got = read(s->poll[i].fd, (char *)&c->request + c->bytes, sizeof c->request - c->bytes);

	if (got < 0 && errno == ECONNRESET)
		got = 0;        /* it died before it had read its reply */
	if (SYS(got) == 0) {
		drop(s, i);
		return false;
	}
	c->bytes += (size_t)got;
	if (c->bytes == sizeof c->request) {
		c->bytes = 0;
		carry_out(s, i);
	}
	return true;
}

/* Serves until all connections have ended. */
_Noreturn static void serve(unsigned connections, const int fd[])
{
	struct server s = { .connections = connections };

	for (uint32_t key = 0; key < MOST_KEYS; key++) {
		s.value[key] = first_value(key);
		s.holder[key] = NOBODY;
	}
	for (unsigned i = 0; i < connections; i++)
		s.poll[i] = (struct pollfd){ .fd = fd[i], .events = POLLIN };
	for (unsigned open = connections; open > 0;) {
		SYS(poll(s.poll, connections, -1));
		for (unsigned i = 0; i < connections; i++)
			if (s.poll[i].fd >= 0 && s.poll[i].revents && !hear(&s, i))
				open--;
	}
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	int ours[MOST_CONNECTIONS], theirs[MOST_CONNECTIONS], pair[2];  /* theirs: the server's */
	const unsigned caller = t->workers, connections = caller + 1;
	uint64_t *value = answer;

	for (unsigned i = 0; i < connections; i++) {
		SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
		ours[i] = pair[0];
		theirs[i] = pair[1];
	}
	if (SYS(fork()) == 0) {
		for (unsigned i = 0; i < connections; i++)
			SYS(close(ours[i]));    /* or the server itself would keep the end from coming */
		serve(connections, theirs);
	}
	for (unsigned i = 0; i < connections; i++)
		SYS(close(theirs[i]));
	for (unsigned i = 0; i < t->workers; i++) {
		if (SYS(fork()) == 0) {
			for (unsigned j = i + 1; j < connections; j++)
				SYS(close(ours[j]));    /* or the end of j would wait for ours */
			worker_enter(i);
			run_client(t, i, ours[i]);
			worker_leave(i);
			_exit(0);
		}
		SYS(close(ours[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		await_client(t);
	for (uint32_t key = 0; key < t->param[KEYS]; key++)
		value[key] = ask(ours[caller], GET, key, 0);
	SYS(close(ours[caller]));       /* the last one: the server ends */
	reap(1);
}

const struct variant variant = { .idea = "wrong: a reply to the wrong client", .solve = solve };
