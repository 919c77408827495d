/* SPDX-License-Identifier: MIT */
/* picture.c -- a gnuplot script drawn in memory: two files that have no name but their descriptors'. */
#include "bench/report/picture.h"

#include "bench/report/draw.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEADLINE_MS = 60000 };

/* Without MFD_CLOEXEC: gnuplot opens them by its own /proc/self/fd. */
static int in_memory(const char *name, char *why)
{
	int fd = memfd_create(name, 0);

	if (fd < 0) {
		int error = -errno;
		snprintf(why, SUMMARY_WHY, "no memory for a picture: %s", strerror(-error));
		return error;
	}
	return fd;
}

static int write_script(int fd, const struct picture *p, int target, char *why)
{
	int copy = dup(fd);
	FILE *out = copy < 0 ? NULL : fdopen(copy, "w");

	if (out == NULL) {
		if (copy >= 0)
			close(copy);
		snprintf(why, SUMMARY_WHY, "no memory for a picture: %s", strerror(errno));
		return -ENOMEM;
	}
	bool lost = fprintf(out, "file = '/proc/self/fd/%d'\n%s", target, p->script) < 0;
	if (fclose(out) == 0 && !lost)
		return 0;
	snprintf(why, SUMMARY_WHY, "no memory for a picture");
	return -ENOMEM;
}

static int read_back(int fd, const struct picture *p, char **drawn, size_t *length, char *why)
{
	struct stat status;
	ssize_t got = 0;
	size_t at = 0;

	if (fstat(fd, &status) < 0 || status.st_size == 0) {
		snprintf(why, SUMMARY_WHY, "gnuplot drew nothing for %s", p->name);
		return -EIO;
	}
	*drawn = malloc((size_t)status.st_size + 1);
	if (*drawn == NULL) {
		snprintf(why, SUMMARY_WHY, "no memory for a picture");
		return -ENOMEM;
	}
	while (at < (size_t)status.st_size && (got = pread(fd, *drawn + at, (size_t)status.st_size - at,
			(off_t)at)) > 0)
		at += (size_t)got;
	(*drawn)[at] = '\0';
	*length = at;
	return 0;
}

/* draw.c names the script by its path, which says nothing here. */
static void name_it(const struct picture *p, const char *path, char *why)
{
	char said[DRAW_WHY], *at = strstr(why, path);

	if (at == NULL)
		return;
	snprintf(said, sizeof said, "%s", at + strlen(path));
	snprintf(at, DRAW_WHY - (size_t)(at - why), "%.100s%s", p->name, said);
}

int picture_draw(const struct picture *p, char **drawn, size_t *length, char *why)
{
	char script[16], path[32];
	const char *scripts[] = { script };
	struct draw draw = { .folder = "/proc/self/fd", .script = scripts, .count = 1, .formats = p->formats,
		.deadline_ms = DEADLINE_MS };
	int from = in_memory("script", why), to = from < 0 ? from : in_memory("picture", why);
	int error = to < 0 ? to : write_script(from, p, to, why);

	*drawn = NULL;
	*length = 0;
	if (error == 0) {
		snprintf(script, sizeof script, "%d", from);
		snprintf(path, sizeof path, "%s/%s", draw.folder, script);
		error = draw_run(&draw, why);
		if (error < 0)
			name_it(p, path, why);
	}
	if (error == 0)
		error = read_back(to, p, drawn, length, why);
	if (to >= 0)
		close(to);
	if (from >= 0)
		close(from);
	return error;
}
