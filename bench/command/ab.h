/* SPDX-License-Identifier: MIT */
/* ab.h -- two builds of the suite measured in one run, turn by turn: what differs then is the builds, not the hour. */
#ifndef BENCH_COMMAND_AB_H
#define BENCH_COMMAND_AB_H

#include "bench/command/asked.h"

/* Measures what is asked with the programs of build[0] and of build[1] (folders that `make B=...` made), into the new
 * folders a and b below asked->settings.folder (NULL: below results/<date>-ab).  Returns an exit code; folder[] holds
 * their names then, the caller's to free, or NULL where no whole block was measured. */
int ab_measure(const char *const build[2], struct asked *asked, char **argv, char *folder[2]);

#endif
