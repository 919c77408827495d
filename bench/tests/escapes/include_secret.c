/* SPDX-License-Identifier: MIT */
/* include_secret.c -- rung 1, "/etc/shadow: No such file": the compiler is to quote what root alone may read. */
#include "/etc/shadow"
