/* SPDX-License-Identifier: MIT */
/* manager.c -- the manager's server process, and the connections to it.
 *
 * Whoever holds an end holds it open, and fork() copies ends.  If a child kept a copy of its parent's connection, the
 * server would not see the parent die, and its locks would stay locked.  So all ends stand in a list, and a handler of
 * fork() closes them in the child before the child can do anything.
 */
#include "lessons/lib/manager_wire.h"

#include "lessons/lib/child.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPLY_ROOM = 256, PATIENCE_MS = 5000 };

/* A descriptor that this process holds and its children shall not. */
struct end {
	int fd;                         /* -1: closed */
	struct end *next, *prev;
};

struct manager {
	struct end leash;               /* while it is open, the server lives */
	pid_t parent, pid;
	int pidfd;
	struct sockaddr_un name;
	socklen_t name_bytes;
	int64_t key[2];
};

struct client {
	struct end end;
	bool posts;                     /* see manager_post() */
	int64_t server_cpu;             /* where it was when it last replied */
	char *body;                     /* of the last reply */
	size_t body_bytes, body_room;
};

/* ---- ends ---- */

/* Global because fork() gives its handlers nothing. */
static pthread_mutex_t ends_lock = PTHREAD_MUTEX_INITIALIZER;   /* guards ends */
static struct end *ends;

static void before_fork(void)
{
	OK(pthread_mutex_lock(&ends_lock));
}

static void after_fork(void)
{
	OK(pthread_mutex_unlock(&ends_lock));
}

static void in_child(void)
{
	for (struct end *end = ends; end; end = end->next) {
		close(end->fd);
		end->fd = -1;
	}
	ends = NULL;
	after_fork();
}

static void register_handlers(void)
{
	OK(pthread_atfork(before_fork, after_fork, in_child));
}

/* The lock is held. */
static void end_add(struct end *end)
{
	end->prev = NULL;
	end->next = ends;
	if (ends)
		ends->prev = end;
	ends = end;
}

static void end_close(struct end *end)
{
	OK(pthread_mutex_lock(&ends_lock));
	if (end->fd >= 0) {
		SYS(close(end->fd));
		end->fd = -1;
		*(end->prev ? &end->prev->next : &ends) = end->next;
		if (end->next)
			end->next->prev = end->prev;
	}
	OK(pthread_mutex_unlock(&ends_lock));
}

/* ---- the server process ---- */

/* The kernel chooses the name: "abstract", that is in no file system, and gone with the socket. */
static int open_listener(struct manager *manager)
{
	const struct sockaddr_un any = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	manager->name_bytes = sizeof manager->name;
	if (bind(fd, (const void *)&any, sizeof any.sun_family) < 0 ||
	    getsockname(fd, (void *)&manager->name, &manager->name_bytes) < 0 || listen(fd, SOMAXCONN) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Everything from descriptor 3 on, but for two: somebody's end of a pipe would never be seen to close. */
static void close_others(unsigned a, unsigned b)
{
	unsigned low = a < b ? a : b, high = a < b ? b : a;

	if (low > 3)
		close_range(3, low - 1, 0);
	if (high > low + 1 && high > 3)
		close_range(low + 1 > 3 ? low + 1 : 3, high - 1, 0);
	close_range(high + 1 > 3 ? high + 1 : 3, ~0u, 0);
}

static _Noreturn void be_server(int listener, int leash, const int64_t key[2], pid_t parent)
{
	struct rlimit files;

	die_with(parent);
	prctl(PR_SET_NAME, "manager");
	signal(SIGINT, SIG_IGN);  /* Ctrl-C is for the parent, which may still have a use for its objects */
	signal(SIGTERM, SIG_DFL);
	close_others((unsigned)listener, (unsigned)leash);
	SYS(getrlimit(RLIMIT_NOFILE, &files));
	files.rlim_cur = files.rlim_max;  /* a descriptor for each client: as many as there may be */
	SYS(setrlimit(RLIMIT_NOFILE, &files));
	manager_serve(listener, leash, key);
}

/* The server; -1 and errno. */
static int fork_server(struct manager *manager)
{
	int leash[2], listener = open_listener(manager), error = 0;

	if (listener < 0)
		return -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, leash) < 0) {
		error = errno;
		SYS(close(listener));
		errno = error;
		return -1;
	}
	manager->pid = fork();
	if (manager->pid == 0) {
		SYS(close(leash[0]));
		be_server(listener, leash[1], manager->key, manager->parent);
	}
	error = errno;
	SYS(close(listener));  /* or clients could come to a dead server's door, and wait there */
	SYS(close(leash[1]));
	manager->leash.fd = leash[0];
	if (manager->pid > 0) {
		manager->pidfd = (int)syscall(SYS_pidfd_open, manager->pid, 0);
		if (manager->pidfd >= 0)
			return 0;
		error = errno;
		SYS(kill(manager->pid, SIGKILL));
		waitpid(manager->pid, NULL, 0);
	}
	SYS(close(leash[0]));
	errno = error;
	return -1;
}

