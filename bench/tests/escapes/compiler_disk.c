/* SPDX-License-Identifier: MIT */
/* compiler_disk.c -- rung 1, "size": an object of a terabyte. */
#include "escape.h"

__attribute__((used)) static char much[1ul << 40] = { 1 };

ESCAPE(much[t->n] = 1);
