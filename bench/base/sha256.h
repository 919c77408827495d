/* SPDX-License-Identifier: MIT */
/* sha256.h -- the hash that names a text: the script that a page allows, what a student handed in. */
#ifndef BENCH_BASE_SHA256_H
#define BENCH_BASE_SHA256_H

#include <stddef.h>

enum { SHA256_BASE64 = 45 };    /* 44 characters and the end */

/* SHA-256 (FIPS 180-4) of `size` bytes, as base64 (RFC 4648): what `openssl dgst -sha256 -binary | base64` prints. */
void sha256_base64(const void *data, size_t size, char out[SHA256_BASE64]);

#endif
