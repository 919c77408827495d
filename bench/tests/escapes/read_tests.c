/* SPDX-License-Identifier: MIT */
/* read_tests.c -- rung 3, "kept in": reads a known-wrong answer, and how it is caught. */
#include "escape.h"

ESCAPE(must_not_open("@SOURCE@/lessons/02_sum_of_powers/lab/wrong_border.c", O_RDONLY));
