/* SPDX-License-Identifier: MIT */
/* http_server.c -- one thread, many connections: whatever it could wait for is a descriptor, and epoll waits for all.
 *
 *   the listener   a new connection
 *   the control    end-of-file: stop
 *   the clock      a timerfd, set to when the first request is due.  All wait equally long, so who came first is due
 *                  first: a plain queue, the requests in it stand in the order of their times.
 *   connections    each in one state of four, which says what is waited for:
 *
 *   READING --whole head--> DELAYED --due--> WRITING --all sent--> READING     (the next request)
 *      +-----------what cannot be answered----> WRITING --all sent--> DRAINING   (until the client closes, too)
 */
#include "lessons/lib/http_server.h"

#include "bench/check.h"
#include "lessons/lib/child.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>

enum { HEAD_BYTES = 8192, MOST_DRAINED = 1 << 20, STOP_MS = 10000, BACKLOG = 4096 };

enum state { READING, DELAYED, WRITING, DRAINING };

struct connection {
	int fd;
	enum state state;
	size_t got;                     /* bytes of `in` that were read, and not yet taken */
	uint64_t page;
	bool keep;                      /* open for another request */
	uint64_t due_ns;
	TAILQ_ENTRY(connection) place;  /* in the queue, while DELAYED */
	char *out;                      /* what is being sent; malloc'd */
	size_t out_bytes, sent, drained;
	char in[HEAD_BYTES];
};

struct loop {
	const struct http_site *site;
	int epoll, listener, control, clock;
	bool deaf;                      /* no descriptor left for a new connection: wait until one is closed */
	TAILQ_HEAD(, connection) queue;
};

