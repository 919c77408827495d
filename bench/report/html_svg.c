/* SPDX-License-Identifier: MIT */
/* html_svg.c -- a picture of charts/ as a part of a page: read tag by tag, and only what draws is written again. */
#include "bench/report/html_svg.h"

#include "bench/report/html_text.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 64, ATTRIBUTES = 32, WORD = 32, MOST_SYMBOLS = 256 };

struct slice {
	const char *at;
	size_t length;
};

struct attribute {
	struct slice name, value;
};

struct element {
	struct slice name;
	size_t attributes;
	struct attribute attribute[ATTRIBUTES];
	bool written;           /* its opening tag; until something lies in it, a <g> waits */
};

struct svg {
	FILE *out;
	const char *text, *at;          /* all of it, and where we are */
	const char *prefix, *title, *about;
	size_t depth;
	struct element open[DEEPEST];
	unsigned symbols;               /* elements with an id */
	bool done;
};

/* ---- what is taken over ---- */

static const char *const drawing[] = { "svg", "g", "defs", "path", "polygon", "polyline", "line", "rect", "circle",
	"ellipse", "use", "text", "tspan", "clipPath", "pattern", "filter", "feFlood", "feComposite", NULL };
static const char *const dropped[] = { "title", "desc", "script", "style", "metadata", NULL };
static const char *const kept[] = { "id", "d", "x", "y", "x1", "y1", "x2", "y2", "r", "rx", "ry", "cx", "cy", "dx",
	"dy",
	"width", "height", "points", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity",
	"stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "color", "transform", "font-family",
	"font-size", "font-weight", "font-style", "text-anchor", "shape-rendering", "xlink:href", "href", "viewBox",
	"clip-path", "filter", "filterUnits", "patternUnits", "in", "in2", "operator", "result", "flood-color",
	"flood-opacity", NULL };

static bool is(struct slice s, const char *word)
{
	return s.length == strlen(word) && memcmp(s.at, word, s.length) == 0;
}

static bool among(struct slice s, const char *const *words)
{
	while (*words && !is(s, *words))
		words++;
	return *words != NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_blanks(struct svg *g)
{
	while (is_blank(*g->at))
		g->at++;
}

/* ---- text, which has its &amp; and the like already ---- */

/* Bytes of the reference that begins here, or 0: then it is a bare '&'. */
static size_t reference(const char *s, const char *end)
{
	static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t length = strlen(names[i]);
		if ((size_t)(end - s) >= length && memcmp(s, names[i], length) == 0)
			return length;
	}
	return 0;       /* numbers are none: &#0; and &#x202e; would pass as well */
}

/* Runs of blanks, of which gnuplot's numbers have many, become one. */
static void write_text(FILE *out, struct slice s)
{
	const char *end = s.at + s.length;
	char piece[2] = "";

	for (const char *c = s.at; c < end;) {
		size_t length = *c == '&' ? reference(c, end) : 0;
		if (length > 0) {
			fwrite(c, 1, length, out);
			c += length;
		} else if ((unsigned char)*c >= 0x80) {
			char wide[5] = "";
			const char *next = c;
			html_decode(&next);
			memcpy(wide, c, (size_t)(next - c));
			html_text(out, wide, 4);
			c = next;
		} else {
			piece[0] = is_blank(*c) ? ' ' : *c;
			if (piece[0] != ' ' || c == s.at || !is_blank(c[-1]))
				html_text(out, piece, 1);
			c++;
		}
	}
}

/* ---- tags ---- */

/* "url(#x)", and what could be one: CSS knows escapes. */
static bool is_url(struct slice s)
{
	for (size_t i = 0; i < s.length; i++)
		if (s.at[i] == '\\' || (s.length - i >= 4 && strncasecmp(s.at + i, "url(", 4) == 0))
			return true;
	return false;
}

