/* SPDX-License-Identifier: MIT */
/* asked.h -- what to measure, as `run` and `compare --ab` are asked for it. */
#ifndef BENCH_COMMAND_ASKED_H
#define BENCH_COMMAND_ASKED_H

#include "bench/command/command.h"
#include "bench/run/plan.h"

#include <argp.h>

struct asked {
	struct settings settings;
	const char *resume;     /* the folder of a run to go on with, or NULL */
	bool others;            /* an option was given that a resumed run may not change */
};

/* Parses into a struct asked; texts point into argv. */
extern const struct argp asked_argp;

struct settings asked_default(const struct places *);
void asked_finish(struct asked *);      /* after parsing: the budget that goes with the mode, if none was given */

#endif
