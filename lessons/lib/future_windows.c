/* SPDX-License-Identifier: MIT */
/* future_windows.c -- an empty file in memory, without a name, mapped far past its end: see fork_pool.c.
 *
 * Where the file grows, its memory stands in the window of every process: nobody needs to map anything again.
 */
#include "lessons/lib/future_windows.h"

#include "bench/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* As wide as the memory of this machine, or as so many windows can be. */
static size_t widest(unsigned count)
{
	size_t page = (size_t)SYS(sysconf(_SC_PAGESIZE)), bytes = (size_t)SYS(sysconf(_SC_PHYS_PAGES)) * page;
	size_t all = (size_t)4 << 40;
	struct rlimit limit;

	SYS(getrlimit(RLIMIT_AS, &limit));
	if (limit.rlim_cur / 4 < all)
		all = limit.rlim_cur / 4;
	if (all / count < bytes)
		bytes = all / count;
	return bytes - bytes % page;
}

int windows_open(struct windows *windows, unsigned count)
{
	*windows = (struct windows){ .file = -1, .memory = MAP_FAILED, .count = count, .window_bytes = widest(count),
		.memory_bytes = calloc(count, sizeof *windows->memory_bytes),
		.free = calloc(count, sizeof *windows->free) };
	if (!windows->memory_bytes || !windows->free || windows->window_bytes == 0)
		return -ENOMEM;
	windows->file = memfd_create("futures", MFD_CLOEXEC);
	if (windows->file < 0)
		return -errno;
	windows->memory = mmap(NULL, count * windows->window_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, windows->file,
		0);
	if (windows->memory == MAP_FAILED)
		return -errno;
	for (unsigned i = count; i > 0; i--)
		windows_give_back(windows, (int)i - 1);
	return 0;
}

void windows_close(struct windows *windows)
{
	if (windows->memory != MAP_FAILED)
		munmap(windows->memory, windows->count * windows->window_bytes);
	if (windows->file >= 0)
		close(windows->file);
}

void windows_free(struct windows *windows)
{
	free(windows->memory_bytes);
	free(windows->free);
}

int windows_take(struct windows *windows, size_t bytes)
{
	int window, error;

	if (bytes > windows->window_bytes)
		return -ENOMEM;
	if (windows->frees == 0)
		return NO_WINDOW;
	window = windows->free[windows->frees - 1];
	if (bytes > windows->memory_bytes[window]) {
		do  /* not ftruncate(): that would promise memory, and break the promise with SIGBUS */
			error = posix_fallocate(windows->file, (off_t)((size_t)window * windows->window_bytes),
				(off_t)bytes);
		while (error == EINTR);
		if (error)
			return -ENOMEM;
		windows->memory_bytes[window] = bytes;
	}
	windows->frees--;
	return window;
}

void windows_give_back(struct windows *windows, int window)
{
	windows->free[windows->frees++] = window;
}
