/* SPDX-License-Identifier: MIT */
/* check.h -- every call that can fail is wrapped in one of two words.
 *
 *   OK(call)   for calls that return 0 or an error number (pthread_*)
 *   SYS(call)  for calls that return -1 and set errno      (fork, pipe, read); gives back what the call returned
 *
 * On failure both name the call, the file and the line on stderr and end the process with _exit(1), which is right in
 * a thread, a child or main alike.  Unlike assert() they are never compiled out.  They are for lessons and for the
 * trial, whose processes are disposable; the conductor returns -errno instead.
 */
#ifndef BENCH_CHECK_H
#define BENCH_CHECK_H

#define OK(call)  check_zero((call), #call, __FILE__, __LINE__)
#define SYS(call) check_sys((call), #call, __FILE__, __LINE__)

void check_zero(int error, const char *call, const char *file, int line);
long check_sys(long result, const char *call, const char *file, int line);

/* Prints one formatted line on stderr, then _exit(1). */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same with exit code EXIT_SKIPPED, for what this machine cannot do at all: neither right nor wrong, and said
 * so. */
enum { EXIT_SKIPPED = 77 };
_Noreturn void skip(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
