/* SPDX-License-Identifier: MIT */
/* symbol.h -- which variable of a program lies at an address. */
#ifndef BENCH_HANG_SYMBOL_H
#define BENCH_HANG_SYMBOL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* " `lock`", " in `table`" when the variable is larger than a lock, or "": on the heap, on a stack, in a library, or
 * the program was stripped. */
void symbol_at(pid_t pid, uint64_t address, char *text, size_t size);

#endif
