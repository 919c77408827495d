/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>

/* The memory that the parent holds when it starts its workers: touched, in ordinary small pages, as an interpreter's
 * many small objects are.  (One huge page would spare fork() 511 of 512 entries to copy.) */
static void *prepare(const struct task *t)
{
	const size_t bytes = t->param[RSS_MIB] << 20, page = (size_t)SYS(sysconf(_SC_PAGESIZE));
	char *held = malloc(bytes + page);

	if (!held)
		die("no memory for rss_mib=%" PRIu64 ": choose less", t->param[RSS_MIB]);
	char *first = held + (page - (uintptr_t)held % page) % page;
	if (bytes > 0)
		madvise(first, bytes, MADV_NOHUGEPAGE);  /* may fail: a kernel without huge pages has none to forbid */
	for (size_t i = 0; i < bytes; i += page)
		*(volatile char *)(first + i) = 1;  /* or the kernel would only promise it, and fork() copy a promise */
	return held;
}

/* NULL, or what is wrong with the report of worker k. */
static const char *fault(const struct task *t, uint64_t k, const struct report *r)
{
	const uint64_t *param = t->param, ticks = param[TICKS];
	const bool down = param[FUNCTIONS] == 2 && k % 2 == 1;

	if (r->ended != 1)
		return "it was not joined, or did not come to its end";
	if (r->pid != getpid() && r->parent != getpid())
		return "it has another parent";
	if (r->counter == 0)
		return "its own addition to the counter is lost";
	if (r->ticks != ticks || r->first != (ticks == 0 ? 0 : down ? ticks : 1) ||
		r->last != (ticks == 0 ? 0 : down ? 1 : ticks))
		return "its ticks are not those that it was given";
	return r->product == lcg_leap(k, param[SPIN]) ? NULL : "its computing went wrong";
}

/* Isolation, for every variant: main's counter holds the additions of those who ran in main's process, and no other. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct reports *a = answer;
	uint64_t here = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		const char *words = fault(t, k, &a->report[k]);
		if (words) {
			fprintf(why, "worker %" PRIu64 ": %s", k + 1, words);
			return false;
		}
		here += a->report[k].pid == getpid();
	}
	fprintf(why, "expected a counter of %" PRIu64 ", for as many workers in main's process, found %" PRIu64, here,
		a->counter);
	return a->counter == here;
}

/* The numbers ticked, worker by worker; D2's two processes print them side by side, in any order. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct report *r = ((const struct reports *)answer)->report;

	for (uint64_t k = 0; k < t->n; k++) {
		fprintf(out, "worker %" PRIu64 "%s", k + 1, r[k].ticks > 0 ? ":" : "");
		for (uint64_t j = 0; j < r[k].ticks && j < t->param[TICKS]; j++)
			fprintf(out, " %" PRIu64, r[k].first < r[k].last ? r[k].first + j : r[k].first - j);
		fputc('\n', out);
	}
	fputs("is_alive:", out);
	for (uint64_t k = 0; k < t->n; k++)
		fputs(r[k].ended == 1 ? " False" : " True", out);
	fputc('\n', out);
}

const struct lesson lesson = {
	.title = "Start and join: what a worker costs before it does anything",
	.unit = "worker started and joined",
	.source = "D3: one Thread, one Process; D2: two Processes of ten ticks, a Thread per value, two functions",
	.question = "What does it cost to start a worker and to join it, and whose memory does the worker change?",
	.n = 50, .n_max = 1024,
	.base_ms = 1,  /* a plain call is so much cheaper than what it is compared with */
	.params = {
		{ "rss_mib", "MiB", 0, 0, 1024, .about = "touched memory that the parent holds", .sweep = "0,64,256" },
		{ "spin", "iteration", 15000, 0, 1000000000, .about = "what a worker computes: 15000 take about 20 us",
			.grain = true },
		{ "ticks", "tick", 0, 0, 1000, .about = "times that a worker ticks" },
		{ "tick_us", "us", 0, 0, 1000000, .about = "from one tick to the next" },
		{ "functions", "function", 1, 1, 2, .about = "2: every second worker runs the other one, downwards" },
	},
	.examples = {
		/* ticks of 1 ms; the document's last 1 s */
		{ "D2", 2, 2, { 0, 0, 10, 1000, 1 },
			"worker 1: 1 2 3 4 5 6 7 8 9 10\nworker 2: 1 2 3 4 5 6 7 8 9 10\nis_alive: False False\n" },
		{ "D3", 1, 1, { 0, 0, 0, 0, 1 }, "worker 1\nis_alive: False\n" },
		{ "D2", 5, 5, { 0, 0, 0, 0, 1 },
			"worker 1\nworker 2\nworker 3\nworker 4\nworker 5\nis_alive: False False False False False\n" },
		{ "D2", 2, 2, { 0, 0, 3, 1000, 2 }, "worker 1: 1 2 3\nworker 2: 3 2 1\nis_alive: False False\n" },
	},
	.prepare = prepare,
	.answer_bytes = reports_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork", "spawn", "fork_pool", "openmp" },
	.charts = { "time", "sweep rss_mib", "phases", "timeline", "speedup", "granularity", "spread" },
};
