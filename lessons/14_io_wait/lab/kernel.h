/* SPDX-License-Identifier: MIT */
/* kernel.h -- a page is asked for and taken, through a connection of its own.  Some pages fail at first, some always.
 *
 * The server (lib/http_server.h) is a process of its own, and answers 1 ms after it was asked.  What it thinks of a
 * request is drawn from seed, page and try, so no chance is in it.  The web keeps a log, by which verify() judges.
 *
 *   page_begin(t, k)       now begins the patience with page k
 *   page_ask(t, k)         connects and asks; returns the connection's descriptor, which is yours to close
 *   page_take(t, k, fd)    waits for the answer, and returns it
 *   page_is_late(t, k)     whether the patience with page k, which failed, is over
 */
#include "bench/base/clock.h"
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/http_server.h"
#include "lessons/lib/lcg.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SEED, AT_ONCE, DELAY_MS, PATIENCE_MS, PAGE_BYTES };      /* places in task.param */
enum { LETTERS = 26, LENGTHS = 97, ANSWER_BYTES = 8192, TRIES = 64, NEVER = TRIES };

/* What came of a page, the answer is one for each.  200: all is well; 503: it failed, and there is no text. */
struct page { uint32_t status, bytes; uint64_t checksum; };

/* What the web knows of a page's downloads. */
struct log { _Atomic uint64_t begun_ns; _Atomic uint32_t asked; _Atomic bool late; };

struct web {
	struct http_server server;      /* from web_start() to web_stop() */
	_Atomic unsigned under_way, most_under_way;     /* requests that were asked and not taken */
	struct log log[];               /* of n pages; verify() clears it */
};

static inline struct web *web_of(const struct task *t)
{
	return (struct web *)(uintptr_t)t->input;
}

/* How many requests for page k fail before one does not; NEVER: it is gone for good. */
static inline unsigned failures(const struct task *t, uint64_t k)
{
	uint64_t draw = lcg_leap(t->param[SEED] + 1000003 * k, 64) >> 40;

	return draw % 10 == 0 ? NEVER : draw % 10 < 4 ? 1 + (unsigned)(draw / 10 % 5) : 0;
}

/* The server's side: number tells page and try. */
static inline size_t write_page(const void *task, uint64_t number, char *text)
{
	const struct task *t = task;
	const uint64_t k = number / TRIES;
	const size_t bytes = t->param[PAGE_BYTES] + k % LENGTHS;

	if (number % TRIES < failures(t, k))
		return HTTP_FAILS;
	for (size_t i = 0; i < bytes; i++)
		text[i] = (char)('a' + (k + i) % LETTERS);
	return bytes;
}

/* variant.start and variant.stop: the server is there from the one to the other. */
static inline void web_start(const struct task *t)
{
	http_server_start(&web_of(t)->server, &(struct http_site){ .pages = t->n * TRIES, .arg = t,
		.delay_ms = (unsigned)t->param[DELAY_MS], .most_bytes = ANSWER_BYTES, .write = write_page });
}

static inline void web_stop(const struct task *t)
{
	http_server_stop(&web_of(t)->server);
}

static inline void page_begin(const struct task *t, uint64_t k)
{
	atomic_store(&web_of(t)->log[k].begun_ns, clock_ns());
}

static inline bool page_is_late(const struct task *t, uint64_t k)
{
	struct log *log = &web_of(t)->log[k];
	bool late = clock_ns() >= atomic_load(&log->begun_ns) + t->param[PATIENCE_MS] * 1000000;

	if (late)
		atomic_store(&log->late, true);
	return late;
}

static inline int page_ask(const struct task *t, uint64_t k)
{
	struct web *web = web_of(t);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(web->server.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	uint32_t try = atomic_fetch_add(&web->log[k].asked, 1);
	unsigned now = atomic_fetch_add(&web->under_way, 1) + 1, most = atomic_load(&web->most_under_way);
	char request[128];

	while (most < now && !atomic_compare_exchange_weak(&web->most_under_way, &most, now))
		continue;
	may_yield();
	int bytes = snprintf(request, sizeof request, "GET /page/%" PRIu64 " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
		"Connection: close\r\n\r\n", k * TRIES + (try < TRIES ? try : TRIES - 1));
	int fd = (int)SYS(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	SYS(connect(fd, (struct sockaddr *)&address, sizeof address));
	if (SYS(send(fd, request, (size_t)bytes, MSG_NOSIGNAL)) != bytes)
		die("page %" PRIu64 ": the request could not be sent", k);
	return fd;
}

/* Every letter counts with its place: the order matters, too. */
static inline struct page read_page(const char *text, const char *end, uint32_t status)
{
	struct page page = { .status = status, .bytes = (uint32_t)(end - text) };

	for (uint64_t i = 0; i < page.bytes; i++)
		page.checksum += (i + 1) * (unsigned char)text[i];
	return page;
}

static inline struct page page_take(const struct task *t, uint64_t k, int fd)
{
	char answer[ANSWER_BYTES + 512];
	size_t had = 0, got;
	unsigned status;

	while ((got = (size_t)SYS(recv(fd, answer + had, sizeof answer - 1 - had, 0))) > 0)
		had += got;     /* to the end: the server closes its side behind the page */
	answer[had] = '\0';
	char *text = strstr(answer, "\r\n\r\n");
	if (!text || sscanf(answer, "HTTP/1.1 %u", &status) != 1)
		die("page %" PRIu64 ": the server sent no answer", k);
	may_yield();
	atomic_fetch_sub(&web_of(t)->under_way, 1);
	return read_page(text + 4, answer + had, status);
}

/* The next number.  As any `(*next)++` these are three steps, read, add and write, and between them others may run. */
static inline uint64_t next_number(uint64_t *next)
{
	uint64_t number = *next;

	may_yield();
	*next = number + 1;
	return number;
}
