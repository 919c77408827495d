/* SPDX-License-Identifier: MIT */
/* http_server.h -- a small web server, in a process of its own, so that lessons have somebody to wait for.
 *
 *   struct http_server server;
 *   http_server_start(&server, &(struct http_site){ .pages = 5, .delay_ms = 3, .most_bytes = 1000, .write = write });
 *   ... GET http://127.0.0.1:<server.port>/page/0 to /page/4, each answered 3 ms after it was asked for ...
 *   http_server_stop(&server);
 *
 * HTTP/1.1: connections stay open for more requests (unless a client says Connection: close, or HTTP/1.0), requests may
 * follow one another before their answers.  Only GET, without a body.  What cannot be answered gets its status (400,
 * 404, 405, 431, 505) at once, and the connection is closed.  One thread serves all connections, and sleeps in
 * epoll_wait(): a request that waits for its delay costs nothing, a slow, silent or broken client disturbs nobody.
 *
 * It listens on 127.0.0.1 only, at a port that the kernel chooses: nothing outside this machine can reach it.
 */
#ifndef LIB_HTTP_SERVER_H
#define LIB_HTTP_SERVER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define HTTP_FAILS SIZE_MAX

struct http_site {
	uint64_t pages;         /* /page/0 to /page/<pages - 1> are there */
	unsigned delay_ms;      /* from the end of a request to the beginning of its answer, at least */
	size_t most_bytes;      /* of a page */
	/* Runs in the server; returns how many bytes, or HTTP_FAILS: then the answer is a 503, in time as any other. */
	size_t (*write)(const void *arg, uint64_t page, char *text);
	const void *arg;
};

struct http_server {
	uint16_t port;
	pid_t pid;
	int pidfd;              /* readable once it has ended */
	int control;            /* a socket; the server ends when it reads end-of-file from its other end */
};

/* Forks the server: before any thread is made.  From its return on, connections are accepted.  `arg` must stay as it is
 * only until then: the server has its copy.  Dies when there is no port, process or descriptor. */
void http_server_start(struct http_server *, const struct http_site *);

/* Ends it, also in the middle of requests, and reaps it; it has 10 s to end by itself before it is killed.  Dies when
 * the server had failed before.  The server also ends, without this, when its parent does, however that ended. */
void http_server_stop(struct http_server *);

#endif
