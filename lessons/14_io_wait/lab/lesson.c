/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

static void *prepare(const struct task *t)
{
	struct web *web = calloc(1, sizeof *web + t->n * sizeof web->log[0]);

	if (!web)
		die("no memory for a log of %" PRIu64 " pages", t->n);
	return web;
}

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct page);
}

/* Letter c stands at all places i with (k + i) % 26 == c: arithmetic, where the kernel walks the text. */
static struct page expected(const struct task *t, uint64_t k)
{
	struct page page = { .status = 200, .bytes = (uint32_t)(t->param[PAGE_BYTES] + k % LENGTHS) };

	if (failures(t, k) == NEVER)
		return (struct page){ .status = 503 };
	for (uint64_t r = 0; r < LETTERS && r < page.bytes; r++) {
		uint64_t m = (page.bytes - r + LETTERS - 1) / LETTERS;
		page.checksum += (m * (r + 1) + LETTERS * (m * (m - 1) / 2)) * ('a' + (k + r) % LETTERS);
	}
	return page;
}

/* False where an answer of another program is looked at (--check): then nobody was asked, and the pages must do. */
static bool has_log(const struct task *t)
{
	return web_of(t)->server.port != 0;
}

static bool is_right(const struct task *t, uint64_t k, const struct page *found, FILE *why)
{
	const struct log *log = &web_of(t)->log[k];
	const struct page right = expected(t, k);
	const uint32_t asked = atomic_load(&log->asked), needed = failures(t, k) + 1;
	const bool logged = has_log(t);

	if (found->status == 503 && found->bytes == 0 && found->checksum == 0 && (asked > 0 || !logged)) {
		if (atomic_load(&log->late) || !logged)
			return true;
		fprintf(why, "page %" PRIu64 " was given up after %" PRIu32 " request%s: expected that it is asked for "
			"again, until %" PRIu64 " ms are over", k, asked, asked > 1 ? "s" : "", t->param[PATIENCE_MS]);
	} else if (found->status != right.status || found->bytes != right.bytes || found->checksum != right.checksum) {
		fprintf(why, "page %" PRIu64 ": expected status %" PRIu32 ", %" PRIu32 " bytes, checksum %" PRIu64
			", found %" PRIu32 ", %" PRIu32 ", %" PRIu64, k, right.status, right.bytes, right.checksum,
			found->status, found->bytes, found->checksum);
	} else if (logged && asked != needed) {
		fprintf(why, "page %" PRIu64 " was asked for %" PRIu32 " times: expected %" PRIu32 ", "
			"for then it had come", k, asked, needed);
	} else {
		return true;
	}
	return false;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	struct web *web = web_of(t);
	const unsigned most = atomic_load(&web->most_under_way);
	bool right = most <= t->param[AT_ONCE];

	if (!right)
		fprintf(why, "%u requests were under way at once: expected at most %" PRIu64, most, t->param[AT_ONCE]);
	for (uint64_t k = 0; k < t->n && right; k++)
		right = is_right(t, k, (const struct page *)answer + k, why);
	memset(web->log, 0, t->n * sizeof web->log[0]);  /* for the next solve() */
	atomic_store(&web->most_under_way, 0);
	atomic_store(&web->under_way, 0);
	return right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct page *page = answer;
	uint64_t came = 0, bytes = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		came += page[k].status == 200;
		bytes += page[k].bytes;
	}
	fprintf(out, "%" PRIu64 " of %" PRIu64 " pages came, %" PRIu64 " bytes\n", came, t->n, bytes);
}

const struct lesson lesson = {
	.title = "Lab: downloads",
	.unit = "page",
	.source = "the lab of lesson 14",
	.n = 24, .n_max = 4096,
	.waits = true,
	.params = {
		{ "seed", "", 1, 0, 1000000, "draws which pages fail, and how often" },
		{ "at_once", "request", 4, 1, 1024, "so many may be under way at the same time" },
		{ "delay_ms", "ms", 1, 0, 1000, "from a request to its answer" },
		{ "patience_ms", "ms", 12, 0, 60000, "how long a page that fails is asked for again" },
		{ "page_bytes", "byte", 1000, 0, 4096, "length of page 0; page k has k % 97 bytes more" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
