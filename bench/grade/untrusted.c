/* SPDX-License-Identifier: MIT */
/* untrusted.c -- start what a student wrote.  See untrusted.h. */
#include "bench/grade/untrusted.h"

#include "bench/grade/sandbox.h"

#include <errno.h>
#include <stdint.h>

int untrusted_run(const struct untrusted *what, struct spawned *out)
{
	char *argv[UNTRUSTED_WORDS + 4];
	unsigned count = 0;

	if (sandbox_is_open())
		return sandbox_run(what, out);
	argv[count++] = (char *)(uintptr_t)"env";
	argv[count++] = (char *)(uintptr_t)"-C";
	argv[count++] = (char *)(uintptr_t)what->folder;
	for (unsigned i = 0; what->argv[i]; i++) {
		if (i == UNTRUSTED_WORDS)
			return *out = (struct spawned){ 0 }, -E2BIG;
		argv[count++] = what->argv[i];
	}
	argv[count] = NULL;
	return spawn_run(&(struct spawn){ .argv = argv, .env = what->env, .deadline_s = what->deadline_s }, out);
}
