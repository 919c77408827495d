/* SPDX-License-Identifier: MIT */
/* spawn.h -- run one program in a fresh process, with a deadline, and leave nothing of it behind.
 *
 * The program becomes the leader of a process group of its own, standard input is /dev/null, and what it writes on
 * descriptors 1, 2 and 3 is collected.  When it ends, or at the deadline, or when the user interrupts, its whole group
 * and every descendant that slipped out of it are killed and reaped.  At the deadline the hang doctor looks first.  If
 * this process is killed, the program gets SIGTERM.
 */
#ifndef BENCH_RUN_SPAWN_H
#define BENCH_RUN_SPAWN_H

#include "bench/hang/hang.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SPAWN_STREAMS = 3 };

struct spawn {
	char *const *argv;      /* argv[0] is a path, or a name to look for in PATH */
	char *const *env;       /* NULL: as ours */
	double deadline_s;
};

struct spawned {
	int status;                     /* as waitpid() gives it */
	bool hung;                      /* the deadline came first */
	int verdict;                    /* when hung: an enum hang, or why nobody could look (< 0) */
	char why[HANG_TEXT];            /* when hung: what it waited for, as hang_diagnose() says it, or "" */
	unsigned survivors;             /* processes that outlived it, or that it did not wait for */
	char *text[SPAWN_STREAMS];      /* what it wrote on descriptor 1, 2, 3; ends in '\0', never NULL */
	bool cut[SPAWN_STREAMS];        /* there was more than we keep */
	uint64_t start_ns, wall_ns;
};

/* Once, before anything else: become the reaper of orphans, and take SIGINT and SIGTERM while waiting only. */
int spawn_init(void);

/* 0, or -errno: -ENOENT and the like when it cannot be started, -EINTR when the user interrupted (spawn_signal() tells
 * how). spawned_free() is right in every case. */
int spawn_run(const struct spawn *, struct spawned *);
void spawned_free(struct spawned *);

int spawn_signal(void);         /* SIGINT or SIGTERM when one came, else 0 */

/* poll(), during which the user may interrupt: how many are ready, 0 after timeout_s, -EINTR, or -errno. */
struct pollfd;
int spawn_wait(struct pollfd *, unsigned count, double timeout_s);

#endif