struct manager *manager_start(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct manager *manager = calloc(1, sizeof *manager);

	OK(pthread_once(&once, register_handlers));
	if (!manager)
		return NULL;
	manager->parent = getpid();
	if (getrandom(manager->key, sizeof manager->key, 0) != sizeof manager->key || fork_server(manager) < 0) {
		free(manager);
		return NULL;
	}
	OK(pthread_mutex_lock(&ends_lock));
	end_add(&manager->leash);
	OK(pthread_mutex_unlock(&ends_lock));
	return manager;
}

int manager_pid(const struct manager *manager)
{
	return manager->pid;
}

int manager_shutdown(struct manager *manager)
{
	struct pollfd end = { .fd = manager->pidfd, .events = POLLIN };
	siginfo_t info = { 0 };
	int ready;

	if (getpid() != manager->parent)
		return -EPERM;
	end_close(&manager->leash);
	do
		ready = poll(&end, 1, PATIENCE_MS);
	while (ready < 0 && errno == EINTR);
	if (ready == 0)  /* it was stopped, or worse */
		syscall(SYS_pidfd_send_signal, manager->pidfd, SIGKILL, NULL, 0);
	while (waitid(P_PID, (id_t)manager->pid, &info, WEXITED) < 0 && errno == EINTR)
		continue;
	SYS(close(manager->pidfd));
	free(manager);
	return info.si_code == CLD_EXITED && info.si_status == 0 ? 0 : -EPIPE;
}

/* ---- a connection ---- */

struct client *manager_connect(struct manager *manager)
{
	struct client *client = calloc(1, sizeof *client);
	struct request hello = { .type = SERVER, .method = HELLO, .a = manager->key[0], .b = manager->key[1] };
	int connected, error;

	if (!client)
		return NULL;
	client->body_room = REPLY_ROOM;
	client->server_cpu = -1;
	client->body = malloc(client->body_room);
	OK(pthread_mutex_lock(&ends_lock));  /* a fork() now would make a copy of what is in no list yet */
	client->end.fd = client->body ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
	error = client->body ? errno : ENOMEM;
	if (client->end.fd >= 0)
		end_add(&client->end);
	OK(pthread_mutex_unlock(&ends_lock));
	if (client->end.fd >= 0) {
		do
			connected = connect(client->end.fd, (const void *)&manager->name, manager->name_bytes);
		while (connected < 0 && errno == EINTR);
		error = connected < 0 ? EPIPE : -client_call(client, &hello, NULL, 0, NULL);
		if (!error)
			return client;
	}
	manager_disconnect(client);
	errno = error;
	return NULL;
}

void manager_disconnect(struct client *client)
{
	end_close(&client->end);
	free(client->body);
	free(client);
}

/* ---- a call ---- */

/* Takes `bytes` off the front of a message's parts. */
static void advance(struct msghdr *message, size_t bytes)
{
	while (message->msg_iovlen > 0 && bytes >= message->msg_iov->iov_len) {
		bytes -= message->msg_iov->iov_len;
		message->msg_iov++;
		message->msg_iovlen--;
	}
	if (message->msg_iovlen > 0) {
		message->msg_iov->iov_base = (char *)message->msg_iov->iov_base + bytes;
		message->msg_iov->iov_len -= bytes;
	}
}

