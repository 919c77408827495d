/* SPDX-License-Identifier: MIT */
/* split.h -- divide the half-open range [0, n) into `parts` contiguous pieces
 * whose sizes differ by at most one.  parts may exceed n: some pieces are empty.
 */
#ifndef LIB_SPLIT_H
#define LIB_SPLIT_H

#include <stdint.h>

struct range { uint64_t begin, end; };

static inline struct range split(uint64_t n, unsigned parts, unsigned i)
{
	uint64_t size = n / parts, extra = n % parts;   /* the first `extra` pieces get one more */
	uint64_t begin = size * i + (i < extra ? i : extra);
	return (struct range){ begin, begin + size + (i < extra) };
}

#endif
