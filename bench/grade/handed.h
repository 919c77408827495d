/* SPDX-License-Identifier: MIT */
/* handed.h -- answers that a program which is not trusted handed over, for one that is to verify.
 *
 * An answer's program contains what verifies it, in the same memory as what a student wrote: that may not be believed.
 * So with --sandbox a trial writes the bytes of each answer, too, and the lab's own serial program, which no student's
 * line is in, looks at them (--check).
 */
#ifndef BENCH_GRADE_HANDED_H
#define BENCH_GRADE_HANDED_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

struct handed { FILE *out; char *text; size_t bytes; };

/* Adds one answer, as hexadecimal digits; false when they are none. */
bool handed_add(struct handed *, const char *digits);

/* Puts them into a file below `folder`, its path in `path`; 0 or -errno.  handed_free() is right in every case, and
 * removes the file when given its path. */
int handed_write(struct handed *, const char *folder, char path[PATH_MAX]);
void handed_free(struct handed *, const char *path);

#endif
