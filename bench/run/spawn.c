/* SPDX-License-Identifier: MIT */
/* spawn.c -- run one program in a fresh process, with a deadline, and leave nothing of it behind.  See spawn.h. */
#include "bench/run/spawn.h"

#include "bench/base/clock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEEP_BYTES = 64 << 20 };  /* of each stream; the rest is read and forgotten */

/* Global because a signal handler has nothing else. */
static volatile sig_atomic_t caught;
static sigset_t while_waiting;

static void catch(int signal_number)
{
	caught = signal_number;
}

int spawn_signal(void)
{
	return caught;
}

/* SIGINT and SIGTERM stay blocked except inside ppoll(): so none is lost between a check and a wait. */
int spawn_init(void)
{
	struct sigaction action = { .sa_handler = catch };
	sigset_t blocked;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		return -errno;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, &while_waiting);
	sigdelset(&while_waiting, SIGINT);
	sigdelset(&while_waiting, SIGTERM);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);  /* a full quota is an error of write(), not a death */
	return 0;
}

struct stream { int fd; size_t bytes, room; char *text; bool cut; };

/* Moves what is there now; false at end of file. */
static bool stream_read(struct stream *s)
{
	char chunk[65536];
	ssize_t got = read(s->fd, chunk, sizeof chunk);

	if (got <= 0)
		return got < 0 && (errno == EAGAIN || errno == EINTR);
	size_t keep = (size_t)got;
	if (s->bytes + keep > KEEP_BYTES) {
		s->cut = true;
		keep = KEEP_BYTES - s->bytes;
	}
	if (s->bytes + keep + 1 > s->room) {
		size_t room = 2 * (s->bytes + keep + 1);
		char *text = realloc(s->text, room);
		if (!text) {
			s->cut = true;
			return true;
		}
		s->text = text;
		s->room = room;
	}
	memcpy(s->text + s->bytes, chunk, keep);
	s->bytes += keep;
	s->text[s->bytes] = '\0';
	return true;
}

/* In the child: from here to exec only async-signal-safe calls.  An exec that fails tells why through `failed`. */
_Noreturn static void become(const struct spawn *what, const int write_end[SPAWN_STREAMS], int failed, pid_t parent)
{
	int null = open("/dev/null", O_RDWR);

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);  /* the parent died before the line above */
	sigprocmask(SIG_SETMASK, &while_waiting, NULL);
	for (int s = SIGINT; s <= SIGXFSZ; s++)
		if (s == SIGINT || s == SIGTERM || s == SIGPIPE || s == SIGXFSZ)
			signal(s, SIG_DFL);
	dup2(null, 0);
	for (int i = 0; i < SPAWN_STREAMS; i++)
		dup2(write_end[i], i + 1);
	close_range(SPAWN_STREAMS + 1, ~0u, CLOSE_RANGE_CLOEXEC);  /* whatever our own parent left open */
	execvpe(what->argv[0], what->argv, what->env ? what->env : environ);
	int error = errno;
	if (write(failed, &error, sizeof error) < 0)
		_exit(126);
	_exit(127);
}

/* A pipe whose ends are above 9, so that dup2() to 0..3 in the child meets none of them. */
static int high_pipe(int end[2])
{
	int low[2];

	if (pipe2(low, O_CLOEXEC) < 0)
		return -errno;
	for (int i = 0; i < 2; i++) {
		end[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 10);
		close(low[i]);
	}
	return end[0] < 0 || end[1] < 0 ? -EMFILE : 0;
}

/* Starts it: *pid, and the read ends of its streams.  0 or -errno, also when exec fails. */
static int start(const struct spawn *what, struct stream stream[SPAWN_STREAMS], pid_t *pid)
{
	int ends[SPAWN_STREAMS + 1][2], write_end[SPAWN_STREAMS], error = 0;
	const pid_t parent = getpid();

	for (int i = 0; i <= SPAWN_STREAMS; i++)
		if ((error = high_pipe(ends[i])) < 0) {
			while (i-- > 0)
				close(ends[i][0]), close(ends[i][1]);
			return error;
		}
	for (int i = 0; i < SPAWN_STREAMS; i++) {
		stream[i].fd = ends[i][0];
		write_end[i] = ends[i][1];
		fcntl(stream[i].fd, F_SETFL, O_NONBLOCK);
	}
	*pid = fork();
	if (*pid == 0)
		become(what, write_end, ends[SPAWN_STREAMS][1], parent);
	error = *pid < 0 ? -errno : 0;
	for (int i = 0; i <= SPAWN_STREAMS; i++)
		close(ends[i][1]);
	int exec_error;
	if (error == 0 && read(ends[SPAWN_STREAMS][0], &exec_error, sizeof exec_error) == sizeof exec_error) {
		waitpid(*pid, NULL, 0);
		error = -exec_error;
	}
	close(ends[SPAWN_STREAMS][0]);
	return error;
}