static uint64_t now_ns(void)
{
	struct timespec t;

	SYS(clock_gettime(CLOCK_MONOTONIC, &t));
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* ---- what is waited for ---- */

static void watch(struct loop *loop, int operation, int fd, uint32_t events, void *what)
{
	struct epoll_event event = { .events = events, .data.ptr = what };

	SYS(epoll_ctl(loop->epoll, operation, fd, &event));
}

static void enter_state(struct loop *loop, struct connection *c, enum state state)
{
	static const uint32_t events[] = {
		[READING] = EPOLLIN, [DELAYED] = 0, [WRITING] = EPOLLOUT, [DRAINING] = EPOLLIN,
	};

	c->state = state;
	watch(loop, EPOLL_CTL_MOD, c->fd, events[state], c);
}

static void set_clock(struct loop *loop)
{
	const struct connection *first = TAILQ_FIRST(&loop->queue);
	struct itimerspec at = { 0 };

	if (!first)
		return;
	at.it_value.tv_sec = (time_t)(first->due_ns / 1000000000);
	at.it_value.tv_nsec = (long)(first->due_ns % 1000000000);
	SYS(timerfd_settime(loop->clock, TFD_TIMER_ABSTIME, &at, NULL));
}

static void close_connection(struct loop *loop, struct connection *c)
{
	if (c->state == DELAYED)
		TAILQ_REMOVE(&loop->queue, c, place);
	SYS(close(c->fd));  /* takes it out of the epoll set, too */
	free(c->out);
	free(c);
	if (loop->deaf)
		watch(loop, EPOLL_CTL_MOD, loop->listener, EPOLLIN, &loop->listener);
	loop->deaf = false;
}

/* ---- requests ---- */

/* Looks at the lines after the first.  Returns a status. */
static int parse_fields(struct connection *c, char *line, bool must_have_host)
{
	bool host = false;

	for (char *next; line; line = next) {
		next = strstr(line, "\r\n");
		if (next) {
			*next = '\0';
			next += 2;
		}
		char *colon = strchr(line, ':');
		if (!colon || colon == line || isspace((unsigned char)colon[-1]) || isspace((unsigned char)*line))
			return 400;
		*colon = '\0';
		const char *value = colon + 1 + strspn(colon + 1, " \t");
		if (strcasecmp(line, "Host") == 0)
			host = true;
		else if (strcasecmp(line, "Connection") == 0 && strcasestr(value, "close"))
			c->keep = false;
		else if (strcasecmp(line, "Transfer-Encoding") == 0 ||
			(strcasecmp(line, "Content-Length") == 0 && strcmp(value, "0") != 0))
			return 400;  /* a body: what follows would be taken for the next request */
	}
	return host || !must_have_host ? 200 : 400;
}

/* Looks at a head without its last, empty line.  Returns a status; 200: c->page and c->keep are set. */
static int parse(const struct http_site *site, struct connection *c, char *head)
{
	static const char path[] = "/page/";
	char *target, *version, *fields = strstr(head, "\r\n"), *end;

	if (fields) {
		*fields = '\0';
		fields += 2;
	}
	target = strchr(head, ' ');
	version = target ? strchr(target + 1, ' ') : NULL;
	if (!version || target == head || strchr(version + 1, ' '))
		return 400;
	*target++ = *version++ = '\0';
	if (strncmp(version, "HTTP/", 5) != 0)
		return 400;
	if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
		return 505;
	c->keep = strcmp(version, "HTTP/1.1") == 0;
	int status = parse_fields(c, fields, c->keep);
	if (status != 200)
		return status;
	if (strcmp(head, "GET") != 0)
		return 405;
	if (strncmp(target, path, sizeof path - 1) != 0 || !isdigit((unsigned char)target[sizeof path - 1]))
		return 404;
	c->page = strtoull(target + sizeof path - 1, &end, 10);  /* too large: UINT64_MAX, which is not there either */
	return *end == '\0' && c->page < site->pages ? 200 : 404;
}

/* ---- answers ---- */

static const char *reason(int status)
{
	switch (status) {
	case 200: return "OK";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 431: return "Request Header Fields Too Large";
	case 503: return "Service Unavailable";
	case 505: return "HTTP Version Not Supported";
	default: return "Bad Request";
	}
}

static void take_request(struct loop *loop, struct connection *c);

/* Sends what the kernel takes now, the rest when it takes more. */
static void send_more(struct loop *loop, struct connection *c)
{
	ssize_t sent = send(c->fd, c->out + c->sent, c->out_bytes - c->sent, MSG_NOSIGNAL);

	if (sent < 0 && errno != EAGAIN && errno != EINTR) {
		close_connection(loop, c);  /* the client is gone */
		return;
	}
	c->sent += sent > 0 ? (size_t)sent : 0;
	if (c->sent < c->out_bytes) {
		enter_state(loop, c, WRITING);
		return;
	}
	free(c->out);
	c->out = NULL;
	if (c->keep) {
		enter_state(loop, c, READING);
		take_request(loop, c);  /* the next one may have come with the last */
	} else {
		shutdown(c->fd, SHUT_WR);
		c->got = 0;  /* what it says from now on is not heard */
		enter_state(loop, c, DRAINING);  /* close() would throw away the answer, when the client still sends */
	}
}

static void answer(struct loop *loop, struct connection *c, int status)
{
	const struct http_site *site = loop->site;
	char date[64], *text = malloc(site->most_bytes + 1), *head = NULL;
	const time_t now = time(NULL);
	struct tm utc;
	size_t bytes;

	if (!text)
		die("http_server.c: no memory for a page");
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &utc));
	bytes = status == 200 ? site->write(site->arg, c->page, text) : 0;
	if (bytes == HTTP_FAILS) {
		status = 503;
		bytes = 0;
	}
	int head_bytes = asprintf(&head, "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: text/plain\r\n"
		"Content-Length: %zu\r\n%s%s\r\n", status, reason(status), date, bytes,
		status == 405 ? "Allow: GET\r\n" : "", c->keep ? "" : "Connection: close\r\n");
	if (head_bytes < 0 || !(c->out = realloc(head, (size_t)head_bytes + bytes)))
		die("http_server.c: no memory for an answer");
	memcpy(c->out + head_bytes, text, bytes);
	free(text);
	c->out_bytes = (size_t)head_bytes + bytes;
	c->sent = 0;
	send_more(loop, c);
}

/* Takes a request out of what was read, if a whole one is there. */
static void take_request(struct loop *loop, struct connection *c)
{
	char *end = memmem(c->in, c->got, "\r\n\r\n", 4);
	int status = 431;

	if (!end && c->got < sizeof c->in)
		return;  /* stays READING */
	if (end) {
		*end = '\0';
		status = strlen(c->in) == (size_t)(end - c->in) ? parse(loop->site, c, c->in) : 400;
		c->got -= (size_t)(end + 4 - c->in);
		memmove(c->in, end + 4, c->got);
	}
	if (status != 200) {
		c->keep = false;
		answer(loop, c, status);
		return;
	}
	c->due_ns = now_ns() + loop->site->delay_ms * 1000000ull;
	enter_state(loop, c, DELAYED);
	TAILQ_INSERT_TAIL(&loop->queue, c, place);
	if (TAILQ_FIRST(&loop->queue) == c)
		set_clock(loop);
}

/* ---- events ---- */

static void accept_one(struct loop *loop)
{
	int fd = accept4(loop->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct connection *c;

	if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
		watch(loop, EPOLL_CTL_MOD, loop->listener, 0, &loop->listener);  /* or it would ask again at once */
		loop->deaf = true;
	}
	if (fd < 0)
		return;  /* or the client had gone again */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	c = calloc(1, sizeof *c);
	if (!c)
		die("http_server.c: no memory for a connection");
	c->fd = fd;
	watch(loop, EPOLL_CTL_ADD, fd, EPOLLIN, c);
}

