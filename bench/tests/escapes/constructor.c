/* SPDX-License-Identifier: MIT */
/* constructor.c -- rung 3, "verified again, outside of the program": the same before main() begins. */
#include "escape.h"

__attribute__((constructor)) static void before_main(void)
{
	if (asked("--workers", 0))
		forge_all(4711, 1000);
}

ESCAPE((void)0);
