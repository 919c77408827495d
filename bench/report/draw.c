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

/* Reads what there is: the first SAID bytes are kept, the rest is read all the same, or gnuplot would wait for ever.
 * Not without limit, or a program that never stops talking would never meet its deadline. */
static void listen(int words, char *said, size_t *length)
{
	char rest[4096];
	ssize_t got;

	for (int i = 0; i < 16 && (got = read(words, rest, sizeof rest)) > 0; i++) {
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
	int process = (int)syscall(SYS_pidfd_open, pid, 0), error = process < 0 ? -errno : 0;
	size_t length = 0;

	fcntl(words, F_SETFL, O_NONBLOCK);
	said[0] = '\0';
	struct pollfd fds[] = { { process, POLLIN, 0 }, { words, POLLIN, 0 } };
	while (error == 0 && fds[0].revents == 0) {
		uint64_t now = clock_ns();
		if (now >= end)
			error = -ETIMEDOUT;
		else if (poll(fds, 2, (int)((end - now) / 1000000u) + 1) > 0)
			listen(words, said, &length);
		if (fds[1].revents & POLLHUP)
			fds[1].fd = -1; /* it closed its stderr and lives on: poll() would not wait any more */
	}
	if (error < 0)
		kill(pid, SIGKILL);
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
		snprintf(why, DRAW_WHY, "gnuplot cannot be started in %.300s: is it a folder that you may enter?",
			folder);
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
	else if ((error = wait_until(pid, words[0], deadline_ms, said, &status)) == 0)
		error = judge(folder, script, status, said, why);
	else if (error != -ETIMEDOUT)
		snprintf(why, DRAW_WHY, "gnuplot cannot be waited for: %s", strerror(-error));
	else
		snprintf(why, DRAW_WHY, "gnuplot did not finish %.200s/%.100s within %d s, and was stopped", folder,
			script, deadline_ms / 1000);
	close(words[0]);
	return error;
}
