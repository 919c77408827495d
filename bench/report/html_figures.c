/* SPDX-License-Identifier: MIT */
/* html_figures.c -- the charts of a lesson, as part of the page; or, in words, why there is none. */
#include "bench/report/html_page.h"
#include "bench/report/html_svg.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 2 << 20 };     /* bytes of a picture that a page can take in */

/* The picture's text, malloc'd, or NULL and a reason. */
static char *read_picture(const char *path, const char **wrong)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	char *text = NULL;
	ssize_t got = -1;

	*wrong = "it cannot be read";
	if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
		if (status.st_size > LARGEST)
			*wrong = "it is too large for this page";
		else if ((text = malloc((size_t)status.st_size + 1)) != NULL
			&& (got = read(fd, text, (size_t)status.st_size)) >= 0)
			text[got] = '\0';
	} else if (fd < 0 && errno == ENOENT) {
		*wrong = "gnuplot did not make it";
	}
	if (fd >= 0)
		close(fd);
	if (got < 0) {
		free(text);
		text = NULL;
	}
	return text;
}

/* NULL, or why the chart does not stand on the page: then nothing of it does. */
static const char *picture(struct page *p, unsigned index, const struct chart *chart)
{
	char path[PATH_MAX], prefix[16], *text, *inlined = NULL;
	const char *wrong;
	size_t size = 0;

	snprintf(path, sizeof path, "%s/charts/%s.svg", p->folder, chart->name);
	snprintf(prefix, sizeof prefix, "c%u-", index);
	if ((text = read_picture(path, &wrong)) == NULL)
		return wrong;
	FILE *out = open_memstream(&inlined, &size);
	wrong = "there is not enough memory";
	if (out != NULL) {
		wrong = html_svg(out, text, prefix, chart->title, chart->about);
		if (fclose(out) != 0)
			wrong = "there is not enough memory";
	}
	if (wrong == NULL) {
		fputs("<div class=\"chart\" role=\"group\" tabindex=\"0\" aria-label=\"", p->out);
		html_print(p->out, "%s, chart\">", chart->heading);
		fwrite(inlined, 1, size, p->out);
		fputs("</div>\n", p->out);
	}
	free(inlined);
	free(text);
	return wrong;
}

static void links(struct page *p, const struct chart *chart)
{
	static const char *const ending[] = { "svg", "png", "pdf", "gp" };

	fputs(" <span class=\"links\">", p->out);
	for (size_t i = p->drawn ? 0 : 3; i < sizeof ending / sizeof *ending; i++)
		html_print(p->out, "<a href=\"charts/%s.%s\">%s</a> ", chart->name, ending[i],
			i == 3 ? "gnuplot script" : ending[i]);
	fputs("</span>", p->out);
}

static void figure(struct page *p, unsigned index)
{
	const struct chart *chart = &p->charts->chart[index];
	const char *wrong = NULL;

	fprintf(p->out, "<figure id=\"chart-%u\">\n", index);
	html_print(p->out, "<h4>%s%s%s</h4>\n", chart->heading, *chart->argument ? ": " : "", chart->argument);
	if (chart->script == NULL) {
		html_print(p->out, "<p class=\"note\">Not drawn: %s.</p></figure>\n", chart->title);
		return;
	}
	html_print(p->out, "<p class=\"finding\">%s</p>\n", chart->title);
	if (!p->drawn)
		fputs("<p class=\"note\">Not drawn: there was no gnuplot.</p>\n", p->out);
	else if ((wrong = picture(p, index, chart)) != NULL)
		html_print(p->out, "<p class=\"note\">The picture is not shown here: %s.</p>\n", wrong);
	html_print(p->out, "<figcaption>%s", chart->about);
	links(p, chart);
	fputs("</figcaption></figure>\n", p->out);
}

void html_figures(struct page *p, unsigned lesson)
{
	bool any = false;

	for (unsigned i = 0; i < p->charts->count; i++) {
		if (p->charts->chart[i].lesson != lesson)
			continue;
		if (!any)
			fputs("<h3>Charts</h3>\n<div class=\"figures\">\n", p->out);
		any = true;
		figure(p, i);
	}
	if (any)
		fputs("</div>\n", p->out);
}