static void answer_due(struct loop *loop)
{
	struct connection *c;
	uint64_t fired;

	SYS(read(loop->clock, &fired, sizeof fired));
	while ((c = TAILQ_FIRST(&loop->queue)) && c->due_ns <= now_ns()) {
		TAILQ_REMOVE(&loop->queue, c, place);
		c->state = WRITING;
		answer(loop, c, 200);
	}
	set_clock(loop);
}

static void read_more(struct loop *loop, struct connection *c)
{
	ssize_t got = recv(c->fd, c->in + c->got, sizeof c->in - c->got, 0);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		close_connection(loop, c);
	} else if (c->state == READING) {
		c->got += (size_t)got;
		take_request(loop, c);
	} else if ((c->drained += (size_t)got) > MOST_DRAINED) {
		close_connection(loop, c);
	}
}

static void serve_connection(struct loop *loop, struct connection *c, uint32_t events)
{
	if (events & (EPOLLERR | EPOLLHUP))  /* reported in every state: the client is wholly gone */
		close_connection(loop, c);
	else if (c->state == WRITING)
		send_more(loop, c);
	else if (c->state != DELAYED)
		read_more(loop, c);
}

static void serve(struct loop *loop)
{
	struct epoll_event event;

	loop->epoll = (int)SYS(epoll_create1(EPOLL_CLOEXEC));
	loop->clock = (int)SYS(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
	watch(loop, EPOLL_CTL_ADD, loop->listener, EPOLLIN, &loop->listener);
	watch(loop, EPOLL_CTL_ADD, loop->control, EPOLLIN, &loop->control);
	watch(loop, EPOLL_CTL_ADD, loop->clock, EPOLLIN, &loop->clock);
	for (;;) {
		/* One at a time: what one event does may end the connection that another one is about. */
		int events = epoll_wait(loop->epoll, &event, 1, -1);
		if (events < 0 && errno != EINTR)
			SYS(events);
		if (events <= 0)
			continue;
		if (event.data.ptr == &loop->control)
			return;
		if (event.data.ptr == &loop->listener)
			accept_one(loop);
		else if (event.data.ptr == &loop->clock)
			answer_due(loop);
		else
			serve_connection(loop, event.data.ptr, event.events);
	}
}

/* ---- start and stop ---- */

static int listen_on_loopback(uint16_t *port)
{
	int fd = (int)SYS(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t bytes = sizeof address;

	SYS(bind(fd, (struct sockaddr *)&address, sizeof address));  /* port 0: any that is free */
	SYS(listen(fd, BACKLOG));
	SYS(getsockname(fd, (struct sockaddr *)&address, &bytes));
	*port = ntohs(address.sin_port);
	return fd;
}

_Noreturn static void run(const struct http_site *site, int listener, int control, pid_t parent)
{
	struct loop loop = { .site = site, .listener = listener, .control = control };
	struct rlimit files;

	die_with(parent);
	SYS(getrlimit(RLIMIT_NOFILE, &files));
	files.rlim_cur = files.rlim_max;  /* a descriptor for each connection */
	SYS(setrlimit(RLIMIT_NOFILE, &files));
	TAILQ_INIT(&loop.queue);
	serve(&loop);
	_exit(0);
}

void http_server_start(struct http_server *server, const struct http_site *site)
{
	int end[2], listener = listen_on_loopback(&server->port);  /* before the fork: no request can come too early */
	const pid_t parent = getpid();

	SYS(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end));
	server->pid = (pid_t)SYS(fork());
	if (server->pid == 0) {
		SYS(close(end[0]));  /* or there would be no end of file */
		run(site, listener, end[1], parent);
	}
	SYS(close(listener));
	SYS(close(end[1]));
	server->control = end[0];
	server->pidfd = (int)SYS(syscall(SYS_pidfd_open, server->pid, 0));
}

void http_server_stop(struct http_server *server)
{
	struct pollfd ended = { .fd = server->pidfd, .events = POLLIN };
	int status;

	shutdown(server->control, SHUT_WR);  /* close() is not enough: a child of ours may hold a copy */
	while (poll(&ended, 1, STOP_MS) < 0 && errno == EINTR)
		continue;
	if (!ended.revents)
		SYS(kill(server->pid, SIGKILL));
	SYS(waitpid(server->pid, &status, 0));
	SYS(close(server->control));
	SYS(close(server->pidfd));
	if (ended.revents && status != 0)
		die("http_server.c: the server had ended early, with status 0x%x", (unsigned)status);
}
