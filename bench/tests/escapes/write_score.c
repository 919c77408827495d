/* SPDX-License-Identifier: MIT */
/* write_score.c -- rung 3, "kept in": writes the result itself. */
#include "escape.h"

ESCAPE(must_not_open("@DIR@/score.json", O_WRONLY | O_CREAT));
