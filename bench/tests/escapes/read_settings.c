/* SPDX-License-Identifier: MIT */
/* read_settings.c -- rung 3, "kept in": reads the lab's settings: sizes, deadlines, thresholds. */
#include "escape.h"

ESCAPE(must_not_open("@SOURCE@/lessons/02_sum_of_powers/lab/primes.conf", O_RDONLY));
