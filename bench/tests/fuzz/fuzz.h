/* SPDX-License-Identifier: MIT */
/* fuzz.h -- what libFuzzer calls, and fuzz_replay.c in its place. */
#ifndef BENCH_TESTS_FUZZ_FUZZ_H
#define BENCH_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Once, before the first input.  Returns 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Plays one input.  Returns 0; does not return when something is wrong. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
