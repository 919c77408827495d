/* SPDX-License-Identifier: MIT */
/* typed.h -- memory is bytes; a type code says what stands in it.  The codes of Python's Value and Array (and of its
 * modules array and struct), and a list of numbers written as Python writes it.
 */
#ifndef TYPED_H
#define TYPED_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

struct type {
	char code;
	const char *name;       /* in C */
	unsigned least;         /* bytes that every C must give it */
	size_t bytes;           /* bytes here */
};

static const struct type types[] = {
	{ 'b', "signed char",        1, sizeof(signed char) },
	{ 'B', "unsigned char",      1, sizeof(unsigned char) },
	{ 'u', "Py_UNICODE",         2, sizeof(wchar_t) },
	{ 'h', "signed short",       2, sizeof(short) },
	{ 'H', "unsigned short",     2, sizeof(unsigned short) },
	{ 'i', "signed int",         2, sizeof(int) },
	{ 'I', "unsigned int",       2, sizeof(unsigned) },
	{ 'l', "signed long",        4, sizeof(long) },
	{ 'L', "unsigned long",      4, sizeof(unsigned long) },
	{ 'q', "signed long long",   8, sizeof(long long) },
	{ 'Q', "unsigned long long", 8, sizeof(unsigned long long) },
	{ 'f', "float",              4, sizeof(float) },
	{ 'd', "double",             8, sizeof(double) },
};

enum { TYPES = sizeof types / sizeof *types };

/* NULL: there is no such code. */
static inline const struct type *type_of(char code)
{
	for (unsigned i = 0; i < TYPES; i++)
		if (types[i].code == code)
			return &types[i];
	return NULL;
}

/* Stores a whole number in so many bytes; as in C and in ctypes, what does not fit is cut off. */
static inline void typed_store(size_t bytes, void *element, long long number)
{
	switch (bytes) {
	case sizeof(int8_t):  *(int8_t *)element = (int8_t)number; break;
	case sizeof(int16_t): *(int16_t *)element = (int16_t)number; break;
	case sizeof(int32_t): *(int32_t *)element = (int32_t)number; break;
	default:              *(int64_t *)element = number; break;
	}
}

/* Reads a number at *text into an element, and moves *text behind it.  NULL, or Python's words for what stands there
 * instead. */
static inline const char *typed_set(const struct type *type, void *element, const char **text)
{
	char *end;

	if (type->code == 'f' || type->code == 'd') {
		double number = strtod(*text, &end);
		if (end == *text)
			return "must be real number";
		if (type->code == 'f')
			*(float *)element = (float)number;
		else
			*(double *)element = number;
	} else {
		long long number = strtoll(*text, &end, 10);
		if (end == *text || *end == '.')
			return "an integer is required";
		typed_store(type->bytes, element, number);
	}
	*text = end;
	return NULL;
}

/* "[1, 2, 3]" into at most `room` elements, the first at `array`, each `stride` bytes behind the one before; *count is
 * how many.  One dimension: an element is a number, and never a list.  NULL, or words as above. */
static inline const char *typed_list(const struct type *type, char *array, size_t stride, size_t room, size_t *count,
	const char *text)
{
	*count = 0;
	if (*text++ != '[')
		return "a list is required";
	while (*text != ']') {
		const char *error = *count == room ? "the list is too long"
			: typed_set(type, array + *count * stride, &text);
		if (error)
			return error;
		++*count;
		while (*text == ',' || *text == ' ')
			text++;
	}
	return NULL;
}

#endif