static bool send_all(int fd, struct request *request, const void *body, size_t bytes)
{
	struct iovec part[2] = { { request, sizeof *request }, { (void *)(uintptr_t)body, bytes } };
	struct msghdr message = { .msg_iov = part, .msg_iovlen = bytes > 0 ? 2 : 1 };

	while (message.msg_iovlen > 0) {
		ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
		if (sent < 0 && errno != EINTR)
			return false;
		advance(&message, sent > 0 ? (size_t)sent : 0);
	}
	return true;
}

/* Reads at least `least` of at most `most` bytes in two parts; how many, or -1 at the end of the connection. */
static ssize_t receive(int fd, struct iovec part[2], size_t least)
{
	struct msghdr message = { .msg_iov = part, .msg_iovlen = 2 };
	size_t done = 0;

	while (done < least) {
		ssize_t got = recvmsg(fd, &message, 0);
		if (got == 0 || (got < 0 && errno != EINTR))
			return -1;
		if (got > 0) {
			done += (size_t)got;
			advance(&message, (size_t)got);
		}
	}
	return (ssize_t)done;
}

/* The reply, its body in client->body.  A small one comes with one call: header and body, as much as there is room. */
static bool receive_all(struct client *client, struct reply *reply)
{
	struct iovec part[2] = { { reply, sizeof *reply }, { client->body, client->body_room } };
	ssize_t got = receive(client->end.fd, part, sizeof *reply);
	size_t body, have;

	if (got < 0 || reply->bytes < (size_t)got || reply->bytes > FRAME_MOST)
		return false;
	body = reply->bytes - sizeof *reply;
	have = (size_t)got - sizeof *reply;
	if (body > client->body_room) {
		char *larger = realloc(client->body, body);
		if (!larger)
			return false;
		client->body = larger;
		client->body_room = body;
	}
	client->body_bytes = body;
	part[0] = (struct iovec){ client->body + have, body - have };
	part[1] = (struct iovec){ NULL, 0 };
	return receive(client->end.fd, part, body - have) >= 0;
}

/* Until there is something to read.  It sleeps in poll(), for who sleeps in recvmsg() is also woken when the server has
 * read the request, since there is room to write again. */
static void await_reply(const struct client *client)
{
	struct pollfd reply = { .fd = client->end.fd, .events = POLLIN };
	const uint64_t until_ns = awake_until_ns(client->server_cpu, CLIENT_AWAKE_NS);
	int ready;

	do
		ready = poll(&reply, 1, 0);
	while (ready == 0 && clock_ns() < until_ns);
	if (ready == 0)
		poll(&reply, 1, -1);  /* a signal may end it early: then receive() waits */
}

int client_call(struct client *client, struct request *request, const void *body, size_t bytes, int64_t *value)
{
	struct reply reply;

	if (client->end.fd < 0)
		return -EPIPE;
	if (bytes > FRAME_MOST - sizeof *request)
		return -EMSGSIZE;
	request->bytes = (uint32_t)(sizeof *request + bytes);
	request->cpu = sched_getcpu();
	bool sent = send_all(client->end.fd, request, body, bytes);
	if (sent)
		await_reply(client);
	if (!sent || !receive_all(client, &reply)) {
		end_close(&client->end);  /* half a frame may be on its way: nothing that comes now could be trusted */
		return -EPIPE;
	}
	client->server_cpu = reply.cpu;
	if (value && !reply.error)
		*value = reply.value;
	return reply.error;
}

int client_post(struct client *client, struct request *request, const void *body, size_t bytes)
{
	if (!client->posts)
		return client_call(client, request, body, bytes, NULL);
	if (client->end.fd < 0)
		return -EPIPE;
	if (bytes > FRAME_MOST - sizeof *request)
		return -EMSGSIZE;
	request->bytes = (uint32_t)(sizeof *request + bytes);
	request->cpu = sched_getcpu();
	request->posted = 1;
	if (send_all(client->end.fd, request, body, bytes))
		return 0;
	end_close(&client->end);
	return -EPIPE;
}

void manager_post(struct client *client, bool posts)
{
	client->posts = posts;
}

const void *client_body(const struct client *client, size_t *bytes)
{
	*bytes = client->body_bytes;
	return client->body;
}
