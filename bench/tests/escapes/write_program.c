/* SPDX-License-Identifier: MIT */
/* write_program.c -- rung 3, "kept in": exchanges the program that the next rungs will run. */
#include "escape.h"

ESCAPE(must_not_open("thread", O_WRONLY | O_CREAT));
