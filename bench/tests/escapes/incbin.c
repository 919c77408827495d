/* SPDX-License-Identifier: MIT */
/* incbin.c -- rung 1, "file not found": the assembler is to bring a file in. */
#include "escape.h"

__asm__(".data\n.incbin \"@SOURCE@/lessons/02_sum_of_powers/lab/solution.c\"\n.text");

ESCAPE((void)0);
