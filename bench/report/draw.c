/* SPDX-License-Identifier: MIT */
/* draw.c -- gnuplot as a subprocess, a few of them at once. */
#include "bench/report/draw.h"

#include "bench/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_NO_GNUPLOT = 127, EXIT_NO_FOLDER = 126, SAID = 400, AT_ONCE = 8 };

struct drawing {                /* one gnuplot at work; its script is NULL when there is none */
	const char *script;
	pid_t pid;
	int process, words;             /* a pidfd; the pipe from its standard error */
	uint64_t end_ns;
	size_t length;
	char said[SAID + 1];
};

/* In the child: only calls that are safe after fork(), then exec. */
static _Noreturn void become_gnuplot(const char *folder, char *const *argv, int words)
{
	int nothing = open("/dev/null", O_RDWR);
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);       /* nobody else would end one that hangs */
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
static void listen_to(struct drawing *d)
{
	char rest[4096];
	ssize_t got;

	for (int i = 0; d->words >= 0 && i < 16 && (got = read(d->words, rest, sizeof rest)) > 0; i++) {
		size_t keep = (size_t)got < SAID - d->length ? (size_t)got : SAID - d->length;
		memcpy(d->said + d->length, rest, keep);
		d->length += keep;
	}
	d->said[d->length] = '\0';
}

static void close_words(struct drawing *d)
{
	if (d->words >= 0)
		close(d->words);
	d->words = -1;
}

static int begin(struct drawing *d, const struct draw *draw, const char *script, char *why)
{
	char formats[80];
	/* -d: no ~/.gnuplot */
	char *argv[] = { "gnuplot", "-d", (char *)(uintptr_t)script, NULL, NULL, NULL };
	int words[2], error = 0;

	snprintf(formats, sizeof formats, "formats = '%.40s'", draw->formats ? draw->formats : "");
	if (draw->formats != NULL) {
		argv[2] = "-e";
		argv[3] = formats;
		argv[4] = (char *)(uintptr_t)script;
	}
	if (pipe2(words, O_CLOEXEC) < 0) {
		error = -errno;
		snprintf(why, DRAW_WHY, "no pipe to gnuplot: %s", strerror(-error));
		return error;
	}
	pid_t pid = fork();
	if (pid == 0)
		become_gnuplot(draw->folder, argv, words[1]);
	int process = pid < 0 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
	if (process < 0) {
		error = -errno;
		snprintf(why, DRAW_WHY, "gnuplot cannot be started, or not be waited for: %s", strerror(-error));
	}
	close(words[1]);        /* or the pipe has no end when gnuplot has gone */
	if (process < 0) {
		close(words[0]);
		if (pid > 0 && kill(pid, SIGKILL) == 0)
			waitpid(pid, NULL, 0);
		return error;
	}
	fcntl(words[0], F_SETFL, O_NONBLOCK);
	*d = (struct drawing){ .script = script, .pid = pid, .process = process, .words = words[0],
		.end_ns = clock_ns() + (uint64_t)draw->deadline_ms * 1000000u };
	return 0;
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

static int judge(const struct draw *draw, struct drawing *d, int status, char *why)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	/* a loader that fails says so */
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_GNUPLOT && !*d->said) {
		snprintf(why, DRAW_WHY, "gnuplot is not installed");
		return -ENOENT;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_FOLDER) {
		snprintf(why, DRAW_WHY, "gnuplot cannot be started in %.300s: is it a folder that you may enter?",
			draw->folder);
		return -EIO;
	}
	on_one_line(d->said);
	snprintf(why, DRAW_WHY, "gnuplot could not draw %.200s/%.100s: %.250s", draw->folder, d->script,
		*d->said ? d->said : WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "it does not say why");
	return -EIO;
}

/* It has ended (error 0), or must now (-ETIMEDOUT). */
static int end(const struct draw *draw, struct drawing *d, int error, char *why)
{
	int status = 0;

	if (error < 0)
		kill(d->pid, SIGKILL);
	while (waitpid(d->pid, &status, 0) < 0 && errno == EINTR)
		;
	listen_to(d);
	if (error == 0)
		error = judge(draw, d, status, why);
	else
		snprintf(why, DRAW_WHY, "gnuplot did not finish %.200s/%.100s within %d s, and was stopped",
			draw->folder, d->script, draw->deadline_ms / 1000);
	close(d->process);
	close_words(d);
	d->script = NULL;
	return error;
}

/* Until one of them has ended, has said something, or has no more time.  ended[i]: that one has. */
static void wait_for_any(struct drawing *drawing, unsigned at_once, bool *ended)
{
	struct pollfd fds[2 * AT_ONCE];
	uint64_t now = clock_ns(), left_ns = UINT64_MAX;

	for (unsigned i = 0; i < at_once; i++) {
		const struct drawing *d = &drawing[i];
		bool busy = d->script != NULL;
		uint64_t left = !busy ? UINT64_MAX : d->end_ns > now ? d->end_ns - now : 0;
		fds[2 * i] = (struct pollfd){ busy ? d->process : -1, POLLIN, 0 };
		fds[2 * i + 1] = (struct pollfd){ busy ? d->words : -1, POLLIN, 0 };
		left_ns = left < left_ns ? left : left_ns;
	}
	poll(fds, 2 * at_once, (int)((left_ns + 999999u) / 1000000u));
	for (unsigned i = 0; i < at_once; i++) {
		ended[i] = fds[2 * i].revents != 0;
		if (fds[2 * i + 1].revents & POLLIN)
			listen_to(&drawing[i]);
		else if (fds[2 * i + 1].revents)        /* it closed its stderr and lives on */
			close_words(&drawing[i]);
	}
}

static unsigned allowed_at_once(void)
{
	cpu_set_t set;
	int pus = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

	return pus < 1 ? 1 : pus < AT_ONCE ? (unsigned)pus : AT_ONCE;
}

/* The first failure is the one that is told. */
static void keep_first(int error, const char *said, int *first, char *why)
{
	if (error == 0 || *first < 0)
		return;
	*first = error;
	snprintf(why, DRAW_WHY, "%s", said);
}

int draw_run(const struct draw *draw, char *why)
{
	struct drawing drawing[AT_ONCE] = { 0 };
	const unsigned at_once = allowed_at_once();
	unsigned next = 0, busy = 0;
	bool ended[AT_ONCE], missing = false;
	char said[DRAW_WHY];
	int first = 0, error;

	while ((next < draw->count && !missing) || busy > 0) {
		for (unsigned i = 0; i < at_once && next < draw->count && !missing; i++) {
			if (drawing[i].script != NULL)
				continue;
			keep_first(error = begin(&drawing[i], draw, draw->script[next++], said), said, &first, why);
			busy += error == 0;
		}
		if (busy == 0)
			continue;
		wait_for_any(drawing, at_once, ended);
		for (unsigned i = 0; i < at_once; i++) {
			bool late = drawing[i].script && !ended[i] && drawing[i].end_ns <= clock_ns();
			if (drawing[i].script == NULL || (!ended[i] && !late))
				continue;
			keep_first(error = end(draw, &drawing[i], late ? -ETIMEDOUT : 0, said), said, &first, why);
			missing = missing || error == -ENOENT;
			busy--;
		}
	}
	return first;
}
