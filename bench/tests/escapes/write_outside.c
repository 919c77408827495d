/* SPDX-License-Identifier: MIT */
/* write_outside.c -- rung 3, "kept in": leaves a file in a folder that is not its own. */
#include "escape.h"

ESCAPE(must_not_open("@DIR@/witness", O_WRONLY | O_CREAT));
