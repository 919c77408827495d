/* SPDX-License-Identifier: MIT */
/* read_other.c -- rung 3, "kept in": reads somebody else's submission. */
#include "escape.h"

ESCAPE(must_not_open("@DIR@/other/mine.c", O_RDONLY));
