/* SPDX-License-Identifier: MIT */
/* turn.c -- together or alone, by two locked files.  See turn.h. */
#include "bench/grade/turn.h"

#include "bench/base/clock.h"
#include "bench/grade/lab.h"
#include "bench/run/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const double patience_s = 15 * 60, look_again_s = 0.02;

static int open_file(const char *build, const char *name, char *why)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof path, "%s/grade/%s", build, name);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd >= 0)
		return fd;
	int error = -errno;
	lab_why(why, "%s cannot be opened: %s", path, strerror(errno));
	return error;
}

int turn_open(struct turn *t, const char *build, char *why)
{
	*t = (struct turn){ .gate = open_file(build, "gate", why), .room = -1 };
	if (t->gate >= 0)
		t->room = open_file(build, "room", why);
	return t->gate < 0 ? t->gate : t->room < 0 ? t->room : 0;
}

/* Not by a flock() that sleeps: the user's signals come while spawn_wait() waits, and only then. */
static int lock(int fd, int kind, char *why)
{
	const uint64_t deadline_ns = clock_ns() + (uint64_t)(patience_s * 1e9);

	while (flock(fd, kind | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK) {
			int error = -errno;
			lab_why(why, "the graders' turns cannot be locked: %s", strerror(errno));
			return error;
		}
		if (clock_ns() > deadline_ns) {
			lab_why(why, "another grader has been at work for 15 minutes: end it, and try again");
			return -ETIME;
		}
		if (spawn_wait(NULL, 0, look_again_s) == -EINTR)
			return -EINTR;
	}
	return 0;
}

int turn_take(struct turn *t, enum turn_kind kind, char *why)
{
	if (t->held == kind)
		return 0;
	flock(t->room, LOCK_UN);
	t->held = TURN_NONE;
	int error = lock(t->gate, LOCK_EX, why);
	if (error == 0)
		error = lock(t->room, kind == TURN_ALONE ? LOCK_EX : LOCK_SH, why);
	flock(t->gate, LOCK_UN);
	if (error == 0)
		t->held = kind;
	return error;
}

void turn_close(struct turn *t)
{
	if (t->gate >= 0)
		close(t->gate);
	if (t->room >= 0)
		close(t->room);
	*t = (struct turn){ .gate = -1, .room = -1 };
}
