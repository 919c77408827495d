/* SPDX-License-Identifier: MIT */
/* manager_server.c -- one thread serves all clients: it sleeps until somebody says something, and never waits for one.
 *
 * What could make it wait, or fall:
 *   a client that sent half a request and stopped, or was killed    its bytes are kept; the others go on
 *   a client that does not read its reply                           the rest of the reply is kept
 *   a request that cannot be granted yet                            is parked in a line of the object's
 *   a length that is not true, a request before the last reply      that client is cut off
 *
 * Death is handled in two steps.  leave() takes the dead client out of the line where it waits.  bury(), when all that
 * came in together is dealt with, gives away the locks that it held: the next holder may turn out to be dead, too.
 */
#include "lessons/lib/manager_server.h"

#include "bench/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { EVENTS = 64, FIRST_ROOM = 256 };

struct server {
	int epoll, listener, leash;
	int spare;                      /* a descriptor to let go of when there are no more */
	int64_t key[2];
	struct object **object;         /* by number; NULL: deleted.  object[0] is never used */
	uint32_t numbers, room;         /* numbers given out, places in object[] */
	struct manager_counts counts;
	struct peer *peers, *gone;
	uint64_t next_deadline_ns;      /* no deadline is earlier than this */
	int64_t answered_cpu;           /* where that client was that got the last reply */
};

/* ---- lines ---- */

void peer_unpark(struct peer *peer)
{
	struct line *line = peer->in_line;

	*(peer->ahead ? &peer->ahead->behind : &line->first) = peer->behind;
	*(peer->behind ? &peer->behind->ahead : &line->last) = peer->ahead;
	peer->in_line = NULL;
	peer->deadline_ns = UINT64_MAX;
	peer->server->counts.waiting--;
}

static void be_late(struct peer *peer)
{
	if (peer->at->type->late)
		peer->at->type->late(peer, peer->at);
	else
		peer_answer(peer, -ETIMEDOUT, 0);
}

void peer_park(struct peer *peer, struct object *at, struct line *line, int timeout_ms)
{
	struct server *server = peer->server;

	peer->at = at;
	peer->in_line = line;
	peer->ahead = line->last;
	peer->behind = NULL;
	*(line->last ? &line->last->behind : &line->first) = peer;
	line->last = peer;
	server->counts.waiting++;
	if (timeout_ms == 0) {
		be_late(peer);
	} else if (timeout_ms > 0) {
		peer->deadline_ns = clock_ns() + (uint64_t)timeout_ms * 1000000;
		if (peer->deadline_ns < server->next_deadline_ns)
			server->next_deadline_ns = peer->deadline_ns;
	}
}

void line_dismiss(struct line *line, int error)
{
	while (line->first)
		peer_answer(line->first, error, 0);
}

/* Milliseconds that the server may sleep, rounded up: it shall not wake before a deadline and find nothing to do. */
static int patience_ms(const struct server *server)
{
	uint64_t now_ns;

	if (server->next_deadline_ns == UINT64_MAX)
		return -1;
	now_ns = clock_ns();
	return server->next_deadline_ns <= now_ns ? 0 : (int)((server->next_deadline_ns - now_ns + 999999) / 1000000);
}

static void serve_deadlines(struct server *server)
{
	uint64_t now_ns;

	if (server->next_deadline_ns == UINT64_MAX || server->next_deadline_ns > (now_ns = clock_ns()))
		return;
	for (struct peer *peer = server->peers; peer; peer = peer->next)
		if (peer->in_line && peer->deadline_ns <= now_ns)
			be_late(peer);
	server->next_deadline_ns = UINT64_MAX;
	for (struct peer *peer = server->peers; peer; peer = peer->next)
		if (peer->deadline_ns < server->next_deadline_ns)
			server->next_deadline_ns = peer->deadline_ns;
}

/* ---- the end of a client ---- */

static void leave(struct peer *peer)
{
	struct object *at = peer->at;

	if (peer->gone)
		return;
	peer->gone = true;
	peer->next_gone = peer->server->gone;
	peer->server->gone = peer;
	if (peer->in_line) {
		peer_unpark(peer);
		if (at->type->left)
			at->type->left(peer, at);
	}
}

