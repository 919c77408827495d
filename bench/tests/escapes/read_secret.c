/* SPDX-License-Identifier: MIT */
/* read_secret.c -- rung 3, "kept in": reads what only root may read. */
#include "escape.h"

ESCAPE(must_not_open("/etc/shadow", O_RDONLY));