static void write_attribute(struct svg *g, const struct attribute *a)
{
	struct slice value = a->value;

	while (value.length > 0 && is_blank(value.at[value.length - 1]))
		value.length--;
	fprintf(g->out, " %.*s=\"", (int)a->name.length, a->name.at);
	if (is(a->name, "id"))
		html_text(g->out, g->prefix, WORD);
	write_text(g->out, value);
	putc('"', g->out);
}

/* href="#x" and fill="url(#x)": into this picture, or not at all. */
static void write_link(struct svg *g, const struct attribute *a)
{
	bool href = is(a->name, "xlink:href") || is(a->name, "href");
	const char *begin = href ? "#" : "url(#";
	size_t skip = strlen(begin);

	if (a->value.length <= skip || memcmp(a->value.at, begin, skip) != 0
		|| is_url((struct slice){ a->value.at + skip, a->value.length - skip }))
		return;
	fprintf(g->out, " %.*s=\"%s", href ? 4 : (int)a->name.length, href ? "href" : a->name.at, begin);
	html_text(g->out, g->prefix, WORD);
	write_text(g->out, (struct slice){ a->value.at + skip, a->value.length - skip });
	putc('"', g->out);
}

static void write_tag(struct svg *g, struct element *e)
{
	e->written = true;
	fprintf(g->out, "<%.*s", (int)e->name.length, e->name.at);
	for (size_t i = 0; i < e->attributes; i++) {
		const struct attribute *a = &e->attribute[i];
		bool link = is(a->name, "xlink:href") || is(a->name, "href") || is_url(a->value);
		bool size = e == g->open && (is(a->name, "width") || is(a->name, "height"));
		if (!among(a->name, kept) || size)
			continue;       /* how large it is, the page decides */
		if (link)
			write_link(g, a);
		else
			write_attribute(g, a);
	}
	if (e == g->open)
		html_print(g->out, " role=\"img\" aria-labelledby=\"%st %sd\"", g->prefix, g->prefix);
	putc('>', g->out);
	if (e == g->open)
		html_print(g->out, "<title id=\"%st\">%s</title><desc id=\"%sd\">%s</desc>", g->prefix, g->title,
			g->prefix, g->about);
}

static void write_waiting(struct svg *g)
{
	for (size_t i = 0; i < g->depth; i++)
		if (!g->open[i].written)
			write_tag(g, &g->open[i]);
}

/* A symbol that the picture never refers to: gnuplot defines all that it has. */
static bool is_unused(struct svg *g, const struct element *e)
{
	char use[WORD + 4];

	for (size_t i = 0; i < e->attributes; i++) {
		const struct slice id = e->attribute[i].value;
		if (!is(e->attribute[i].name, "id") || id.length > WORD || is(e->name, "g")
			|| g->symbols++ >= MOST_SYMBOLS)
			continue;
		for (const char *end = "'\")"; *end; end++) {
			snprintf(use, sizeof use, "#%.*s%c", (int)id.length, id.at, *end);
			if (strstr(g->text, use) != NULL)
				return false;
		}
		return true;
	}
	return false;
}

static const char *close_tag(struct svg *g, struct slice name)
{
	struct element *e = g->depth > 0 ? &g->open[g->depth - 1] : NULL;

	if (e == NULL || name.length != e->name.length || memcmp(name.at, e->name.at, name.length) != 0)
		return "a tag is closed that is not open";
	if (e->written)
		fprintf(g->out, "</%.*s>", (int)name.length, name.at);
	g->depth--;
	g->done = g->depth == 0;
	return NULL;
}

/* ---- reading ---- */

static struct slice take_name(struct svg *g)
{
	struct slice name = { g->at, strcspn(g->at, " \n\t\r/>=<\"'") };

	g->at += name.length;
	return name;
}

