/* SPDX-License-Identifier: MIT */
/* class.h -- a folder with a folder per student, graded into one table. */
#ifndef BENCH_COMMAND_CLASS_H
#define BENCH_COMMAND_CLASS_H

#include "bench/grade/lab.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct class {
	const struct lab *lab;                  /* opened */
	const struct lab_places *places;
	const char *folder;
	const char *output;                     /* NULL: rows go to standard output, and nothing is kept */
	uint64_t seed;                          /* the same for all that are graded now */
	unsigned jobs;                          /* graders at once */
};

/* Exit code: 0 when every student has a row, 1 when there was an error or somebody could not be graded. */
int class_grade(const struct class *);

/* ---- the graders: class_crew.c ---- */

enum { CREW_MOST = 64 };

/* What a grader tells: where it is; and, at its end, how it went. */
struct told { unsigned rung; int error; double points; char why[LAB_WHY]; };

/* Grades a student, in a process of its own: rows to the file, and what is worth telling to *told.  0, or -errno and a
 * sentence in told->why. */
typedef int crew_work(void *arg, unsigned student, FILE *rows, struct told *told);

struct grader {
	pid_t pid;                              /* 0: free */
	int pidfd, rows;
	unsigned student;
	struct told *told;
};

struct crew { struct grader grader[CREW_MOST]; struct told *told; unsigned size, busy; };

/* Nobody in it yet; crew_close() is right in every case.  0 or -errno. */
int crew_open(struct crew *, unsigned size);

/* Needs a free place: busy < size.  0 or -errno. */
int crew_start(struct crew *, unsigned student, crew_work *, void *arg);

/* Waits for one to end: 1, and what it leaves (rows are malloc'd); 0 after timeout_s; -EINTR when the user interrupted;
 * or -errno. */
int crew_wait(struct crew *, double timeout_s, unsigned *student, struct told *, char **rows);

/* Ends those that are still at work, as Ctrl-C does. */
void crew_close(struct crew *);

/* ---- the table: class_table.c ---- */

struct student {
	char *name;
	char *id;               /* of what was handed in, and of what it is graded by: see class.c */
	char *rows;             /* a line for each mechanism; NULL: none yet */
	bool done;              /* rows are of this id */
	bool gone;              /* it has rows in the table, and no folder */
};

struct table { struct student *student; unsigned count; };

/* Adds a student without rows; the name is copied.  0 or -ENOMEM. */
int table_add(struct table *, const char *name);

/* Takes over the rows of a table that an earlier run left at `path`: those of a student of the same name, and done if
 * the id is the same; further students are added as gone.  No file is no error.  0, or -errno and a sentence. */
int table_take(struct table *, const char *path, const char *lab, char *why);

/* The whole file or none of it: beside, and renamed.  0, or -errno and a sentence. */
int table_save(const struct table *, const char *path, char *why);

/* Closes what open_memstream() gave (NULL: it gave nothing) and frees the text, which becomes the file at `path`, as
 * export_save() makes it.  0, or -errno and a sentence. */
int output_save(FILE *, char **text, const size_t *length, const char *path, char *why);

void table_header(FILE *);
void table_free(struct table *);

#endif
