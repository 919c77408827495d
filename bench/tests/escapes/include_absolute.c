/* SPDX-License-Identifier: MIT */
/* include_absolute.c -- rung 1, "No such file": the same by its whole path. */
#include "@SOURCE@/lessons/02_sum_of_powers/lab/solution.c"
