/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: a site of n pages, of which only the first is known.  What others there are stands in the
 * pages: to fetch one is a task that makes tasks.
 */
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"

#include <stdbool.h>

enum { SEED };  /* places in task.param */
enum { CHAIN = 3, SEE_ALSO = 2, MOST_LINKS = 64 };
enum { LEAST_STEPS = 8000, MORE_STEPS = 16000 };        /* 10 to 30 us for a page */

/* What a page says. */
struct page {
	uint64_t text;
	unsigned links;
	uint64_t link[MOST_LINKS];      /* pages, by number, below n; one may come twice, or be the page itself */
};

/* The answer has one for each page of the site. */
struct visit {
	uint64_t times;         /* fetched: 1, or 0 where no link leads */
	uint64_t text;          /* what it said; 0 where times is */
};

/* A number that looks drawn by lot, for a site and a number. */
static inline uint64_t drawn(uint64_t site, uint64_t k)
{
	uint64_t x = (site + 1) * UINT64_C(0x9E3779B97F4A7C15) + k * UINT64_C(0xBF58476D1CE4E5B9);

	x = (x ^ x >> 30) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

static inline uint64_t chapter_size(const struct task *t)
{
	static const uint64_t sizes[] = { 64, 8, 1 };

	return sizes[t->param[SEED] % 3];
}

/* Where page k leads.  A site has chapters; how large they are depends on the site: 64 pages, 8 or 1.  The first page
 * of a chapter leads to about half of its others, and these to two of the same chapter each: to some, none leads.  And
 * it leads to a chain of slow pages, one after the other, at whose end the next chapter begins.  Returns how many. */
static inline unsigned find_links(const struct task *t, uint64_t k, uint64_t link[MOST_LINKS])
{
	const uint64_t size = chapter_size(t), body = size > CHAIN ? size - CHAIN : 1;
	const uint64_t site = t->param[SEED], place = k % size, begin = k - place;
	unsigned links = 0;

	for (uint64_t j = 1; j < body && place == 0; j++)
		if (begin + j < t->n && drawn(site, begin + j) % 2 == 0)
			link[links++] = begin + j;
	for (uint64_t j = 0; j < SEE_ALSO && 0 < place && place < body; j++) {
		uint64_t other = begin + drawn(site, k * SEE_ALSO + j + t->n) % body;
		if (other < t->n)
			link[links++] = other;
	}
	uint64_t next = place == 0 ? begin + body : k + 1;
	if ((place == 0 || place >= body) && next < t->n)
		link[links++] = next;
	return links;
}

/* How long a page is, in steps of computing its text. */
static inline uint64_t page_steps(const struct task *t, uint64_t k)
{
	return LEAST_STEPS + drawn(t->param[SEED], k) % MORE_STEPS;
}

/* Until a slow page begins to come: a nap. */
void wait_for_page(void);

/* Gets page k, which must be below n.  It takes a while. */
static inline void fetch(const struct task *t, uint64_t k, struct page *page)
{
	may_yield();
	if (k % chapter_size(t) + CHAIN >= chapter_size(t) && chapter_size(t) > 1)
		wait_for_page();
	page->text = lcg_run(k, page_steps(t, k));
	page->links = find_links(t, k, page->link);
	may_yield();
}

/* Page k was fetched.  Its visit is touched by nobody else, if no page is fetched twice: so no lock is needed. */
static inline void record(struct visit visits[], uint64_t k, const struct page *page)
{
	visits[k].times++;
	visits[k].text = page->text;
}

/* Whether page k is seen for the first time; now it is seen.  A look and a note, and between them others may run. */
static inline bool is_new(bool seen[], uint64_t k)
{
	if (seen[k])
		return false;
	may_yield();
	seen[k] = true;
	return true;
}