static const char *read_attributes(struct svg *g, struct element *e)
{
	for (skip_blanks(g); *g->at && strchr("/><", *g->at) == NULL; skip_blanks(g)) {
		struct attribute a = { .name = take_name(g) };
		skip_blanks(g);
		if (a.name.length == 0 || *g->at != '=')
			return "an attribute has no value";
		g->at++;
		skip_blanks(g);
		char quote = *g->at;
		const char *end = quote == '"' || quote == '\'' ? strchr(g->at + 1, quote) : NULL;
		if (end == NULL)
			return "an attribute has no end";
		a.value = (struct slice){ g->at + 1, (size_t)(end - g->at - 1) };
		g->at = end + 1;
		for (size_t i = 0; i < e->attributes; i++)
			if (e->attribute[i].name.length == a.name.length
				&& memcmp(e->attribute[i].name.at, a.name.at, a.name.length) == 0)
				return "an attribute stands twice";
		if (e->attributes == ATTRIBUTES)
			return "a tag has too many attributes";
		e->attribute[e->attributes++] = a;
	}
	return NULL;
}

/* Behind the end of an element that is left out, with all that it holds. */
static const char *pass_over(struct svg *g, struct slice name)
{
	char end[WORD + 3];

	snprintf(end, sizeof end, "</%.*s", (int)name.length, name.at);
	const char *found = strstr(g->at, end);
	if (found == NULL || (found = strchr(found, '>')) == NULL)
		return "a tag is not closed";
	g->at = found + 1;
	return NULL;
}

static const char *open_tag(struct svg *g)
{
	struct element e = { .name = take_name(g) };
	const char *wrong = read_attributes(g, &e);
	bool empty = *g->at == '/';

	g->at += empty;
	if (wrong != NULL || *g->at != '>')
		return wrong ? wrong : "a tag has no end";
	g->at++;
	if (among(e.name, dropped) || (among(e.name, drawing) && is_unused(g, &e)))
		return empty ? NULL : pass_over(g, e.name);
	if (!among(e.name, drawing))
		return "it holds something that a chart has no need of";
	if (g->depth == DEEPEST || (g->depth == 0) != is(e.name, "svg") || g->done)
		return "it is no single drawing";
	g->open[g->depth++] = e;
	if (!is(e.name, "g"))
		write_waiting(g);
	return empty ? close_tag(g, e.name) : NULL;
}

/* Behind the end of <?...?>, <!--...-->, <!...>. */
static const char *skip_to(struct svg *g, const char *end)
{
	const char *found = strstr(g->at, end);

	if (found == NULL)
		return "it ends too early";
	g->at = found + strlen(end);
	return NULL;
}

static const char *read_text(struct svg *g)
{
	struct slice s = { g->at, strcspn(g->at, "<") };
	struct slice in = g->depth > 0 ? g->open[g->depth - 1].name : (struct slice){ "", 0 };

	g->at += s.length;
	if (is(in, "text") || is(in, "tspan"))
		write_text(g->out, s);
	return NULL;
}

static const char *read_piece(struct svg *g)
{
	if (*g->at != '<')
		return read_text(g);
	if (strncmp(g->at, "<?", 2) == 0)
		return skip_to(g, "?>");
	if (strncmp(g->at, "<!--", 4) == 0)
		return skip_to(g, "-->");
	if (strncmp(g->at, "<![", 3) == 0)
		return "it holds something that a chart has no need of";
	if (strncmp(g->at, "<!", 2) == 0)
		return skip_to(g, ">");
	if (strncmp(g->at, "</", 2) != 0) {
		g->at++;
		return open_tag(g);
	}
	g->at += 2;
	struct slice name = take_name(g);
	skip_blanks(g);
	if (*g->at != '>')
		return "a tag has no end";
	g->at++;
	return close_tag(g, name);
}

const char *html_svg(FILE *out, const char *text, const char *prefix, const char *title, const char *about)
{
	struct svg g = { .out = out, .text = text, .at = text, .prefix = prefix, .title = title, .about = about };
	const char *wrong = NULL;

	while (*g.at && wrong == NULL)
		wrong = read_piece(&g);
	if (wrong == NULL && !g.done)
		wrong = "it ends too early";
	return wrong;
}
