/* SPDX-License-Identifier: MIT */
/* early_end.c -- rung 3, "it wrote on descriptor 3, which is the harness's": says that all is done before it
 * begins.
 */
#include "escape.h"

ESCAPE(dprintf(3, "{\"row\":\"end\",\"leaked\":null}\n"));
