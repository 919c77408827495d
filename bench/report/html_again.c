/* SPDX-License-Identifier: MIT */
/* html_again.c -- the foot of the page: the raw files beside it, and how to make them once more. */
#include "bench/report/html_page.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

static void files(struct page *p)
{
	static const struct {
		const char *name, *about;
	} file[] = {
		{ "run.json", "the machine, the plan, the command" },
		{ "samples.ndjson", "every timed run, a row each" },
		{ "summary.csv", "every cell, a row for each regime" },
		{ "findings.csv", "laws, crossings, and what was refused" },
		{ "topology.xml", "the machine as hwloc saw it" },
	};
	char path[PATH_MAX];

	fputs("<h3>Raw files in this folder</h3>\n<ul>\n", p->out);
	for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
		snprintf(path, sizeof path, "%s/%s", p->folder, file[i].name);
		if (access(path, R_OK) == 0)
			html_print(p->out, "<li><a href=\"%s\">%s</a>: %s</li>\n", file[i].name, file[i].name,
				file[i].about);
	}
	fputs("<li><a href=\"charts/\">charts/</a>: every chart as SVG, PNG and PDF, "
		"and the gnuplot script that draws it</li>\n</ul>\n", p->out);
}

/* "manyhands run" is one word of the list and two of a shell's. */
static void first_words(struct page *p, const char *text)
{
	char word[256];

	for (size_t length; *(text += strspn(text, " ")); text += length) {
		length = strcspn(text, " ");
		snprintf(word, sizeof word, "%.*s", (int)length, text);
		html_shell_word(p->out, word);
		putc(' ', p->out);
	}
}

/* The folder that the run was to go to is not asked for again: it is there. */
static bool is_folder(const char *arg, bool *has_value)
{
	*has_value = strcmp(arg, "-o") == 0 || strcmp(arg, "--output") == 0;
	return *has_value || strncmp(arg, "-o", 2) == 0 || strncmp(arg, "--output=", 9) == 0;
}

static void command(struct page *p)
{
	const struct summary *s = p->s;
	bool seeded = false, has_value;

	fputs("<pre class=\"command\"><code>", p->out);
	first_words(p, s->arg[0]);
	for (unsigned i = 1; i < s->args; i++) {
		if (is_folder(s->arg[i], &has_value)) {
			i += has_value;
			continue;
		}
		seeded |= strncmp(s->arg[i], "--seed", 6) == 0;
		html_shell_word(p->out, s->arg[i]);
		putc(' ', p->out);
	}
	if (!seeded)
		fprintf(p->out, "--seed %lu", (unsigned long)s->seed);
	fputs("</code></pre>\n", p->out);
}

void html_again(struct page *p)
{
	fputs("<section id=\"again\"><h2>Raw files, and again</h2>\n", p->out);
	files(p);
	fputs("<h3>Measure it again</h3>\n", p->out);
	if (p->s->args == 0) {
		fputs("<p>run.json does not tell the command.</p>\n</section>\n", p->out);
		return;
	}
	fputs("<p>The same plan in the same shuffled order; the times are the machine&#39;s own.</p>\n", p->out);
	command(p);
	html_print(p->out, "<p>This page, the table and the charts again, without measuring:</p>\n"
		"<pre class=\"command\"><code>manyhands report .</code></pre>\n"
		"<p>Started %s, revision %s, seed %lu.</p>\n</section>\n",
		*p->s->started ? p->s->started : "at a time that is not known",
		*p->s->revision ? p->s->revision : "not known", (unsigned long)p->s->seed);
}
