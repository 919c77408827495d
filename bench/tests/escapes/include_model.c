/* SPDX-License-Identifier: MIT */
/* include_model.c -- rung 1, "solution.c: No such file": is the model answer. */
#include "solution.c"
