/* SPDX-License-Identifier: MIT */
/* text.c -- words into numbers and back. */
#include "bench/base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int text_u64(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
	uint64_t value = 0;
	bool too_big = false;

	if (!*text)
		return -EINVAL;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return -EINVAL;
		too_big |= __builtin_mul_overflow(value, 10u, &value);
		too_big |= __builtin_add_overflow(value, (uint64_t)(*text - '0'), &value);
	}
	if (too_big || value < least || value > most)
		return -ERANGE;
	*out = value;
	return 0;
}

/* A plain decimal number, then whatever follows: no sign, exponent, inf or nan. */
static int decimal(const char *text, double *value, const char **rest)
{
	size_t digits = strspn(text, "0123456789."), dots = 0;
	char copy[32];

	for (size_t i = 0; i < digits; i++)
		dots += text[i] == '.';
	if (digits == dots || dots > 1 || digits >= sizeof copy)
		return -EINVAL;
	memcpy(copy, text, digits);
	copy[digits] = '\0';
	*value = strtod(copy, NULL);
	*rest = text + digits;
	return 0;
}

int text_seconds(const char *text, double *out)
{
	static const struct { const char *name; double seconds; } units[] = {
		{ "", 1 }, { "s", 1 }, { "ms", 1e-3 }, { "m", 60 }, { "min", 60 }, { "h", 3600 },
	};
	const double week = 7 * 24 * 3600;
	const char *unit;
	double value;

	if (decimal(text, &value, &unit) < 0)
		return -EINVAL;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].name) == 0) {
			value *= units[i].seconds;
			if (value <= 0 || value > week)
				return -ERANGE;
			*out = value;
			return 0;
		}
	return -EINVAL;
}

int text_percent(const char *text, double *out)
{
	const char *unit;
	double value;

	if (decimal(text, &value, &unit) < 0 || (strcmp(unit, "") != 0 && strcmp(unit, "%") != 0))
		return -EINVAL;
	if (value <= 0 || value >= 100)
		return -ERANGE;
	*out = value / 100;
	return 0;
}

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Levenshtein's distance, one row of the table at a time (Wagner & Fischer 1974). */
static size_t distance(const char *a, const char *b)
{
	enum { MOST = 63 };
	size_t columns = strnlen(b, MOST), row[MOST + 1];

	for (size_t j = 0; j <= columns; j++)
		row[j] = j;
	for (size_t i = 0; i < MOST && a[i]; i++) {
		size_t diagonal = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < columns; j++) {
			size_t above = row[j + 1];
			row[j + 1] = min3(above + 1, row[j] + 1, diagonal + (a[i] != b[j]));
			diagonal = above;
		}
	}
	return row[columns];
}

const char *text_nearest(const char *word, const char *const *names, size_t count)
{
	size_t best = 1 + strlen(word) / 4;  /* a quarter of the letters may be wrong, and one more */
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t d = distance(word, names[i]);
		if (d < best || (d == best && !nearest)) {
			best = d;
			nearest = names[i];
		}
	}
	for (size_t i = 0; i < count && !nearest && strlen(word) >= 3; i++)
		if (strstr(names[i], word))
			nearest = names[i];
	return nearest;
}

char *text_time(double seconds, char *out, size_t size)
{
	static const struct { double seconds; const char *name; } units[] = {
		{ 1, "s" }, { 1e-3, "ms" }, { 1e-6, "us" }, { 1e-9, "ns" },
	};
	size_t i = 0;

	while (i < 3 && seconds < 0.9995 * units[i].seconds)
		i++;
	double value = seconds / units[i].seconds;
	snprintf(out, size, "%.*f %s", value < 9.995 ? 2 : value < 99.95 ? 1 : 0, value, units[i].name);
	return out;
}

char *text_count(uint64_t n, char *out, size_t size)
{
	char digits[24];
	size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, n), at = 0;

	for (size_t i = 0; i < length && at + 2 < size; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			out[at++] = ' ';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

/* Length of the UTF-8 sequence that starts at s, 0 when it is not one (RFC 3629: no overlong forms, no surrogates). */
static size_t utf8_length(const unsigned char *s)
{
	size_t length = s[0] < 0x80 ? 1 : s[0] >= 0xC2 && s[0] < 0xE0 ? 2 : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
		: s[0] >= 0xF0 && s[0] < 0xF5 ? 4 : 0;

	for (size_t i = 1; i < length; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF0 && s[1] < 0x90)
		|| (s[0] == 0xF4 && s[1] > 0x8F))
		return 0;
	return length;
}

void text_json(FILE *out, const char *text)
{
	if (!text) {
		fputs("null", out);
		return;
	}
	putc('"', out);
	for (const unsigned char *s = (const unsigned char *)text; *s;) {
		size_t length = utf8_length(s);
		if (length == 0)
			fputs("\\ufffd", out);
		else if (*s < 0x20)
			fprintf(out, "\\u%04x", *s);
		else {
			if (*s == '"' || *s == '\\')
				putc('\\', out);
			fwrite(s, 1, length, out);
		}
		s += length ? length : 1;
	}
	putc('"', out);
}

char *text_clean(char *text)
{
	for (unsigned char *s = (unsigned char *)text; *s;) {
		size_t length = *s < 0x20 || *s == 0x7F ? 0 : utf8_length(s);
		if (length == 0)
			*s = '?';
		s += length ? length : 1;
	}
	return text;
}
