/* SPDX-License-Identifier: MIT */
/* exit_early.c -- rung 3, "it ended without a report on its answer": ends at once, with code 0. */
#include "escape.h"

ESCAPE(raw(SYS_exit_group, 0, 0, 0));
