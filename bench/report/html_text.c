/* SPDX-License-Identifier: MIT */
/* html_text.c -- foreign text on an HTML page. */
#include "bench/report/html_text.h"

#include "bench/report/words.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

uint32_t html_decode(const char **s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)*s;
	size_t length = u[0] < 0x80 ? 1 : u[0] < 0xC0 ? 0 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : u[0] < 0xF8 ? 4 : 0;
	uint32_t c = length < 2 ? u[0] : u[0] & (0x7Fu >> length);

	for (size_t i = 1; i < length; i++) {
		if ((u[i] & 0xC0) != 0x80)
			length = 0;     /* the end of the text stops it here, too */
		else
			c = c << 6 | (u[i] & 0x3F);
	}
	if (length == 0 || c < least[length] || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF) {
		*s += 1;
		return 0xFFFD;
	}
	*s += length;
	return c;
}

static void put(FILE *out, const char *from, const char *to, uint32_t c, bool lines)
{
	if (c == '&')
		fputs("&amp;", out);
	else if (c == '<')
		fputs("&lt;", out);
	else if (c == '>')
		fputs("&gt;", out);
	else if (c == '"')
		fputs("&quot;", out);
	else if (c == '\'')
		fputs("&#39;", out);
	else if (lines && (c == '\n' || c == '\t'))
		putc((int)c, out);
	else if (words_is_control(c) || c == 0xFFFD || (c & 0xFFFE) == 0xFFFE)
		putc('?', out);
	else
		fwrite(from, 1, (size_t)(to - from), out);
}

static void escape(FILE *out, const char *text, size_t most, bool lines)
{
	for (size_t i = 0; *text; i++) {
		const char *from = text;
		uint32_t c = html_decode(&text);
		if (i == most) {
			fputs("...", out);
			return;
		}
		put(out, from, text, c, lines);
	}
}

void html_text(FILE *out, const char *text, size_t most)
{
	escape(out, text, most, false);
}

void html_lines(FILE *out, const char *text, size_t most)
{
	escape(out, text, most, true);
}

/* One conversion: `spec` is its text from % to `last`. */
static void convert(FILE *out, const char *spec, char last, bool is_long, va_list *values)
{
	char one[16];

	snprintf(one, sizeof one, "%s", spec);
	if (last == 's')
		html_text(out, va_arg(*values, const char *), HTML_TEXT);
	else if (last == 'u' && is_long)
		fprintf(out, "%lu", va_arg(*values, unsigned long));    /* size_t and uint64_t, too */
	else if (last == 'u')
		fprintf(out, "%u", va_arg(*values, unsigned));
	else if (last == '%')
		putc('%', out);
	else {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		fprintf(out, one, va_arg(*values, double));
#pragma GCC diagnostic pop
	}
}

void html_print(FILE *out, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	while (*format) {
		size_t plain = strcspn(format, "%");
		fwrite(format, 1, plain, out);
		format += plain;
		if (*format == '\0')
			break;
		size_t length = 1 + strspn(format + 1, ".0123456789lz") + 1;
		char spec[16];
		snprintf(spec, sizeof spec, "%.*s", (int)length, format);
		convert(out, spec, format[length - 1], strpbrk(spec, "lz") != NULL, &values);
		format += length;
	}
	va_end(values);
}

void html_figure(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (strncmp(text, " us", 3) == 0 && strspn(text + 3, " ,]") + (text[3] == '\0') > 0) {
			fputs(" µs", out);
			text += 2;
		} else if (strncmp(text, "+-", 2) == 0) {
			fputs("±", out);
			text++;
		} else {
			html_text(out, (const char[]){ *text, '\0' }, 1);
		}
	}
}

/* ---- a shell's words ---- */

static bool is_hidden(const char *word)
{
	while (*word) {
		uint32_t c = html_decode(&word);
		if (words_is_control(c) || c == 0xFFFD || (c & 0xFFFE) == 0xFFFE)
			return true;
	}
	return false;
}

void html_shell_word(FILE *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/%@";
	bool hidden = is_hidden(word);

	if (*word && strspn(word, plain) == strlen(word)) {
		fputs(word, out);
		return;
	}
	fputs(hidden ? "$&#39;" : "&#39;", out);
	for (const unsigned char *c = (const unsigned char *)word; *c; c++) {
		if (hidden && (*c < 0x20 || *c >= 0x7F))
			fprintf(out, "\\x%02x", *c);
		else if (*c == '\'')
			fputs(hidden ? "\\&#39;" : "&#39;\\&#39;&#39;", out);
		else if (hidden && *c == '\\')
			fputs("\\\\", out);
		else if (*c == '&' || *c == '<' || *c == '>')
			fputs(*c == '&' ? "&amp;" : *c == '<' ? "&lt;" : "&gt;", out);
		else
			putc(*c, out);
	}
	fputs("&#39;", out);
}
