/* SPDX-License-Identifier: MIT */
/* draw.c -- gnuplot as a subprocess. */
#include "bench/report/draw.h"

#include "bench/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_NO_GNUPLOT = 127, EXIT_NO_FOLDER = 126, SAID = 400 };

/* In the child: only calls that are safe after fork(), then exec. */
static _Noreturn void become_gnuplot(const char *folder, const char *script, int words)
{
	char *const argv[] = { "gnuplot", "-d" /* no ~/.gnuplot */, (char *)script, NULL };
	int nothing = open("/dev/null", O_RDWR);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);  /* what the conductor blocks, gnuplot must not inherit */
	if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0
		|| dup2(words, STDERR_FILENO) < 0 || chdir(folder) < 0)
		_exit(EXIT_NO_FOLDER);
	execvp(argv[0], argv);
	_exit(EXIT_NO_GNUPLOT);
}

/* Reads what there is: the first SAID bytes are kept, the rest is read all the same, or gnuplot would wait for ever. */
static void listen(int words, char *said, size_t *length)
{
	char rest[4096];
	ssize_t got;

	while ((got = read(words, rest, sizeof rest)) > 0) {
		size_t keep = (size_t)got < SAID - *length ? (size_t)got : SAID - *length;
		memcpy(said + *length, rest, keep);
		*length += keep;
	}
	said[*length] = '\0';
}

/* Until the process has ended, or the deadline: then it is killed. */
static int wait_until(pid_t pid, int words, int deadline_ms, char *said, int *status)
{
	const uint64_t end = clock_ns() + (uint64_t)deadline_ms * 1000000u;
	int process = (int)syscall(SYS_pidfd_open, pid, 0), error = 0;
	size_t length = 0;

	fcntl(words, F_SETFL, O_NONBLOCK);
	said[0] = '\0';
	for (;;) {
		struct pollfd fds[] = { { process, POLLIN, 0 }, { words, POLLIN, 0 } };
		uint64_t now = clock_ns();
		int left = now < end ? (int)((end - now) / 1000000u) + 1 : 0;
		int ready = process < 0 ? -1 : poll(fds, 2, left);
		if (ready < 0 && errno == EINTR && process >= 0)
			continue;
		if (ready <= 0) {
			error = ready < 0 ? -errno : -ETIMEDOUT;
			kill(pid, SIGKILL);
			break;
		}
		listen(words, said, &length);
		if (fds[0].revents != 0)
			break;
		if (fds[1].revents & POLLHUP)   /* it closed its stderr and lives on: do not spin on that */
			poll(fds, 1, left);
	}
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
	listen(words, said, &length);
	if (process >= 0)
		close(process);
	return error;
}

/* gnuplot's complaint on one line: newlines, carets and blanks made one blank. */
static void on_one_line(char *said)
{
	char *to = said;

	for (const char *from = said; *from; from++) {
		if (strchr(" \t\r\n^", *from) == NULL)
			*to++ = *from;
		else if (to > said && to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
}

static int judge(const char *folder, const char *script, int status, char *said, char *why)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_GNUPLOT && !*said) {  /* a loader that fails says so */
		snprintf(why, DRAW_WHY, "gnuplot is not installed");
		return -ENOENT;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_FOLDER) {
		snprintf(why, DRAW_WHY, "gnuplot cannot be started in %.300s: is it a folder that you may enter?", folder);
		return -EIO;
	}
	on_one_line(said);
	snprintf(why, DRAW_WHY, "gnuplot could not draw %.200s/%.100s: %.250s", folder, script,
		*said ? said : WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "it does not say why");
	return -EIO;
}

int draw_run(const char *folder, const char *script, int deadline_ms, char *why)
{
	char said[SAID + 1];
	int words[2], status = 0;

	if (pipe2(words, O_CLOEXEC) < 0) {
		int error = -errno;
		snprintf(why, DRAW_WHY, "no pipe to gnuplot: %s", strerror(-error));
		return error;
	}
	pid_t pid = fork();
	if (pid == 0)
		become_gnuplot(folder, script, words[1]);
	int error = pid < 0 ? -errno : 0;
	close(words[1]);        /* or the pipe has no end when gnuplot has gone */
	if (pid < 0)
		snprintf(why, DRAW_WHY, "gnuplot cannot be started: %s", strerror(-error));
	else if ((error = wait_until(pid, words[0], deadline_ms, said, &status)) < 0)
		snprintf(why, DRAW_WHY, "gnuplot did not finish %.200s/%.100s within %d s, and was stopped", folder, script,
			deadline_ms / 1000);
	else
		error = judge(folder, script, status, said, why);
	close(words[0]);
	return error;
}
