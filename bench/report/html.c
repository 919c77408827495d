/* SPDX-License-Identifier: MIT */
/* html.c -- report.html: the page around its parts, and its file. */
#include "bench/report/html.h"

#include "bench/base/sha256.h"
#include "bench/report/html_page.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What makes style and script a part of the page that is XML, too; a browser reads comments. */
static const char style_begin[] = "/*<![CDATA[*/\n", style_end[] = "/*]]>*/";
static const char script_begin[] = "//<![CDATA[\n", script_end[] = "//]]>";

/* scripts_dir/name between two texts, malloc'd. */
static int read_inline(const char *scripts_dir, const char *name, const char *begin, const char *end, char **out,
	char *why)
{
	char path[PATH_MAX], piece[4096];
	size_t size = 0, got;

	snprintf(path, sizeof path, "%s/%s", scripts_dir, name);
	FILE *in = fopen(path, "re"), *text = in ? open_memstream(out, &size) : NULL;
	int error = text == NULL ? -errno : 0;
	if (text != NULL) {
		fputs(begin, text);
		while ((got = fread(piece, 1, sizeof piece, in)) > 0)
			fwrite(piece, 1, got, text);
		fputs(end, text);
		bool lost = fclose(text) != 0;
		error = ferror(in) ? -EIO : lost ? -ENOMEM : 0;
	}
	if (in != NULL)
		fclose(in);
	if (error == 0 && (strstr(*out, "</") != NULL || strlen(*out) != size))
		error = -EINVAL;        /* it would end its own element */
	if (error < 0)
		snprintf(why, SUMMARY_WHY, "cannot take %.300s into report.html: %s", path,
			error == -EINVAL ? "expected a text without \"</\"" : strerror(-error));
	return error == -ENOENT ? -EIO : error; /* -ENOENT is kept for gnuplot */
}

static void head(struct page *p, const char *style, const char *script)
{
	char hash[SHA256_BASE64];

	sha256_base64(script, strlen(script), hash);
	fprintf(p->out, "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
		"<meta charset=\"utf-8\" />\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
		"style-src &#39;unsafe-inline&#39;; script-src &#39;sha256-%s&#39;; img-src data:; "
		"base-uri &#39;none&#39;; form-action &#39;none&#39;\" />\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
		"<meta name=\"color-scheme\" content=\"light dark\" />\n"
		"<meta name=\"referrer\" content=\"no-referrer\" />\n"
		"<meta name=\"generator\" content=\"manyhands report\" />\n<link rel=\"icon\" href=\"data:,\" />\n",
		hash);
	html_print(p->out, "<title>%s: manyhands report</title>\n", p->s->run_id);
	fprintf(p->out, "<style>%s</style>\n</head>\n", style);
}

static void contents(struct page *p)
{
	unsigned shown = 0;

	fputs("<nav aria-label=\"Contents\"><ul>\n<li><a href=\"#machine\">Machine</a></li>\n"
		"<li><a href=\"#verdicts\">Verdicts</a></li>\n<li><a href=\"#all\">All cells</a></li>\n", p->out);
	for (unsigned i = 0; i < p->s->lessons && shown < HTML_LESSONS; i++) {
		if (!html_is_lesson(p->s, i))
			continue;
		html_lesson_id(p, "<li><a href=\"#", i);
		putc('>', p->out);
		html_lesson_name(p, i);
		fputs("</a></li>\n", p->out);
		shown++;
	}
	fputs("<li><a href=\"#again\">Raw files, and again</a></li>\n</ul></nav>\n", p->out);
}

static void body(struct page *p)
{
	fputs("<body>\n<a class=\"skip\" href=\"#main\">To the content</a>\n<header><h1>", p->out);
	html_print(p->out, "%s</h1>\n", *p->s->run_id ? p->s->run_id : "A run without a name");
	html_print(p->out, "<p>Measured by manyhands%s%s%s.</p>\n", *p->s->host ? " on " : "", p->s->host,
		p->s->twin ? ", turn by turn with another build" : "");
	contents(p);
	fputs("</header>\n<main id=\"main\" tabindex=\"-1\">\n", p->out);
	html_run(p);
	html_table(p);
	html_lessons(p);
	html_again(p);
	fputs("</main>\n", p->out);
}

void html_write(FILE *out, const char *folder, const struct summary *s, const struct charts *charts, bool drawn,
	const char *style, const char *script)
{
	struct page page = { .out = out, .folder = folder, .s = s, .charts = charts, .drawn = drawn };

	head(&page, style, script);
	body(&page);
	fprintf(out, "<script>%s</script>\n</body>\n</html>\n", script);
}

static int save(const char *folder, const struct summary *s, const struct charts *charts, bool drawn, const char *style,
	const char *script)
{
	char path[PATH_MAX], draft[PATH_MAX];
	int error = 0;

	snprintf(path, sizeof path, "%s/report.html", folder);
	snprintf(draft, sizeof draft, "%s/.report.html", folder);
	FILE *out = fopen(draft, "we");
	if (out == NULL)
		return -errno;
	html_write(out, folder, s, charts, drawn, style, script);
	if (ferror(out))
		error = -EIO;
	if (fclose(out) != 0 && error == 0)
		error = -errno;
	if (error == 0 && rename(draft, path) < 0)
		error = -errno;
	if (error < 0)
		unlink(draft);
	return error;
}

int html_save(const char *folder, const char *scripts_dir, const struct summary *s, const struct charts *charts,
	bool drawn,
	char *why)
{
	char *style = NULL, *script = NULL;
	int error = read_inline(scripts_dir, "report.css", style_begin, style_end, &style, why);

	if (error == 0)
		error = read_inline(scripts_dir, "report.js", script_begin, script_end, &script, why);
	if (error == 0 && (error = save(folder, s, charts, drawn, style, script)) < 0)
		snprintf(why, SUMMARY_WHY, "cannot write %.300s/report.html: %s; make room or get write permission, "
			"then `manyhands report`", folder, strerror(-error));
	free(style);
	free(script);
	return error;
}