static void bury(struct server *server)
{
	struct peer *peer;

	while ((peer = server->gone)) {
		server->gone = peer->next_gone;
		for (uint32_t i = 1; i <= server->numbers; i++)
			if (server->object[i] && server->object[i]->type->forget)
				server->object[i]->type->forget(server->object[i], peer);
		*(peer->prev ? &peer->prev->next : &server->peers) = peer->next;
		if (peer->next)
			peer->next->prev = peer->prev;
		server->counts.clients--;
		SYS(close(peer->fd));
		free(peer->in);
		free(peer->out);
		free(peer);
	}
}

/* ---- replies ---- */

static void watch(struct peer *peer, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = peer };

	SYS(epoll_ctl(peer->server->epoll, EPOLL_CTL_MOD, peer->fd, &event));
}

/* What the socket would not take is kept, and goes when there is room. */
static void keep_rest(struct peer *peer, const struct reply *reply, const void *body, size_t sent)
{
	size_t head = sent < sizeof *reply ? sizeof *reply - sent : 0, skip = sent + head - sizeof *reply;

	peer->out = malloc(reply->bytes - sent);
	if (!peer->out) {
		leave(peer);
		return;
	}
	memcpy(peer->out, (const char *)reply + sent, head);
	if (body)
		memcpy(peer->out + head, (const char *)body + skip, reply->bytes - sizeof *reply - skip);
	peer->out_begin = 0;
	peer->out_end = reply->bytes - sent;
	watch(peer, EPOLLIN | EPOLLOUT);
}

static void send_reply(struct peer *peer, int error, int64_t value, const void *body, size_t bytes)
{
	struct reply reply = { (uint32_t)(sizeof reply + bytes), error, value, sched_getcpu() };
	struct iovec part[2] = { { &reply, sizeof reply }, { (void *)(uintptr_t)body, bytes } };
	struct msghdr message = { .msg_iov = part, .msg_iovlen = bytes > 0 ? 2 : 1 };
	ssize_t sent;

	if (peer->in_line)
		peer_unpark(peer);
	if (peer->posted && error && !peer->owed)
		peer->owed = error;
	if (peer->gone || peer->posted)
		return;
	peer->server->answered_cpu = peer->cpu;
	sent = sendmsg(peer->fd, &message, MSG_NOSIGNAL);
	if (sent < 0 && errno == EAGAIN)
		sent = 0;
	if (sent < 0)
		leave(peer);
	else if ((size_t)sent < reply.bytes)
		keep_rest(peer, &reply, body, (size_t)sent);
}

void peer_answer(struct peer *peer, int error, int64_t value)
{
	send_reply(peer, error, value, NULL, 0);
}

void peer_answer_with(struct peer *peer, int64_t value, const void *body, size_t bytes)
{
	if (bytes > FRAME_MOST - sizeof(struct reply))
		peer_answer(peer, -EMSGSIZE, 0);
	else
		send_reply(peer, 0, value, body, bytes);
}

static void send_rest(struct peer *peer)
{
	ssize_t sent = send(peer->fd, peer->out + peer->out_begin, peer->out_end - peer->out_begin, MSG_NOSIGNAL);

	if (sent < 0 && errno != EAGAIN && errno != EINTR)
		leave(peer);
	if (sent <= 0)
		return;
	peer->out_begin += (size_t)sent;
	if (peer->out_begin == peer->out_end) {
		free(peer->out);
		peer->out = NULL;
		watch(peer, EPOLLIN);
	}
}

/* ---- the server's own methods ---- */

static const struct type type_server;
static const struct type *const types[TYPES] = {
	[SERVER] = &type_server,
	[LIST] = &manager_list_type, [DICT] = &manager_dict_type, [NAMESPACE] = &manager_dict_type,
	[LOCK] = &manager_lock_type, [RLOCK] = &manager_rlock_type,
	[SEMAPHORE] = &manager_semaphore_type, [BOUNDED_SEMAPHORE] = &manager_bounded_semaphore_type,
	[CONDITION] = &manager_condition_type, [EVENT] = &manager_event_type, [BARRIER] = &manager_barrier_type,
	[QUEUE] = &manager_queue_type, [VALUE] = &manager_value_type, [ARRAY] = &manager_array_type,
};

