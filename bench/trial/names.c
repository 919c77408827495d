/* SPDX-License-Identifier: MIT */
/* names.c -- note the names of shared memory and semaphores as they are made.  See names.h. */
#include "bench/trial/names.h"

#include "bench/check.h"

#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_NAMES = 64, NAME_BYTES = 272 };

/* Shared with every child, and global because shm_open() has no room for a pointer to it.  NULL: nobody watches. */
static struct names {
	_Atomic unsigned count;
	char path[MOST_NAMES][NAME_BYTES];
} *names;

int __real_shm_open(const char *name, int flags, mode_t mode);
int __wrap_shm_open(const char *name, int flags, mode_t mode);
sem_t *__real_sem_open(const char *name, int flags, ...);
sem_t *__wrap_sem_open(const char *name, int flags, ...);

void names_watch(void)
{
	if (names)
		return;
	names = mmap(NULL, sizeof *names, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (names == MAP_FAILED)
		die("no memory for %d names", MOST_NAMES);
}

/* Where the file system shows it: "/counter" as /dev/shm/counter, a semaphore as /dev/shm/sem.counter. */
static void note(const char *prefix, const char *name)
{
	char path[NAME_BYTES];

	snprintf(path, sizeof path, "/dev/shm/%s%s", prefix, name[0] == '/' ? name + 1 : name);
	if (!names || access(path, F_OK) == 0)
		return;  /* it exists: we only open it */
	unsigned place = atomic_fetch_add(&names->count, 1);
	if (place < MOST_NAMES)
		snprintf(names->path[place], NAME_BYTES, "%s", path);
}

int __wrap_shm_open(const char *name, int flags, mode_t mode)
{
	if (flags & O_CREAT)
		note("", name);
	return __real_shm_open(name, flags, mode);
}

sem_t *__wrap_sem_open(const char *name, int flags, ...)
{
	va_list args;

	if (!(flags & O_CREAT))
		return __real_sem_open(name, flags);
	va_start(args, flags);
	mode_t mode = va_arg(args, mode_t);
	unsigned value = va_arg(args, unsigned);
	va_end(args);
	note("sem.", name);
	return __real_sem_open(name, flags, mode, value);
}

unsigned names_left(const char **one)
{
	unsigned left = 0, count = names ? atomic_load(&names->count) : 0;

	for (unsigned i = 0; i < count && i < MOST_NAMES; i++)
		if (access(names->path[i], F_OK) == 0 && left++ == 0)
			*one = names->path[i];
	return left;
}
