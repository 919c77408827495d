/* SPDX-License-Identifier: MIT */
/* fuzz_mutate.c -- mutations that leave JSON what it is: another value for a field, a line once more or no more.
 *
 * libFuzzer's own, byte by byte, end almost always at the parser; they are used for every fourth input.
 */
#include "bench/base/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);      /* libFuzzer's */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

static const char *const values[] = {
	"null", "true", "false", "0", "1", "2", "3", "-1", "0.5", "511", "512", "1000000", "1000001", "4294967296",
	"9223372036854775807", "-9223372036854775808", "1e18", "1e308", "1e-308", "\"\"", "\"x\"", "\"serial\"",
	"\"copies\"",
	"\"capacity\"", "\"document\"", "\"measured\"", "\"warm\"", "\"cold\"", "\"ok\"", "\"wrong\"", "\"died\"",
	"\"weak\"", "\"hangs\"", "\"a/b\"", "\"\\u001b\\u202e\"", "[]", "{}", "[0]", "[null]", "{\"a\":1}",
	"{\"a\":1,\"b\":2}", "[{\"pid\":1,\"tid\":1,\"enter_ns\":1,\"leave_ns\":2,\"cpu_ns\":1}]",
};

/* Puts `length` bytes in the place of [begin, end); returns the new size, or the old one where there is no room. */
static size_t replace(uint8_t *data, size_t size, size_t most, size_t begin, size_t end, const void *text,
	size_t length)
{
	size_t left = size - (end - begin);

	if (left + length > most)
		return size;
	memmove(data + begin + length, data + end, size - end);
	memcpy(data + begin, text, length);
	return left + length;
}

/* The value behind the first colon from `from` on: up to the comma or bracket that ends it.  Strings that hold one of
 * these are cut in the middle, now and then: that is a mutation, too. */
static bool find_value(const uint8_t *data, size_t size, size_t from, size_t *begin, size_t *end)
{
	int depth = 0;

	for (*begin = from; *begin < size && data[*begin] != ':';)
		++*begin;
	++*begin;
	for (*end = *begin; *end < size && data[*end] != '\n'; ++*end) {
		uint8_t c = data[*end];
		if (depth == 0 && (c == ',' || c == '}' || c == ']'))
			break;
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
	}
	return *begin < size && *end > *begin && *end < size;
}

static void find_line(const uint8_t *data, size_t size, size_t from, size_t *begin, size_t *end)
{
	for (*begin = from; *begin > 0 && data[*begin - 1] != '\n';)
		--*begin;
	for (*end = from; *end < size && data[*end] != '\n';)
		++*end;
	*end += *end < size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
	uint64_t state = seed, kind = random_below(&state, 8);
	size_t begin, end, from, to;
	uint8_t copy[4096];

	if (size < 2 || kind < 2)
		return LLVMFuzzerMutate(data, size, most);
	if (kind == 7) {
		find_line(data, size, random_below(&state, size), &begin, &end);
		if (random_below(&state, 2) == 0)
			return replace(data, size, most, begin, end, "", 0);
		if (end - begin > sizeof copy)
			return size;
		memcpy(copy, data + begin, end - begin);
		find_line(data, size, random_below(&state, size), &from, &to);
		return replace(data, size, most, from, from, copy, end - begin);
	}
	if (!find_value(data, size, random_below(&state, size), &begin, &end))
		return LLVMFuzzerMutate(data, size, most);
	if (kind < 5) {
		const char *value = values[random_below(&state, sizeof values / sizeof *values)];
		return replace(data, size, most, begin, end, value, strlen(value));
	}
	if (!find_value(data, size, random_below(&state, size), &from, &to) || to - from > sizeof copy)
		return size;
	memcpy(copy, data + from, to - from);
	return replace(data, size, most, begin, end, copy, to - from);
}
