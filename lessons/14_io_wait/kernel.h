/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n pages fetched from a web server, and a callback for each.  Who fetches does next to nothing:
 * it asks, and waits until the server answers, delay_ms later.
 *
 * The server (lib/http_server.h) is real, and so is the client, libcurl: every request crosses the loopback network.
 * Page k is a row of letters that its number tells, so that every byte can be verified.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "lessons/lib/http_server.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DELAY_MS, PAGE_BYTES };  /* places in task.param */
enum { PATIENCE_MS = 60000 };   /* what a fetch may take beyond the delay: then the server is taken for dead */

/* No two pages below 26 * 97 are alike: they begin with another letter, or have another length. */
enum { LETTERS = 26, LENGTHS = 97, MOST_PAGES = LETTERS * LENGTHS };

/* What a fetch brings. */
struct response {
	uint64_t number;        /* of the page */
	uint32_t status;        /* 200: all is well */
	uint32_t bytes;
	char text[];
};

/* What the callback makes of it: the answer, a struct for each page. */
struct page {
	uint32_t status, bytes;
	uint64_t checksum;
	pid_t handled_by;       /* the process that the callback ran in */
};

static inline size_t response_bytes(const struct task *t)
{
	return (sizeof(struct response) + t->param[PAGE_BYTES] + LENGTHS + 7) & ~(size_t)7;
}

/* The server's side: http_site.write. */
static inline size_t write_page(const void *task, uint64_t number, char *text)
{
	const size_t bytes = ((const struct task *)task)->param[PAGE_BYTES] + number % LENGTHS;

	for (size_t i = 0; i < bytes; i++)
		text[i] = (char)('a' + (number + i) % LETTERS);
	return bytes;
}

/* First of all in start(): the server is a fork of a process that has no thread, no connection and no libcurl yet. */
static inline void web_start(const struct task *t, struct http_server *server)
{
	http_server_start(server, &(struct http_site){ .pages = t->n, .delay_ms = (unsigned)t->param[DELAY_MS],
		.most_bytes = response_bytes(t), .write = write_page, .arg = t });
	if (curl_global_init(CURL_GLOBAL_NOTHING) != CURLE_OK)
		die("libcurl cannot be used");
}

static inline void web_stop(struct http_server *server)
{
	curl_global_cleanup();
	http_server_stop(server);
}

/* One for each worker: a handle keeps its connection open from page to page, and serves one thread at a time. */
struct client {
	CURL *curl;
	uint16_t port;
	size_t room;                    /* for text in a response */
	struct response *response;      /* for those who need no other place */
	struct response *arriving;      /* where the page under way goes */
};

/* libcurl calls it with each piece of the text as it arrives. */
static inline size_t take_text(char *piece, size_t one, size_t bytes, void *client)
{
	const struct client *c = client;

	(void)one;  /* always 1 */
	if (bytes > c->room - c->arriving->bytes)
		return 0;  /* libcurl gives up */
	memcpy(c->arriving->text + c->arriving->bytes, piece, bytes);
	c->arriving->bytes += (uint32_t)bytes;
	return bytes;
}

static inline void client_open(struct client *c, const struct task *t, const struct http_server *server)
{
	*c = (struct client){ .curl = curl_easy_init(), .port = server->port,
		.room = response_bytes(t) - sizeof(struct response), .response = malloc(response_bytes(t)) };
	if (!c->curl || !c->response)
		die("no memory for a client");
	curl_easy_setopt(c->curl, CURLOPT_NOSIGNAL, 1L);  /* no SIGALRM for timeouts: there may be threads */
	curl_easy_setopt(c->curl, CURLOPT_NOPROXY, "*");  /* whatever the environment says: the server is here */
	curl_easy_setopt(c->curl, CURLOPT_TIMEOUT_MS, (long)t->param[DELAY_MS] + PATIENCE_MS);
	curl_easy_setopt(c->curl, CURLOPT_WRITEFUNCTION, take_text);
	curl_easy_setopt(c->curl, CURLOPT_WRITEDATA, c);
}

static inline void client_close(struct client *c)
{
	curl_easy_cleanup(c->curl);
	free(c->response);
}

/* A fetch in two halves, what is to be asked and what has come; in between one waits. */
static inline void prepare_to_ask(struct client *c, uint64_t number, struct response *response)
{
	char url[64];

	*response = (struct response){ .number = number };
	c->arriving = response;
	snprintf(url, sizeof url, "http://127.0.0.1:%u/page/%" PRIu64, c->port, number);
	curl_easy_setopt(c->curl, CURLOPT_URL, url);
}

static inline void take_status(struct client *c, CURLcode error)
{
	long status;

	if (error != CURLE_OK)
		die("page %" PRIu64 " cannot be fetched: %s", c->arriving->number, curl_easy_strerror(error));
	curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
	c->arriving->status = (uint32_t)status;
}

/* Fetches one page: nearly all of this is waiting. */
static inline void fetch(struct client *c, uint64_t number, struct response *response)
{
	prepare_to_ask(c, number, response);
	take_status(c, curl_easy_perform(c->curl));
}

/* The callback: looks at what has come, in whatever process it is called. */
static inline void handle(const struct response *response, struct page *pages)
{
	uint64_t checksum = 0;

	for (uint32_t i = 0; i < response->bytes; i++)
		checksum += (i + 1ull) * (unsigned char)response->text[i];  /* i + 1: the order matters, too */
	pages[response->number] = (struct page){ response->status, response->bytes, checksum, getpid() };
}
