/* SPDX-License-Identifier: MIT */
/* future_windows.h -- private to futures of processes: room for what is long, at the same address in all processes.
 *
 * A window has address space for whatever may come, and memory for the longest that came so far, which it keeps.
 */
#ifndef LIB_FUTURE_WINDOWS_H
#define LIB_FUTURE_WINDOWS_H

#include <stddef.h>

enum { NO_WINDOW = -1 };

struct windows {
	int file;                       /* -1: none */
	char *memory;                   /* `count` windows, one after the other */
	size_t window_bytes;            /* address space of each */
	size_t *memory_bytes;           /* memory behind each, from its beginning */
	unsigned count, frees;
	int *free;                      /* free[0..frees): those that nobody uses */
};

/* Before the processes are made.  0 or -errno; in either case windows_close(), and when nobody will give one back any
 * more, windows_free(). */
int windows_open(struct windows *, unsigned count);
void windows_close(struct windows *);
void windows_free(struct windows *);

/* The window that is used from now on; NO_WINDOW: all are used; -ENOMEM: there is not so much memory. */
int windows_take(struct windows *, size_t bytes);
void windows_give_back(struct windows *, int window);

static inline char *windows_at(const struct windows *windows, int window)
{
	return windows->memory + (size_t)window * windows->window_bytes;
}

#endif
