/* SPDX-License-Identifier: MIT */
/* compiler_memory.c -- rung 1, "it took more than 2048 MiB of memory": the compiler is to read what has no end. */
#include "/dev/zero"
