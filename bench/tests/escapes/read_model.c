/* SPDX-License-Identifier: MIT */
/* read_model.c -- rung 3, "kept in": reads the model answer. */
#include "escape.h"

ESCAPE(must_not_open("@SOURCE@/lessons/02_sum_of_powers/lab/solution.c", O_RDONLY));
