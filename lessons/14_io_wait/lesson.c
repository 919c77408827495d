/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <sys/resource.h>

enum { LISTED = 5 };  /* the document's pages: more than that are only counted */

/* The numbers of the pages, as fork_pool sends them out.  And room for the descriptors of many clients. */
static void *prepare(const struct task *t)
{
	uint64_t *number = malloc((t->n + 1) * sizeof *number);  /* + 1: malloc(0) may return NULL */
	struct rlimit files;

	if (!number)
		die("no memory for %" PRIu64 " numbers", t->n);
	for (uint64_t k = 0; k < t->n; k++)
		number[k] = k;
	SYS(getrlimit(RLIMIT_NOFILE, &files));
	files.rlim_cur = files.rlim_max;
	SYS(setrlimit(RLIMIT_NOFILE, &files));
	return number;
}

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct page);
}

/* Every 26th place has the same letter.  There are m places i = r, r + 26, r + 2 * 26 ... below `bytes`, and their
 * numbers i + 1 add up to m * (r + 1) + 26 * m * (m - 1) / 2. */
static uint64_t expected_checksum(uint64_t number, uint64_t bytes)
{
	uint64_t checksum = 0;

	for (uint64_t r = 0; r < LETTERS && r < bytes; r++) {
		uint64_t m = (bytes - r + LETTERS - 1) / LETTERS;
		checksum += (m * (r + 1) + LETTERS * (m * (m - 1) / 2)) * ('a' + (number + r) % LETTERS);
	}
	return checksum;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct page *page = answer;

	for (uint64_t k = 0; k < t->n; k++) {
		const uint64_t bytes = t->param[PAGE_BYTES] + k % LENGTHS, checksum = expected_checksum(k, bytes);

		if (page[k].status != 200 || page[k].bytes != bytes || page[k].checksum != checksum) {
			fprintf(why, "page %" PRIu64 ": expected status 200, %" PRIu64 " bytes, checksum %" PRIu64
				", found %" PRIu32 ", %" PRIu32 ", %" PRIu64, k, bytes, checksum, page[k].status,
				page[k].bytes, page[k].checksum);
			return false;
		}
		if (page[k].handled_by != getpid()) {
			fprintf(why, "page %" PRIu64 ": the callback ran in process %d, and not in the parent, %d", k,
				(int)page[k].handled_by, (int)getpid());
			return false;
		}
	}
	return true;
}

/* The document prints numbers of processes, and times.  What is the same every time: which page, and that the number
 * which the callback prints is the parent's. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct page *page = answer;
	uint64_t bytes = 0, in_parent = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		if (t->n <= LISTED)
			fprintf(out, "page %" PRIu64 ": status %" PRIu32 ", %" PRIu32 " bytes\n", k, page[k].status,
				page[k].bytes);
		bytes += page[k].bytes;
		in_parent += page[k].handled_by == getpid();
	}
	fprintf(out, "%" PRIu64 " pages, %" PRIu64 " bytes, %" PRIu64 " callbacks in the parent\n", t->n, bytes,
		in_parent);
}

/* Whoever fetches: the number goes out, the page comes home. */
static uint64_t crossed_bytes(const struct task *t)
{
	uint64_t bytes = 0;

	for (uint64_t k = 0; k < t->n; k++)
		bytes += sizeof k + t->param[PAGE_BYTES] + k % LENGTHS;
	return bytes;
}

const struct lesson lesson = {
	.title = "Waiting for pages: many requests under way at once",
	.unit = "page",
	.source = "D4: five pages by apply, one after the other, and by apply_async, at once; D1: a pool of 50",
	.question = "Why do more workers than cores help, when all they do is wait?",
	.n = 100, .n_max = MOST_PAGES,
	.base_ms = 150,  /* pages enough for many more workers than cores */
	.waits = true,
	.params = {
		{ "delay_ms", "ms", 1, 0, 60000, "from a request to its answer: what there is to wait for" },
		{ "page_bytes", "byte", 1000, 0, 1 << 16, "length of page 0; page k has k % 97 bytes more" },
	},
	.examples = {  /* 3 ms a page; the document's pages took about 300 ms each */
		{ "D4", 5, 5, { 3, 1000 }, "page 0: status 200, 1000 bytes\npage 1: status 200, 1001 bytes\n"
			"page 2: status 200, 1002 bytes\npage 3: status 200, 1003 bytes\n"
			"page 4: status 200, 1004 bytes\n5 pages, 5010 bytes, 5 callbacks in the parent\n" },
		{ "D1", 100, 50, { 3, 1000 }, "100 pages, 104659 bytes, 100 callbacks in the parent\n" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork_pool", "openmp", "event_loop" },
	.charts = { "speedup", "time", "efficiency", "timeline", "phases", "serial_share", "spread" },
};
