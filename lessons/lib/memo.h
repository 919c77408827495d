/* SPDX-License-Identifier: MIT */
/* memo.h -- results kept in a folder: a pure function is computed once for the same arguments, whoever asks, whenever.
 *
 *   struct memo memo = memo_open("/tmp/cache");
 *   enum memo_outcome how = memo_call(&memo, "square", square, &x, sizeof x, &y, sizeof y);
 *   memo_close(&memo);
 *
 * As joblib.Memory in Python.  Any number of threads and processes may use one folder at the same time, each with a
 * struct of its own or a shared one.  What holds, whatever ends whichever of them at whatever moment:
 *
 *   whole       an entry that is read was written whole: it is published by rename(), and ends with its checksum
 *   once        of those who ask for the same key at once, one computes, the others wait and read.  If that one dies,
 *               another takes its place; if it is alive but has not published memo.patience_ms later, the others stop
 *               waiting and compute for themselves.
 *   repaired    an entry that is damaged, cut off or another key's is computed anew and replaced
 *   harmless    a folder that is full, unreadable or gone costs time, never a result
 *
 * Not promised: that an entry survives a power failure (there is no fsync(): the checksum will tell); that the folder
 * stays small (nothing is ever dropped); anything about a machine that shares it over a network.  A process that forks
 * while a thread of it computes makes the others wait for the child, too.
 */
#ifndef LIB_MEMO_H
#define LIB_MEMO_H

#include <stddef.h>

enum memo_outcome {
	MEMO_READ,              /* the value was there */
	MEMO_COMPUTED,          /* it was not; now it is */
	MEMO_REPLACED,          /* it was, but damaged; now it is whole */
	MEMO_NOT_KEPT,          /* computed, and not stored: errno says why; 0: another was waited for in vain */
};

/* Pure: the same value for the same arguments, and no other effect; or a cache is the wrong thing. */
typedef void memo_function(const void *arguments, void *value);

struct memo {
	int folder;             /* -1: it could not be opened, and nothing will be kept */
	int patience_ms;        /* how long to wait for another who computes the same; -1: as long as that one lives */
};

/* Opens a folder that is there.  patience_ms is 60000. */
struct memo memo_open(const char *path);
void memo_close(struct memo *);

/* *value = compute(arguments), or what that was when it was last computed.  `name` stands for the function: change it
 * when you change what the function does.  Arguments are compared byte by byte: leave no padding undefined. */
enum memo_outcome memo_call(const struct memo *, const char *name, memo_function *compute, const void *arguments,
	size_t argument_bytes, void *value, size_t value_bytes);

/* The file of a key: 16 hexadecimal digits.  Beside it stand <file>.claim, for those who wait, and, while one writes or
 * after it was killed doing so, <file>.new. */
enum { MEMO_FILE_BYTES = 17 };
void memo_file(const char *name, const void *arguments, size_t argument_bytes, char file[MEMO_FILE_BYTES]);

#endif
