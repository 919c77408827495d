/* SPDX-License-Identifier: MIT */
/* event_loop.c -- one thread, p requests under way: it waits for all of them in one place, as the server does.
 *
 * So there is one worker, whatever p is; p is how many pages are asked for at a time.  D1's coroutines, gevent and
 * asyncio are this loop with the two halves of a fetch written as if they were one.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static struct http_server server;               /* live from start() to stop() */
static struct client client[MAX_WORKERS];       /* one for each request that is under way */
static CURLM *loop;                             /* libcurl's own: which sockets to wait for, and what for */

static void ask(struct client *c, uint64_t number)
{
	prepare_to_ask(c, number, c->response);
	if (curl_multi_add_handle(loop, c->curl) != CURLM_OK)
		die("event_loop.c: page %" PRIu64 " cannot be asked for", number);
}

/* Whose page has come, or NULL. */
static struct client *next_done(void)
{
	int more;
	const struct CURLMsg *message = curl_multi_info_read(loop, &more);
	struct client *c;

	if (!message)
		return NULL;
	curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &c);
	take_status(c, message->data.result);
	curl_multi_remove_handle(loop, c->curl);
	return c;
}

static void start(const struct task *t)
{
	web_start(t, &server);
	loop = curl_multi_init();
	if (!loop)
		die("event_loop.c: no memory for a loop");
	for (unsigned i = 0; i < t->workers; i++) {
		client_open(&client[i], t, &server);
		curl_easy_setopt(client[i].curl, CURLOPT_PRIVATE, &client[i]);
	}
}

static void solve(const struct task *t, void *answer)
{
	uint64_t asked = 0, done = 0;
	struct client *c;
	int running;

	worker_enter(0);
	for (; asked < t->n && asked < t->workers; asked++)
		ask(&client[asked], asked);
	while (done < t->n) {
		curl_multi_poll(loop, NULL, 0, PATIENCE_MS, NULL);  /* here, and nowhere else, is it that we wait */
		curl_multi_perform(loop, &running);                 /* does what can be done without waiting */
		for (; (c = next_done()); done++) {
			handle(c->response, answer);
			if (asked < t->n)
				ask(c, asked++);
		}
	}
	worker_leave(0);
}

static void stop(const struct task *t)
{
	for (unsigned i = 0; i < t->workers; i++)
		client_close(&client[i]);
	curl_multi_cleanup(loop);
	web_stop(&server);
}

const struct variant variant = {
	.idea = "one thread, many requests: an event loop", .start = start, .solve = solve, .stop = stop,
};
