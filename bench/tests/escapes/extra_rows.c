/* SPDX-License-Identifier: MIT */
/* extra_rows.c -- rung 3, "it wrote on descriptor 3, which is the harness's": adds a word of its own. */
#include "escape.h"

ESCAPE(dprintf(3, "{\"row\":\"points\",\"points\":100}\n"));
