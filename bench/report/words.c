/* SPDX-License-Identifier: MIT */
/* words.c -- numbers and foreign texts as the table and the charts show them. */
#include "bench/report/words.h"

#include "bench/base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the sequence that starts at s, its character in *c.  Bytes that begin none count as one character each. */
static size_t decode(const char *s, uint32_t *c)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t length = u[0] < 0xC0 ? 1 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;

	*c = length == 1 ? u[0] : u[0] & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((u[i] & 0xC0) != 0x80) {
			*c = 0;
			return 1;
		}
		*c = *c << 6 | (u[i] & 0x3F);
	}
	return length;
}

bool words_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E)
		|| (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static size_t width(uint32_t c)
{
	return (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7A4)
		|| (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF61)
		|| (c >= 0x1F300 && c < 0x20000) || c >= 0x20000 ? 2 : 1;
}

size_t words_columns(const char *text)
{
	size_t columns = 0;
	uint32_t c;

	while (*text) {
		text += decode(text, &c);
		columns += width(c);
	}
	return columns;
}

char *words_clean(const char *text, size_t columns, char *out, size_t size)
{
	bool fits = words_columns(text) <= columns;
	size_t most = fits ? columns : columns - 3, used = 0, at = 0;
	uint32_t c;

	while (*text) {
		size_t bytes = decode(text, &c);
		bool replace = words_is_control(c);
		if (used + width(c) > most || at + bytes + 4 >= size)
			break;
		memcpy(out + at, replace ? "?" : text, replace ? 1 : bytes);
		at += replace ? 1 : bytes;
		used += width(c);
		text += bytes;
	}
	snprintf(out + at, size - at, "%s", *text ? "..." : "");
	return out;
}

char *words_ratio(double ratio, char *out, size_t size)
{
	if (isnan(ratio))
		snprintf(out, size, "-");
	else if (ratio >= 99999.5 || ratio < 0.00095)
		snprintf(out, size, "%.0e", ratio);
	else
		snprintf(out, size, "%.*f", ratio < 9.9995 ? 3 : ratio < 99.995 ? 2 : ratio < 999.95 ? 1 : 0, ratio);
	return out;
}

char *words_interval(double low, double high, char *out, size_t size)
{
	char from[16], to[16];

	out[0] = '\0';
	if (!isnan(low) && !isnan(high))
		snprintf(out, size, "[%s, %s]", words_ratio(low, from, sizeof from), words_ratio(high, to, sizeof to));
	return out;
}

char *words_time_interval(double seconds, double low, double high, char *out, size_t size)
{
	char value[16], from[16], to[16];

	text_time(seconds, value, sizeof value);
	if (isnan(low) || isnan(high)) {
		snprintf(out, size, "%s", value);
		return out;
	}
	text_time(low, from, sizeof from);
	text_time(high, to, sizeof to);
	const char *unit = strchr(value, ' '), *from_unit = strchr(from, ' '), *to_unit = strchr(to, ' ');
	if (unit && from_unit && to_unit && strcmp(unit, from_unit) == 0 && strcmp(unit, to_unit) == 0) {
		from[from_unit - from] = '\0';
		to[to_unit - to] = '\0';
	}
	snprintf(out, size, "%s [%s, %s]", value, from, to);
	return out;
}

char *words_plural(const char *unit, char *out, size_t size)
{
	char name[128];

	words_clean(unit, 40, name, sizeof name);
	int word = (int)strcspn(name, " ");
	snprintf(out, size, "%.*s%s%s", word, name, *name ? "s" : "", name + word);
	return out;
}

char *words_size(unsigned long long n, const char *unit, const char *params, char *out, size_t size)
{
	char count[40], name[160];

	text_count(n, count, sizeof count);
	if (n == 1)
		words_clean(unit, 40, name, sizeof name);
	else
		words_plural(unit, name, sizeof name);
	snprintf(out, size, "n = %s%s%s%s%s", count, *name ? " " : "", name, *params ? ", " : "", params);
	return out;
}
