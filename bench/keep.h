/* SPDX-License-Identifier: MIT */
/* keep.h -- make the optimiser forget what it knows about x, at no cost in instructions.  Put it where a clever
 * compiler would solve the exercise: clang, left alone, replaces the sum of a polynomial by its closed form.
 */
#ifndef BENCH_KEEP_H
#define BENCH_KEEP_H

#define KEEP(x) __asm__ volatile("" : "+r"(x))

#endif