int spawn_wait(struct pollfd *fds, unsigned count, double timeout_s)
{
	const struct timespec timeout = { (time_t)timeout_s, (long)((timeout_s - (double)(time_t)timeout_s) * 1e9) };
	int ready = caught ? 0 : ppoll(fds, count, &timeout, &while_waiting);

	return caught ? -EINTR : ready < 0 && errno == EINTR ? 0 : ready < 0 ? -errno : ready;
}

/* Collects what it writes until it ends.  0, -ETIME at the deadline, -EINTR at a signal. */
static int follow(int pidfd, struct stream stream[SPAWN_STREAMS], uint64_t deadline_ns)
{
	for (;;) {
		struct pollfd fds[SPAWN_STREAMS + 1] = { { .fd = pidfd, .events = POLLIN } };
		for (int i = 0; i < SPAWN_STREAMS; i++)
			fds[i + 1] = (struct pollfd){ .fd = stream[i].fd, .events = POLLIN };
		uint64_t now_ns = clock_ns(), left_ns = deadline_ns > now_ns ? deadline_ns - now_ns : 0;
		int ready = spawn_wait(fds, SPAWN_STREAMS + 1, (double)left_ns * 1e-9);

		if (ready < 0)
			return ready;
		for (int i = 0; i < SPAWN_STREAMS && ready > 0; i++)
			if (fds[i + 1].revents && !stream_read(&stream[i])) {
				close(stream[i].fd);
				stream[i].fd = -1;
			}
		if (ready > 0 && fds[0].revents)
			return 0;
		if (clock_ns() >= deadline_ns)  /* one that never stops talking is always ready */
			return -ETIME;
	}
}

/* Our children, found in /proc because those that slipped out of the group have no other name. */
static void kill_children(void)
{
	DIR *proc = opendir("/proc");
	char path[300], line[512];

	if (!proc)
		return;
	for (struct dirent *entry; (entry = readdir(proc));) {
		int pid = atoi(entry->d_name), parent = 0;
		snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
		FILE *stat = pid > 0 ? fopen(path, "re") : NULL;
		if (!stat)
			continue;
		const char *after = fgets(line, sizeof line, stat) ? strrchr(line, ')') : NULL;  /* past the name */
		if (after && sscanf(after, ") %*c %d", &parent) == 1 && parent == getpid())
			kill(pid, SIGKILL);
		fclose(stat);
	}
	closedir(proc);
}

/* Kills and reaps all that is left of the group and all orphans that came to us; returns how many there were. */
static unsigned sweep(pid_t group)
{
	const uint64_t deadline_ns = clock_ns() + 5000000000u;
	unsigned reaped = 0;
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0 && clock_ns() < deadline_ns) {
		if (pid > 0) {
			reaped++;
			continue;
		}
		kill(-group, SIGKILL);
		kill_children();
		usleep(200);
	}
	return reaped;
}

/* LLVM's OpenMP registers itself in a file, which it removes at its exit; one that was killed does not. */
static void remove_registration(pid_t pid)
{
	char path[80];

	snprintf(path, sizeof path, "/dev/shm/__KMP_REGISTERED_LIB_%d_%d", (int)pid, (int)getuid());
	unlink(path);
}

static void finish(struct spawned *out, struct stream stream[SPAWN_STREAMS])
{
	for (int i = 0; i < SPAWN_STREAMS; i++) {
		out->text[i] = stream[i].text ? stream[i].text : calloc(1, 1);
		out->cut[i] = stream[i].cut;
		if (stream[i].fd >= 0)
			close(stream[i].fd);
	}
}

int spawn_run(const struct spawn *what, struct spawned *out)
{
	struct stream stream[SPAWN_STREAMS] = { { .fd = -1 }, { .fd = -1 }, { .fd = -1 } };
	pid_t pid;

	*out = (struct spawned){ .start_ns = clock_ns() };
	int error = start(what, stream, &pid);
	if (error < 0) {
		finish(out, stream);
		return error;
	}
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	error = pidfd < 0 ? -errno : follow(pidfd, stream, out->start_ns + (uint64_t)(what->deadline_s * 1e9));
	out->wall_ns = clock_ns() - out->start_ns;
	if (error == -ETIME && (out->verdict = hang_diagnose(pid, out->why, sizeof out->why)) < 0)
		out->why[0] = '\0';
	if (error < 0)
		kill(-pid, SIGKILL);
	waitpid(pid, &out->status, 0);
	unsigned others = sweep(pid);
	remove_registration(pid);
	for (int i = 0; i < SPAWN_STREAMS; i++)
		for (size_t before = 1; error == 0 && stream[i].fd >= 0 && before;) {  /* what was still in the pipe */
			before = stream[i].bytes;
			before = stream_read(&stream[i]) && stream[i].bytes > before;
		}
	if (error == 0)
		out->survivors = others;  /* after a kill, what it leaves is our doing */
	out->hung = error == -ETIME;
	finish(out, stream);
	if (pidfd >= 0)
		close(pidfd);
	return error == -ETIME ? 0 : error;
}

void spawned_free(struct spawned *s)
{
	for (int i = 0; i < SPAWN_STREAMS; i++) {
		free(s->text[i]);
		s->text[i] = NULL;
	}
}
