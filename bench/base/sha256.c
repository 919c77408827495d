/* SPDX-License-Identifier: MIT */
/* sha256.c -- FIPS 180-4, section 6.2; names are those of the standard. */
#include "bench/base/sha256.h"

#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56, DIGEST = 32 };

static uint32_t rotr(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static const uint32_t K[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static void add_block(uint32_t H[8], const unsigned char M[BLOCK])
{
	uint32_t W[64], v[8];   /* v: the working variables a to h */

	for (int t = 0; t < 16; t++)
		W[t] = (uint32_t)M[4 * t] << 24 | (uint32_t)M[4 * t + 1] << 16 | (uint32_t)M[4 * t + 2] << 8
			| M[4 * t + 3];
	for (int t = 16; t < 64; t++)
		W[t] = (rotr(W[t - 2], 17) ^ rotr(W[t - 2], 19) ^ W[t - 2] >> 10) + W[t - 7]
			+ (rotr(W[t - 15], 7) ^ rotr(W[t - 15], 18) ^ W[t - 15] >> 3) + W[t - 16];
	memcpy(v, H, sizeof v);
	for (int t = 0; t < 64; t++) {
		uint32_t T1 = v[7] + (rotr(v[4], 6) ^ rotr(v[4], 11) ^ rotr(v[4], 25))
			+ ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[t] + W[t];
		uint32_t T2 = (rotr(v[0], 2) ^ rotr(v[0], 13) ^ rotr(v[0], 22))
			+ ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += T1;
		v[0] = T1 + T2;
	}
	for (int i = 0; i < 8; i++)
		H[i] += v[i];
}

static void base64(const unsigned char *in, char *out)
{
	static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (int i = 0; i < DIGEST; i += 3) {
		uint32_t three = (uint32_t)in[i] << 16 | (uint32_t)in[i + 1] << 8 | (i + 2 < DIGEST ? in[i + 2] : 0);
		for (int j = 0; j < 4; j++)
			*out++ = letter[three >> (18 - 6 * j) & 63];
	}
	out[-1] = '=';  /* 32 bytes are one short of 33 */
	*out = '\0';
}

void sha256_base64(const void *data, size_t size, char out[SHA256_BASE64])
{
	uint32_t H[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
		0x5be0cd19 };
	unsigned char last[2 * BLOCK] = { 0 }, digest[DIGEST + 1] = { 0 };
	const unsigned char *in = data;
	size_t rest = size % BLOCK, blocks = rest < LENGTH_AT ? 1 : 2;

	for (size_t at = 0; at + BLOCK <= size; at += BLOCK)
		add_block(H, in + at);
	if (rest > 0)
		memcpy(last, in + (size - rest), rest);
	last[rest] = 0x80;
	for (int i = 0; i < 8; i++)
		last[blocks * BLOCK - 1 - (size_t)i] = (unsigned char)((uint64_t)size * 8 >> 8 * i);
	for (size_t b = 0; b < blocks; b++)
		add_block(H, last + b * BLOCK);
	for (int i = 0; i < DIGEST; i++)
		digest[i] = (unsigned char)(H[i / 4] >> (24 - 8 * (i % 4)));
	base64(digest, out);
}
