/* SPDX-License-Identifier: MIT */
/* escape.h -- what hostile answers to the lab `primes` share. sandbox.bats puts it into each file in place of its
 * #include, and a folder of the test for @DIR@, the source for @SOURCE@.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A system call that no symbol shows. */
static inline long raw(long number, long a, long b, long c)
{
#if defined __x86_64__
	long result;
	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return result;
#elif defined __aarch64__
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
	return x0;
#else
	(void)number, (void)a, (void)b, (void)c;
	return -ENOSYS;
#endif
}

static inline long raw_fork(void)
{
#ifdef SYS_fork
	return raw(SYS_fork, 0, 0, 0);
#else
	return raw(SYS_clone, SIGCHLD, 0, 0);
#endif
}

/* What a test looks for: the attempt was made, and failed. */
static inline void kept_in(const char *what)
{
	die("kept in: %s: %s", what, strerror(errno));
}

static inline void must_not_open(const char *path, int flags)
{
	int fd = open(path, flags, 0666);

	if (fd < 0)
		kept_in(path);
	if (flags & O_CREAT && write(fd, "escaped\n", 8) < 0)
		kept_in(path);
	close(fd);
}

struct rightly { unsigned worker, workers; uint64_t n, count; };

static inline void *work_rightly(void *arg)
{
	struct rightly *r = arg;
	uint64_t count = 0;

	worker_enter(r->worker);
	for (uint64_t k = 0; k < r->n; k++)
		if (k / 16 % r->workers == r->worker)
			count += is_prime(k);
	r->count = count;
	worker_leave(r->worker);
	return NULL;
}

/* So that an escape that succeeds would earn all points of the rungs up to `fast`. */
static inline void solve_rightly(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct rightly part[MAX_WORKERS];
	uint64_t count = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		part[i] = (struct rightly){ i, t->workers, t->n, 0 };
		OK(pthread_create(&thread[i], NULL, work_rightly, &part[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
		count += part[i].count;
	}
	*(uint64_t *)answer = count;
}

#define ESCAPE(attempt) \
	static void solve(const struct task *t, void *answer) \
	{ \
		attempt; \
		solve_rightly(t, answer); \
	} \
	const struct variant variant = { .idea = "escape", .solve = solve }

/* The number behind a word of our own command line. */
static inline unsigned long asked(const char *option, unsigned long otherwise)
{
	static char words[4096];
	int fd = open("/proc/self/cmdline", O_RDONLY);
	ssize_t length = fd < 0 ? 0 : read(fd, words, sizeof words - 2);

	close(fd);
	for (ssize_t i = 0; i < length; i += (ssize_t)strlen(words + i) + 1)
		if (strcmp(words + i, option) == 0)
			return strtoul(words + i + strlen(option) + 1, NULL, 10);
	return otherwise;
}

static inline void forge_run(const char *regime, unsigned long run, unsigned long wall_ns)
{
	const unsigned long workers = asked("--workers", 1);

	dprintf(3, "{\"row\":\"run\",\"regime\":\"%s\",\"run\":%lu,\"is_warmup\":false,\"pid\":2,"
		"\"wall_ns\":%lu,\"lanes\":[", regime, run, wall_ns);
	for (unsigned long i = 0; i < workers; i++)
		dprintf(3, "%s{\"pid\":2,\"tid\":%lu,\"enter_ns\":1,\"leave_ns\":2,\"cpu_ns\":1000}",
			i ? "," : "", i + 3);
	dprintf(3, "],\"outcome\":\"ok\",\"reason\":null}\n");
}

static inline void forge_answer(unsigned long run, uint64_t answer)
{
	dprintf(3, "{\"row\":\"answer\",\"run\":%lu,\"bytes\":\"", run);
	for (unsigned i = 0; i < sizeof answer; i++)
		dprintf(3, "%02x", ((const unsigned char *)&answer)[i]);
	dprintf(3, "\"}\n");
}

/* All that a harness would have written of this run, and the end, before it can say a word itself. */
static inline void forge_all(uint64_t answer, unsigned long wall_ns)
{
	const unsigned long runs = asked("--runs", 0);

	for (unsigned long i = 0; i <= runs; i++)
		forge_answer(i, answer);
	for (unsigned long i = 1; i <= runs; i++)
		forge_run("warm", i, wall_ns);
	forge_run("cold", 0, wall_ns);
	dprintf(3, "{\"row\":\"end\",\"leaked\":null}\n");
	raw(SYS_exit_group, 0, 0, 0);
}
