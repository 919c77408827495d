/* SPDX-License-Identifier: MIT */
/* command.h -- what `manyhands WORD` does: a file per word.  Each returns the exit code. */
#ifndef BENCH_COMMAND_COMMAND_H
#define BENCH_COMMAND_COMMAND_H

#include <stddef.h>

enum exit_code { EXIT_OK, EXIT_ERROR, EXIT_WRONG, EXIT_IMPRECISE, EXIT_REFUSED, EXIT_REGRESSION };

/* Where this build keeps its parts. */
struct places {
	char programs[4096];    /* folder of the lessons' programs */
	char capacity[4096];    /* folder that holds the program folder `capacity` */
	char scripts[4096];     /* gnuplot files */
	char source[4096];      /* what was built: bench/, lessons/ and the Makefile */
	char build[4096];       /* where it was built to */
};

struct command {
	const char *name, *about;
	int (*run)(const struct places *, int argc, char **argv);  /* argv[0] is "manyhands NAME" */
};

int command_list(const struct places *, int argc, char **argv);
int command_show(const struct places *, int argc, char **argv);
int command_topo(const struct places *, int argc, char **argv);
int command_doctor(const struct places *, int argc, char **argv);
int command_run(const struct places *, int argc, char **argv);
int command_grade(const struct places *, int argc, char **argv);
int command_selftest(const struct places *, int argc, char **argv);
int command_report(const struct places *, int argc, char **argv);
int command_compare(const struct places *, int argc, char **argv);
int command_export(const struct places *, int argc, char **argv);

/* "manyhands: " and one sentence on stderr; returns `code`. */
int command_fail(enum exit_code code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* 128 + the signal that interrupted, after a word on stderr. */
int command_interrupted(void);

#endif
