/* SPDX-License-Identifier: MIT */
/* check.c -- a failed call ends the process, and says where.  dprintf, not stdio: it holds no lock across fork(). */
#include "bench/check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

_Noreturn static void fail(int error, const char *call, const char *file, int line)
{
	dprintf(STDERR_FILENO, "%s:%d: %s: %s\n", file, line, call, strerror(error));
	_exit(1);
}

void check_zero(int error, const char *call, const char *file, int line)
{
	if (error != 0)
		fail(error, call, file, line);
}

long check_sys(long result, const char *call, const char *file, int line)
{
	if (result == -1)
		fail(errno, call, file, line);
	return result;
}

_Noreturn static void leave(int code, const char *format, va_list args)
{
	vdprintf(STDERR_FILENO, format, args);
	dprintf(STDERR_FILENO, "\n");
	_exit(code);
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	leave(1, format, args);
}

void skip(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	leave(EXIT_SKIPPED, format, args);
}