struct object *server_find(struct server *server, uint32_t number)
{
	return number > 0 && number <= server->numbers ? server->object[number] : NULL;
}

static bool make_room(struct server *server)
{
	if (server->numbers + 1 < server->room)
		return true;
	uint32_t room = server->room > 0 ? 2 * server->room : 64;
	struct object **object = realloc(server->object, room * sizeof(struct object *));
	if (!object)
		return false;
	server->object = object;
	server->room = room;
	return true;
}

static void make(struct peer *peer, struct object *none, const struct asked *asked)
{
	struct server *server = peer->server;
	struct object *object;
	int error = -ENOMEM;

	(void)none;
	if (asked->object == SERVER || asked->object >= TYPES) {
		peer_answer(peer, -EINVAL, 0);
		return;
	}
	object = make_room(server) ? types[asked->object]->make(server, asked, &error) : NULL;
	if (!object) {
		peer_answer(peer, error, 0);
		return;
	}
	object->type = types[asked->object];
	object->number = ++server->numbers;  /* never a second time: who still has the old one shall be told */
	server->object[object->number] = object;
	server->counts.objects++;
	peer_answer(peer, 0, object->number);
}

static void delete(struct peer *peer, struct object *none, const struct asked *asked)
{
	struct server *server = peer->server;
	struct object *object = server_find(server, asked->object);
	int error = -ENXIO;

	(void)none;
	if (object) {
		error = object->type->free(object);
		if (!error) {
			server->object[asked->object] = NULL;
			server->counts.objects--;
		}
	}
	peer_answer(peer, error, 0);
}

static void hello(struct peer *peer, struct object *none, const struct asked *asked)
{
	const struct server *server = peer->server;

	(void)none;
	peer->known = asked->a == server->key[0] && asked->b == server->key[1];
	if (peer->known)
		peer_answer(peer, 0, 0);
	else
		leave(peer);
}

static void count(struct peer *peer, struct object *none, const struct asked *asked)
{
	const struct server *server = peer->server;

	(void)none, (void)asked;
	peer_answer_with(peer, 0, &server->counts, sizeof server->counts);
}

static method *const server_methods[] = { [HELLO] = hello, [MAKE] = make, [DELETE] = delete, [COUNT] = count };
static const struct type type_server = { .methods = server_methods, .count = SERVER_METHODS };

/* ---- requests ---- */

/* What is wrong with the request itself. */
static int flaw(const struct request *request, const struct type *type, const struct object *object)
{
	if (!type || request->method >= type->count || (request->posted && !(type->quiet >> request->method & 1)))
		return -EINVAL;
	if (type != &type_server && (!object || object->type->methods != type->methods))
		return -ENXIO;
	return 0;
}

static void serve(struct peer *peer, const struct request *request)
{
	const struct asked asked = { request->a, request->b, request->timeout_ms, request->object,
		request + 1, request->bytes - sizeof *request };
	const struct type *type = request->type < TYPES ? types[request->type] : NULL;
	struct object *object = server_find(peer->server, request->object);
	int error = flaw(request, type, object);

	if (!peer->known && (request->type != SERVER || request->method != HELLO)) {
		leave(peer);
		return;
	}
	peer->cpu = request->cpu;
	peer->posted = request->posted;
	if (!peer->posted && peer->owed) {
		error = peer->owed;
		peer->owed = 0;
	}
	if (error)
		peer_answer(peer, error, 0);
	else
		type->methods[request->method](peer, object, &asked);
	peer->posted = false;
}

/* Serves the whole requests that have come.  False: the client does not keep to the rules. */
static bool serve_all(struct peer *peer)
{
	const struct request *request = (const void *)peer->in;

	while (peer->in_bytes >= sizeof *request) {
		if (request->bytes < sizeof *request || request->bytes > FRAME_MOST)
			return false;
		if (peer->in_bytes < request->bytes)
			break;
		bool more = peer->in_bytes > request->bytes;
		if (more && !request->posted)
			return false;
		serve(peer, request);
		peer->in_bytes -= request->bytes;
		if (more)
			memmove(peer->in, peer->in + request->bytes, peer->in_bytes);
	}
	return true;
}

/* How much to read: a large request to its end and not further, small ones together.  Room for what is announced grows
 * with what comes: a length costs nothing to say.  0: no memory. */
