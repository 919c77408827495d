/* SPDX-License-Identifier: MIT */
/* export_file.c -- a file that is there whole, or as it was. */
#include "bench/report/export.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_all(int fd, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, text, length);
		if (written < 0 && errno != EINTR)
			return -errno;
		if (written > 0) {
			text += written;
			length -= (size_t)written;
		}
	}
	return 0;
}

/* The file behind a link, or `path` itself where there is none yet.  What is no file cannot be replaced: a rename would
 * put one in the place of /dev/null. */
static int find_target(const char *path, char *target)
{
	struct stat status;

	if (stat(path, &status) == 0) {
		if (S_ISDIR(status.st_mode))
			return -EISDIR;
		if (!S_ISREG(status.st_mode))
			return -EINVAL;
		return realpath(path, target) ? 0 : -errno;
	}
	if (errno != ENOENT || lstat(path, &status) == 0)
		return -errno;          /* a link to nothing, too */
	return snprintf(target, PATH_MAX, "%s", path) < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static int replace(const char *path, const char *text, size_t length)
{
	char target[PATH_MAX], draft[PATH_MAX + 32];
	int error = find_target(path, target);

	if (error < 0)
		return error;
	snprintf(draft, sizeof draft, "%s.%ld.draft", target, (long)getpid());
	int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	error = write_all(fd, text, length);
	if (error == 0 && fsync(fd) < 0)
		error = -errno;
	if (close(fd) < 0 && error == 0)
		error = -errno;
	if (error == 0 && rename(draft, target) < 0)
		error = -errno;
	if (error < 0)
		unlink(draft);
	return error;
}

int export_save(const char *path, const char *text, size_t length, char *why)
{
	int error = replace(path, text, length);

	if (error == -EINVAL)
		snprintf(why, SUMMARY_WHY, "%.300s is no plain file, which could be replaced: leave -o out, and "
			"standard output goes where you like", path);
	else if (error < 0)
		snprintf(why, SUMMARY_WHY, "cannot write %.300s: %s; make room or get write permission, "
			"or name another file", path, strerror(-error));
	return error;
}
