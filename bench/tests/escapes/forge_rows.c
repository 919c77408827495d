/* SPDX-License-Identifier: MIT */
/* forge_rows.c -- rung 3, "verified again, outside of the program": writes the rows of a run that never was, and
 * ends.
 */
#include "escape.h"

ESCAPE(forge_all(4711, 1000));