static size_t wanted(struct peer *peer)
{
	const struct request *request = (const void *)peer->in;
	size_t want = peer->in_bytes >= sizeof *request ? request->bytes : 0;

	if (want <= FIRST_ROOM)
		want = FIRST_ROOM;
	if (want > peer->in_room && peer->in_bytes == peer->in_room) {
		size_t room = 4 * peer->in_room < want ? 4 * peer->in_room : want;
		char *in = realloc(peer->in, room);
		if (!in)
			return 0;
		peer->in = in;
		peer->in_room = room;
	}
	return (want < peer->in_room ? want : peer->in_room) - peer->in_bytes;
}

static void hear(struct peer *peer)
{
	size_t want = wanted(peer);
	ssize_t got = want > 0 ? recv(peer->fd, peer->in + peer->in_bytes, want, 0) : 0;

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0 || peer->in_line || peer->out) {  /* it is dead; or it asks before it was answered */
		leave(peer);
		return;
	}
	peer->in_bytes += (size_t)got;
	if (!serve_all(peer))
		leave(peer);
}

/* ---- new clients ---- */

/* Another user's process may know the name, too: names have no permissions. */
static bool is_ours(int fd)
{
	struct ucred other;
	socklen_t bytes = sizeof other;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &other, &bytes) == 0 && other.uid == geteuid();
}

static bool add_peer(struct server *server, int fd)
{
	struct peer *peer = calloc(1, sizeof *peer);
	char *in = malloc(FIRST_ROOM);
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = peer };

	if (!peer || !in || epoll_ctl(server->epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
		free(peer);
		free(in);
		return false;
	}
	*peer = (struct peer){ .server = server, .next = server->peers, .fd = fd, .in = in, .in_room = FIRST_ROOM,
		.deadline_ns = UINT64_MAX };
	if (peer->next)
		peer->next->prev = peer;
	server->peers = peer;
	server->counts.clients++;
	return true;
}

static void admit(struct server *server)
{
	int fd = accept4(server->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
		/* It waits in the listener's queue, and would wake us for ever: let it in and out again. */
		close(server->spare);
		fd = accept(server->listener, NULL, NULL);
		if (fd >= 0)
			close(fd);
		server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	} else if (fd >= 0 && (!is_ours(fd) || !add_peer(server, fd))) {
		close(fd);
	}
}

/* How many events, or -1 and errno. */
static int await_events(const struct server *server, struct epoll_event event[EVENTS])
{
	const uint64_t until_ns = awake_until_ns(server->answered_cpu, SERVER_AWAKE_NS);
	int events;

	do
		events = epoll_wait(server->epoll, event, EVENTS, 0);
	while (events == 0 && clock_ns() < until_ns);
	return events != 0 ? events : epoll_wait(server->epoll, event, EVENTS, patience_ms(server));
}

_Noreturn void manager_serve(int listener, int leash, const int64_t key[2])
{
	struct server server = { .listener = listener, .leash = leash, .key = { key[0], key[1] },
		.next_deadline_ns = UINT64_MAX, .answered_cpu = -1 };
	struct epoll_event event[EVENTS] = { { .events = EPOLLIN, .data.ptr = &server.listener } };

	server.spare = (int)SYS(open("/dev/null", O_RDONLY | O_CLOEXEC));
	server.epoll = (int)SYS(epoll_create1(EPOLL_CLOEXEC));
	SYS(epoll_ctl(server.epoll, EPOLL_CTL_ADD, listener, event));
	event[0].data.ptr = &server.leash;
	SYS(epoll_ctl(server.epoll, EPOLL_CTL_ADD, leash, event));
	for (;;) {
		int events = await_events(&server, event);
		if (events < 0 && errno != EINTR)
			die("the manager's server cannot wait: %s", strerror(errno));
		for (int i = 0; i < events; i++) {
			struct peer *peer = event[i].data.ptr;
			if (event[i].data.ptr == &server.leash)
				_exit(0);  /* the parent has closed it, or is dead */
			else if (event[i].data.ptr == &server.listener)
				admit(&server);
			else if (!peer->gone && event[i].events & EPOLLOUT)
				send_rest(peer);
			else if (!peer->gone)
				hear(peer);
		}
		serve_deadlines(&server);
		bury(&server);
	}
}
