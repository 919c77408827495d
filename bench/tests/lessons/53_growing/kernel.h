/* SPDX-License-Identifier: MIT */
/* kernel.h -- a sum that a clever compiler, or a lazy author, need not work for: 0 + 1 + ... + n-1. */
#include "bench/keep.h"
#include "bench/lesson.h"
#include "bench/worker.h"
