/* SPDX-License-Identifier: MIT */
/* attempt.h -- one run of an answer's program under chosen conditions, and what came of it. */
#ifndef BENCH_GRADE_ATTEMPT_H
#define BENCH_GRADE_ATTEMPT_H

#include "bench/grade/lab.h"

#include <hwloc.h>
#include <jansson.h>

enum attempt_where {
	WHERE_ANY,              /* the operating system decides */
	WHERE_ONE_CORE,         /* the whole program on one PU */
	WHERE_SHUFFLED,         /* each worker on a PU drawn by `random` */
	WHERE_APART             /* each worker on a core of its own: as a measurement does */
};

/* What to run.  Zero is a good default for all but program, folder, n and workers. */
struct order {
	const char *program;            /* path */
	const char *shown;              /* the path that a student is told; NULL: the same */
	const char *folder;             /* where it runs */
	uint64_t n;
	unsigned workers, runs;         /* solves after the first */
	enum attempt_where where;
	uint64_t yield;                 /* seed of the injected yields; 0: none */
	uint64_t random;                /* for WHERE_SHUFFLED, and for the values that the settings vary */
	bool vary;
	bool trusted;                   /* it is serial or the model: its answers need no second look */
	bool leaks;                     /* the address sanitizer looks for memory that was never freed */
	double deadline_s;
};

enum attempt_outcome {
	ATTEMPT_OK,
	ATTEMPT_WRONG,          /* the answer is not what the lesson's verify() expects; reason */
	ATTEMPT_DIED,           /* by a signal, an exit code, or without a report; reason */
	ATTEMPT_HUNG,           /* still there at the deadline; reason, with the hang doctor's diagnosis */
	ATTEMPT_REPORTED,       /* a sanitizer spoke: said */
	ATTEMPT_SKIPPED         /* this machine cannot: reason */
};

struct attempt {
	enum attempt_outcome outcome;
	char reason[1200];
	bool at_work;           /* of one that hung: nobody is stuck for sure; perhaps the machine is busy */
	bool endless;           /* of one that hung: it computes, or polls: nobody is stuck */
	char *left;             /* what the trial says it left behind; malloc'd, or NULL */
	char *said;             /* all that it wrote on stderr; malloc'd */
	pid_t pid;              /* of the trial, as its rows tell; 0: they do not */
	json_t *lanes;          /* of the last run: an array of { pid, tid, enter_ns, leave_ns, cpu_ns }; or NULL */
	double cold_s;          /* the first solve, without start() and stop(); NAN without */
	double warm_s;          /* median of the solves after the first; NAN without */
	double busiest_s;       /* CPU time of the worker that computed most, likewise */
	double cpu_s;           /* CPU time of all workers, likewise */
	double told_s, outside_s;       /* what its rows say that all its solves took; what the whole process took */
	char command[1024];     /* the words that would run it again, by hand */
};

/* Where attempts are made: what does not change from one to the next. */
struct stage {
	const struct lab *lab;
	hwloc_topology_t topology;
	char topology_xml[PATH_MAX];    /* the same in a file, for the trials */
	char **env;                     /* ours, without what steers OpenMP, the sanitizers or the yields */
	char serial[PATH_MAX];          /* verifies answers from outside; "": not needed, or not possible */
	char *archer;                   /* OMP_TOOL_LIBRARIES=..., or NULL: no Archer here */
	unsigned cores;
};

int stage_open(struct stage *, const struct lab *, const char *folder, char *why);
void stage_close(struct stage *);

/* 0 whatever the outcome; -EINTR when the user interrupted, or -errno and a sentence in `why` (LAB_WHY).  Free it in
 * every case. */
int attempt_make(const struct stage *, const struct order *, struct attempt *, char *why);
void attempt_free(struct attempt *);

#endif
