/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n calls of one expensive function, through a cache on disk (lib/memo.h).
 *
 * calls_per_key neighbours among the calls have the same argument, and worker i makes calls i, i + p, i + 2p ...: so p
 * workers ask for one key at nearly the same time, and one of them has to compute it.  hit_percent of the keys are in
 * the cache before the clock starts.  The others must be new to every solve(): their function has a new name each time,
 * as if its source had changed; the old results are there, and do not count any more.
 */
#include "bench/check.h"
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/memo.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { CALLS_PER_KEY, HIT_PERCENT, SPIN };  /* places in task.param */

/* Park and Miller's generator: each step multiplies by the one and leaves the remainder of the other, a prime. */
enum { MULTIPLIER = 48271, PRIME = 2147483647 };

enum { ROOM_BYTES = 1 << 30 };  /* every solve() leaves its entries in the folder until stop() */

struct argument { uint64_t x, steps; };

/* What a call gave: the answer, a struct for each call. */
struct result { uint64_t value, outcome; };

/* The expensive function: pure, and there is no way round its steps but mathematics. */
static inline void slow(const void *argument, void *value)
{
	const struct argument *a = argument;
	uint64_t v = a->x;

	for (uint64_t i = 0; i < a->steps; i++) {
		v = v * MULTIPLIER % PRIME;
		KEEP(v);  /* one step after the other */
	}
	*(uint64_t *)value = v;
}

static inline uint64_t count_keys(const struct task *t)
{
	return t->n / t->param[CALLS_PER_KEY] + (t->n % t->param[CALLS_PER_KEY] > 0);
}

/* Spreads the hits evenly over the keys: of the first k there are k * hit_percent / 100. */
static inline bool is_kept(const struct task *t, uint64_t key)
{
	const uint64_t percent = t->param[HIT_PERCENT];
	return (key + 1) * percent / 100 > key * percent / 100;
}

struct cache {
	char path[PATH_MAX];
	struct memo memo;
	uint64_t solves;        /* begun so far */
};

/* One call; `solve` is the number of the solve() that it belongs to, 0 before the first. */
static inline struct result ask(const struct task *t, const struct cache *cache, uint64_t solve, uint64_t key)
{
	const struct argument argument = { key + 1, t->param[SPIN] };
	struct result r;
	char name[32];

	snprintf(name, sizeof name, "slow, version %" PRIu64, is_kept(t, key) ? 0 : solve);
	r.outcome = memo_call(&cache->memo, name, slow, &argument, sizeof argument, &r.value, sizeof r.value);
	return r;
}

/* Worker `first` of `workers`: its calls, as a hand of cards is dealt. */
static inline void ask_all(const struct task *t, const struct cache *cache, unsigned first, unsigned workers,
	struct result *results)
{
	for (uint64_t k = first; k < t->n; k += workers)
		results[k] = ask(t, cache, cache->solves, k / t->param[CALLS_PER_KEY]);
}

/* In memory, where there is room, so that a disk's moods are not measured; TMPDIR says otherwise. */
static inline const char *cache_base(void)
{
	const char *base = getenv("TMPDIR");
	struct statvfs memory;

	if (base)
		return base;
	if (access("/dev/shm", W_OK) < 0 || statvfs("/dev/shm", &memory) < 0)
		return "/tmp";
	return memory.f_bavail * memory.f_frsize > ROOM_BYTES ? "/dev/shm" : "/tmp";
}

/* A private folder, with the results that are to be there. */
static inline void cache_make(const struct task *t, struct cache *cache)
{
	const char *base = cache_base();

	cache->solves = 0;
	if (snprintf(cache->path, sizeof cache->path, "%s/manyhands-memo.XXXXXX", base) >= PATH_MAX ||
		!mkdtemp(cache->path))
		die("no folder for the cache in %s: set TMPDIR to one that can be written to", base);
	cache->memo = memo_open(cache->path);
	for (uint64_t key = 0; key < count_keys(t); key++)
		if (is_kept(t, key))
			ask(t, cache, 0, key);
}

static inline void cache_remove(struct cache *cache)
{
	DIR *folder = opendir(cache->path);

	if (!folder)
		die("the folder of the cache, %s, is gone", cache->path);
	for (struct dirent *file; (file = readdir(folder));)
		if (file->d_name[0] != '.')
			SYS(unlinkat(dirfd(folder), file->d_name, 0));
	SYS(closedir(folder));
	SYS(rmdir(cache->path));
	memo_close(&cache->memo);
}
