/* SPDX-License-Identifier: MIT */
/* test_html.c -- report.html: foreign text, pictures taken in, and the whole page of folders good and odd.  Run from
 * the top of the repository. */
#include "bench/report/findings.h"
#include "bench/report/html.h"
#include "bench/report/html_svg.h"
#include "bench/report/html_text.h"
#include "bench/base/sha256.h"
#include "bench/report/summary.h"

#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], why[SUMMARY_WHY];

static char *in_folder(const char *name)
{
	static char path[512];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	FILE *out = fopen(in_folder(name), "we");
	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static char *whole(const char *name)
{
	char *text = NULL;
	size_t size = 0;
	FILE *in = fopen(in_folder(name), "re"), *out = in ? open_memstream(&text, &size) : NULL;
	for (int c; in != NULL && (c = getc(in)) != EOF;)
		putc(c, out);
	if (in != NULL) {
		fclose(in);
		fclose(out);
	}
	return text;
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_html.XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(mkdir(in_folder("charts"), 0700), 0);
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static int tear_down(void **state)
{
	(void)state;
	return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void assert_contains(const char *text, const char *piece)
{
	if (text == NULL || strstr(text, piece) == NULL)
		fail_msg("expected \"%s\" in: %.3000s", piece, text ? text : "(nothing)");
}

static void assert_lacks(const char *text, const char *piece)
{
	if (strstr(text, piece) != NULL)
		fail_msg("\"%s\" stands in it", piece);
}

/* ---- is it well-formed? ---- */

struct reader {
	const char *at;
	unsigned depth;
	char open[64][40];
};

static const char *check_reference(const char *at)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#160;" };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strncmp(at, known[i], strlen(known[i])) == 0)
			return at + strlen(known[i]);
	fail_msg("no such reference: %.40s", at);
	return at;
}

static void check_attributes(struct reader *r)
{
	while (r->at += strspn(r->at, " "), *r->at && strchr("/>", *r->at) == NULL) {
		size_t name = strspn(r->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:");
		if (name == 0 || strncmp(r->at + name, "=\"", 2) != 0)
			fail_msg("no attribute: %.60s", r->at);
		if (strncmp(r->at, "on", 2) == 0)
			fail_msg("an event handler: %.60s", r->at);
		for (r->at += name + 2; *r->at != '"'; ) {
			if (*r->at == '<' || *r->at == '\0' || *r->at == '\n')
				fail_msg("in an attribute: %.60s", r->at);
			r->at = *r->at == '&' ? check_reference(r->at) : r->at + 1;
		}
		r->at++;
	}
}

/* A tag; what lies in <style> and <script> is passed over. */
static void check_tag(struct reader *r)
{
	bool closing = *++r->at == '/';
	r->at += closing;
	size_t length = strcspn(r->at, " />\n");
	char name[40];
	snprintf(name, sizeof name, "%.*s", (int)length, r->at);
	r->at += length;
	if (closing) {
		if (r->depth == 0 || strcmp(name, r->open[r->depth - 1]) != 0)
			fail_msg("</%s> closes <%s>", name, r->depth ? r->open[r->depth - 1] : "nothing");
		r->depth--;
	} else {
		check_attributes(r);
		assert_in_range(r->depth, 0, 62);
		if (*r->at == '/')
			r->at++;
		else
			strcpy(r->open[r->depth++], name);
	}
	if (*r->at++ != '>')
		fail_msg("a tag without an end: %.60s", r->at - 20);
	if (!closing && (strcmp(name, "style") == 0 || strcmp(name, "script") == 0))
		r->at = strstr(r->at, "</");
	assert_non_null(r->at);
}

static void assert_well_formed(const char *page)
{
	static const char start[] = "<!DOCTYPE html>\n";
	struct reader r = { .at = page };

	if (strncmp(page, start, strlen(start)) == 0)
		r.at += strlen(start);
	while (*r.at) {
		const char *from = r.at;
		uint32_t c = html_decode(&r.at);
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || c == 0xFFFD || (c >= 0x202A && c <= 0x202E)
			|| (c >= 0x80 && c < 0xA0))
			fail_msg("character %x: %.40s", c, from);
		r.at = from;
		if (c == '<')
			check_tag(&r);
		else if (c == '&')
			r.at = check_reference(from);
		else
			html_decode(&r.at);
	}
	assert_int_equal(r.depth, 0);
}

/* ---- text ---- */

static char *text_of(void (*write)(FILE *, const char *, size_t), const char *text, size_t most)
{
	char *out = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&out, &size);
	write(stream, text, most);
	fclose(stream);
	return out;
}

static void text_never_becomes_markup(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" }, { "plain", "plain" }, { "<script>alert('x')</script>",
			"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" },
		{ "a\" onload=\"b", "a&quot; onload=&quot;b" }, { "&lt;", "&amp;lt;" }, { "\x1b[31m\x07\x7f",
			"?[31m??" },
		{ "\xc2\x9b" "31m", "?31m" }, { "a\u202e" "b\u2066\u200b\ufeff", "a?b???" },
			{ "\u00e9\u4e16\U0001f600", "\u00e9\u4e16\U0001f600" },
		{ "\xff\xfe", "??" }, { "\xc0\xbc", "??" }, { "\xe0\x80\xbc", "???" }, { "\xed\xa0\x80", "???" },
		{ "\xf4\x90\x80\x80", "????" }, { "\xef\xbf\xbf", "?" }, { "\xe4\xb8", "??" }, { "\xf0", "?" },
			{ "a\nb\tc", "a?b?c" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *text = text_of(html_text, pairs[i][0], 100);
		assert_string_equal(text, pairs[i][1]);
		free(text);
	}
}

static void text_is_cut_between_characters(void **state)
{
	(void)state;
	char *text = text_of(html_text, "\u00e9<\u00e9\u00e9", 2);
	assert_string_equal(text, "\u00e9&lt;...");
	free(text);
	text = text_of(html_text, "ab", 2);
	assert_string_equal(text, "ab");
	free(text);
	text = text_of(html_lines, "a\tb\n<\r", 100);
	assert_string_equal(text, "a\tb\n&lt;?");
	free(text);
}

static void a_format_is_markup_and_its_arguments_are_not(void **state)
{
	char *text = NULL;
	size_t size = 0;

	(void)state;
	FILE *out = open_memstream(&text, &size);
	html_print(out, "<b>%s</b> %u %lu %zu %.2f %g %% %s", "<i>%s", 7u, 1234567890123ul, (size_t)5, 1.005, 0.5, "&");
	fclose(out);
	assert_string_equal(text, "<b>&lt;i&gt;%s</b> 7 1234567890123 5 1.00 0.5 % &amp;");
	free(text);
}

static void a_shell_reads_the_words_that_were_typed(void **state)
{
	static const char *const pairs[][2] = {
		{ "--sweep", "--sweep" }, { "a=1,2", "a=1,2" }, { "", "&#39;&#39;" }, { "two words",
			"&#39;two words&#39;" },
		{ "it's", "&#39;it&#39;\\&#39;&#39;s&#39;" }, { "$(x)`y`", "&#39;$(x)`y`&#39;" }, { "<&>",
			"&#39;&lt;&amp;&gt;&#39;" },
		{ "a\nb\\'", "$&#39;a\\x0ab\\\\\\&#39;&#39;" }, { "\u202e", "$&#39;\\xe2\\x80\\xae&#39;" }, { "~",
			"&#39;~&#39;" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *text = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&text, &size);
		html_shell_word(out, pairs[i][0]);
		fclose(out);
		assert_string_equal(text, pairs[i][1]);
		free(text);
	}
}

static void hashes_are_those_of_openssl(void **state)
{
	static const struct {
		size_t size;
		const char *hash;
	} of[] = {
		{ 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }, { 55,
			"n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg=" },
		{ 56, "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o=" },
		{ 64, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs=" },
		{ 1000, "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM=" },
	};
	char many[1000], hash[SHA256_BASE64];

	(void)state;
	memset(many, 'a', sizeof many);
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		sha256_base64(many, of[i].size, hash);
		assert_string_equal(hash, of[i].hash);
	}
	sha256_base64("abc", 3, hash);
	assert_string_equal(hash, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

/* ---- pictures ---- */

static const char *svg_error;

static char *svg(const char *text)
{
	char *out = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&out, &size);
	svg_error = html_svg(stream, text, "c7-", "Sum: <fast>", "Bars & \"dots\"");
	fclose(stream);
	return out;
}

#define ROOT "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height='9' viewBox=\"0 0 9 9\">"
#define NAMED "<svg viewBox=\"0 0 9 9\" role=\"img\" aria-labelledby=\"c7-t c7-d\">" \
	"<title id=\"c7-t\">Sum: &lt;fast&gt;</title>" \
	"<desc id=\"c7-d\">Bars &amp; &quot;dots&quot;</desc>"

static void a_picture_keeps_what_draws(void **state)
{
	static const char *const pairs[][2] = {
		{ "<?xml version='1.0'?><!-- x -->" ROOT "<title>Gnuplot</title>\n<desc>by gnuplot</desc></svg>\n",
			NAMED "</svg>" },
		{ ROOT "<g fill='none'>\n</g><g><g></g></g></svg>", NAMED "</svg>" },
		{ ROOT "<g fill='none'><g/><path d='M1,1  L2,2  '/></g></svg>",
			NAMED "<g fill=\"none\"><path d=\"M1,1 L2,2\"></path></g></svg>" },
		{ ROOT "<text> 0.1 &lt; &amp; \" \u00b5</text></svg>",
			NAMED "<text> 0.1 &lt; &amp; &quot; \u00b5</text></svg>" },
		{ ROOT "<defs><circle id='a' r='1'/><circle id='b' r='1'/></defs><use xlink:href='#a'/></svg>",
			NAMED "<defs><circle id=\"c7-a\" r=\"1\"></circle></defs><use href=\"#c7-a\"></use></svg>" },
		{ ROOT "<rect fill=\"url(#p)\" filter='url(#q)'/></svg>",
			NAMED "<rect fill=\"url(#c7-p)\" filter=\"url(#c7-q)\"></rect></svg>" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *text = svg(pairs[i][0]);
		assert_null(svg_error);
		assert_string_equal(text, pairs[i][1]);
		assert_well_formed(text);
		free(text);
	}
}

static void a_picture_brings_nothing_that_runs_or_is_fetched(void **state)
{
	static const char *const bad[] = {
		"<script>alert(1)</script>", "<style>@import 'http://x'</style>", "<path onload='alert(1)' d='M0,0'/>",
		"<use href='http://x/y#z'/>", "<use xlink:href='data:image/svg+xml,x'/>",
		"<rect fill='url(http://x)'/>",
		"<rect style='fill:red'/>", "<rect fill='URL( http://x)'/>", "<rect fill='u\\72l(http://x)'/>",
		"<rect fill='url(#a) url(http://x)'/>", "<rect class='x' data-x='http://x'/>", "<title>http://</title>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char picture[512];
		snprintf(picture, sizeof picture, "%s%s</svg>", ROOT, bad[i]);
		char *text = svg(picture);
		assert_null(svg_error);
		assert_lacks(text, "http");
		assert_lacks(text, "alert");
		assert_lacks(text, "onload");
		assert_lacks(text, "style");
		assert_lacks(text, "72l");
		assert_lacks(text, "data:");
		assert_well_formed(text);
		free(text);
	}
}

static void a_picture_that_is_none_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "<svg", ROOT, ROOT "<g></svg>", ROOT "</g></svg>", ROOT "</svg></svg>",
			ROOT "</svg>" ROOT "</svg>", "<g></g>",
		ROOT "<path d='</svg>", ROOT "<path d=M/></svg>", ROOT "<path d/></svg>",
		ROOT "<path d='a' d='b'/></svg>",
		ROOT "<foreignObject></foreignObject></svg>", ROOT "<image href='x'/></svg>",
		ROOT "<a href='x'></a></svg>",
		ROOT "<animate/></svg>", ROOT "<script>", ROOT "<!-- </svg>", ROOT "<![CDATA[<b>]]></svg>", "</svg>",
		ROOT "< g></ g></svg>",
		ROOT "<svg></svg></svg>x<",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		free(svg(bad[i]));
		if (svg_error == NULL)
			fail_msg("taken for a picture: %s", bad[i]);
	}
	char *deep = calloc(1, 100000), *at = stpcpy(deep, ROOT);
	for (int i = 0; i < 1000; i++)
		at = stpcpy(at, "<g><path/>");
	free(svg(deep));
	assert_non_null(svg_error);
	free(deep);
}

/* ---- the page ---- */

static char *page(bool drawn, const struct charts *charts)
{
	const struct charts none = { 0 };
	struct summary *s;

	if (summary_read(folder, &s, why) != 0)
		fail_msg("%s", why);
	assert_int_equal(findings_make(s), 0);
	if (html_save(folder, "scripts", s, charts ? charts : &none, drawn, why) != 0)
		fail_msg("%s", why);
	summary_free(s);
	assert_int_equal(access(in_folder(".report.html"), F_OK), -1);
	char *text = whole("report.html");
	assert_non_null(text);
	assert_well_formed(text);
	return text;
}

static const char rich[] = "{\"schema_version\":1,\"run_id\":\"r1\",\"host\":\"lab\",\"seed\":42,\"precision\":0.03,"
	"\"blocks\":7,\"argv\":[\"manyhands run\",\"--sweep\",\"a b=1\",\"-o\",\"x\",\"--output=y\"],"
	"\"kernel\":\"Linux 6\",\"policy\":\"cores\",\"machine\":{\"model\":\"Test CPU\",\"cores\":2,\"pus\":4,"
	"\"hypervisor\":\"kvm\"},\"finished\":true,\"stop_reason\":\"precise\",\"mode\":\"quick\",\"budget_s\":60,"
	"\"notes\":[\"cut\",\"cut\",\"cut\",\"once\"],\"left_out\":[{\"lesson\":\"sum\",\"variant\":\"forks\","
	"\"size\":\"document\",\"workers\":9,\"reason\":\"too slow\"}],\"lessons\":[{\"name\":\"sum\","
	"\"title\":\"Sum: of it\",\"unit\":\"term\",\"question\":\"How much?\",\"source\":\"D1: a\",\"variants\":["
	"{\"name\":\"serial\",\"expect\":\"correct\"},{\"name\":\"threads\",\"expect\":\"correct\"},"
	"{\"name\":\"dead\",\"expect\":\"correct\"},{\"name\":\"race\",\"expect\":\"wrong\"},"
	"{\"name\":\"python_serial\",\"expect\":\"correct\"}],"
	"\"examples\":[{\"source\":\"D1\",\"n\":3,\"workers\":2,\"prints\":\"6\\n\",\"printed\":\"6\\n\"},"
	"{\"source\":\"D2\",\"prints\":\"7\\n\",\"printed\":\"8\\n\"},"
	"{\"source\":\"D3\",\"prints\":\"9\\n\",\"printed\":null}]},"
	"{\"name\":\"empty\",\"title\":\"Empty\",\"unit\":\"x\"}]}";

static void row(FILE *out, const char *variant, const char *size, const char *regime, unsigned workers,
	unsigned block, unsigned order,
	unsigned wall_ns, const char *rest)
{
	fprintf(out, "{\"schema_version\":1,\"block\":%u,\"order\":%u,\"lesson\":\"sum\",\"variant\":\"%s\","
		"\"size\":\"%s\",\"regime\":\"%s\",\"workers\":%u,\"n\":100,\"params\":{},\"is_warmup\":false,",
		block, order, variant, size, regime, workers);
	if (wall_ns > 0)
		fprintf(out, "\"outcome\":\"ok\",\"start_ns\":%u,\"wall_ns\":%u,\"reason\":null}\n",
			block * 1000 + order, wall_ns);
	else
		fprintf(out, "\"wall_ns\":null,%s}\n", rest);
}

static void rich_folder(void)
{
	put("run.json", rich);
	FILE *out = fopen(in_folder("samples.ndjson"), "we");
	assert_non_null(out);
	for (unsigned b = 0; b < 7; b++) {
		row(out, "serial", "measured", "warm", 1, b, 0, 1000000 + b, NULL);
		row(out, "threads", "measured", "warm", 2, b, 1, 500000 + b * 100, NULL);
		row(out, "threads", "measured", "cold", 2, b, 1, 1500000 + b * 100, NULL);
		row(out, "race", "measured", "warm", 2, b, 2, 0, "\"outcome\":\"wrong\",\"reason\":\"lost 3 <b>\"");
		row(out, "dead", "measured", "warm", 2, b, 3, 0, "\"outcome\":\"died\",\"reason\":\"signal 11\"");
		row(out, "serial", "document", "warm", 1, b, 4, 2000 + b, NULL);
		row(out, "threads", "document", "warm", 2, b, 5, 1000 + b, NULL);
		row(out, "python_serial", "document", "warm", 1, b, 6, 20000 + 10 * b, NULL);
	}
	fclose(out);
}

static void the_page_tells_what_the_run_was(void **state)
{
	(void)state;
	rich_folder();
	char *text = page(true, NULL);
	for (const char *const *piece = (const char *const[]){ "<html lang=\"en\"", "<dd>Test CPU</dd>",
		"2 cores, 4 PUs (hardware threads)", "<dd>kvm</dd>", "<dd>Linux 6</dd>", "<dd>42</dd>",
		"quick, intervals of ±3 %, budget 60 s", "1 of 1 speedups (warm, measured size)", "ended: precise",
		"sum, dead, p = 2: <strong class=\"failed\">died 7/7</strong>: signal 11",
		"sum, forks, p = 9 (document&#39;s size): too slow",
		"<li>cut (3 times)</li>", "<li>once</li>", "<a href=\"#lesson-sum\">Sum</a>", "id=\"lesson-sum\"",
		"<p class=\"question\">How much?</p>", "From the documents: D1: a",
		"<tr data-verdict=\"faster\"><td>sum</td><th scope=\"row\">threads</th>"
		"<td class=\"n\" data-v=\"2\">2</td><td>measured</td>",
		"Nothing was measured of this lesson.", "--sweep &#39;a b=1&#39; --seed 42</code>",
		NULL }; *piece != NULL; piece++)
		assert_contains(text, *piece);
	for (const char *const *piece = (const char *const[]){ "href=\"http", "src=", "url(", "@import",
		NULL }; *piece; piece++)
		assert_lacks(text, *piece);
	free(text);
}

static void mistakes_and_originals_stand_apart(void **state)
{
	(void)state;
	rich_folder();
	char *text = page(true, NULL), *wrong = strstr(text, "<h3>Wrong on purpose</h3>"), *original;
	assert_non_null(wrong);
	assert_contains(wrong, "<th scope=\"row\">race</th>");
	assert_contains(wrong, "<td class=\"broken\">wrong 7/7</td><td>lost 3 &lt;b&gt;</td>");
	assert_null(strstr(strstr(text, "<h3>Figures</h3>"), "race</th>") < wrong ? "in the figures" : NULL);
	assert_non_null(original = strstr(text, "<h3>Python&#39;s original</h3>"));
	assert_contains(original, "as fast as python_serial, p = 1</th>");
	original = strstr(original, "threads</th>");
	assert_contains(original, "\">19.9");         /* 20 000 over 1 000 and a little, with its interval */
	assert_contains(original, "<small>[19.9");
	assert_contains(text, "6\n</pre></td><td class=\"faster\">the same</td>");
	assert_contains(text, "<pre>8\n</pre></td><td class=\"failed\">it differs</td>");
	assert_contains(text, "<td>nothing</td><td class=\"unclear\">not known</td>");
	assert_lacks(text, "was not measured: <code>");
	assert_contains(text, "wrong on purpose <small>a file that shows a mistake: never a speedup</small></th>"
		"<td class=\"n\">1</td>");
	free(text);
}

static void the_same_folder_gives_the_same_page(void **state)
{
	(void)state;
	rich_folder();
	char *first = page(true, NULL), *second = page(true, NULL);
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void charts_stand_on_the_page_or_say_why_not(void **state)
{
	struct chart chart[] = {
		{ .name = "sum-a", .kind = "time", .argument = "", .heading = "Time", .about = "Bars.",
			.title = "Sum: it is <x>",
			.script = (char[]){ "s" } },
		{ .name = "sum-b", .kind = "sweep", .argument = "a<b", .heading = "Sweep", .about = "Lines.",
			.title = "no <b>" },
		{ .name = "sum-c", .kind = "time", .argument = "", .heading = "Time", .about = "Bars.",
			.title = "Sum: gone",
			.script = (char[]){ "s" } },
		{ .name = "sum-d", .kind = "time", .argument = "", .heading = "Time", .about = "Bars.",
			.title = "Sum: bad",
			.script = (char[]){ "s" } },
		{ .name = "sum-a", .kind = "speedup", .argument = "", .heading = "Again", .about = "Bars.",
			.title = "Sum: best",
			.script = (char[]){ "s" } },
	};
	const struct charts charts = { .count = sizeof chart / sizeof *chart, .chart = chart };

	(void)state;
	rich_folder();
	put("charts/sum-a.svg", ROOT "<defs><circle id='p' r='1'/></defs><use xlink:href='#p'/></svg>");
	put("charts/sum-d.svg", ROOT "<foreignObject/></svg>");
	char *text = page(true, &charts);
	assert_contains(text, "<use href=\"#c0-p\"></use>");
	assert_contains(text, "<use href=\"#c4-p\"></use>");
	assert_contains(text, "<title id=\"c0-t\">Sum: it is &lt;x&gt;</title><desc id=\"c0-d\">Bars.</desc>");
	assert_contains(text, "<h4>Sweep: a&lt;b</h4>\n<p class=\"note\">Not drawn: no &lt;b&gt;.</p></figure>");
	assert_contains(text, "not shown here: gnuplot did not make it.");
	assert_contains(text, "not shown here: it holds something that a chart has no need of.");
	assert_contains(text, "Sum</a></th><td>best</td>");    /* the finding of the speedup heads the page */
	assert_contains(text, "<a href=\"charts/sum-a.png\">png</a>");
	free(text);
	text = page(false, &charts);
	assert_contains(text, "Not drawn: there was no gnuplot.");
	assert_lacks(text, "<svg");
	assert_lacks(text, ".png\"");
	free(text);
}

static void a_picture_that_is_no_file_or_too_large_is_left_out(void **state)
{
	struct chart chart = { .name = "sum-a", .kind = "time", .argument = "", .heading = "Time", .about = "Bars.",
		.title = "Sum: x", .script = (char[]){ "s" } };
	const struct charts charts = { .count = 1, .chart = &chart };

	(void)state;
	rich_folder();
	assert_int_equal(mkfifo(in_folder("charts/sum-a.svg"), 0600), 0);
	char *text = page(true, &charts);
	assert_contains(text, "it cannot be read");
	free(text);
	assert_int_equal(unlink(in_folder("charts/sum-a.svg")), 0);
	put("charts/sum-a.svg", ROOT "</svg>");
	assert_int_equal(truncate(in_folder("charts/sum-a.svg"), 5 << 20), 0);
	text = page(true, &charts);
	assert_contains(text, "it is too large for this page");
	free(text);
}

/* ---- odd folders ---- */

static void a_folder_without_rows_gives_an_honest_page(void **state)
{
	(void)state;
	put("run.json", "{\"schema_version\":1}");
	put("samples.ndjson", "");
	char *text = page(true, NULL);
	assert_contains(text, "Nothing was measured: samples.ndjson has no row.");
	assert_contains(text, "There is no lesson in this folder.");
	assert_contains(text, "run.json does not tell the command.");
	assert_contains(text, "it did not come to its end");
	assert_contains(text, "<h1>A run without a name</h1>");
	free(text);
	put("run.json", rich);
	text = page(false, NULL);
	assert_contains(text, "Nothing was measured of this lesson.");
	assert_contains(text, "race is wrong on purpose, and was not measured: <code>manyhands show sum</code>");
	assert_lacks(text, "threads is wrong");
	free(text);
}

static void a_run_in_which_nothing_succeeded_says_so(void **state)
{
	(void)state;
	put("run.json", rich);
	FILE *out = fopen(in_folder("samples.ndjson"), "we");
	row(out, "serial", "measured", "warm", 1, 0, 0, 0, "\"outcome\":\"hung\",\"reason\":\"at the deadline\"");
	row(out, "threads", "measured", "warm", 2, 0, 1, 0, "\"outcome\":\"skipped\",\"reason\":\"no threads here\"");
	fclose(out);
	char *text = page(true, NULL);
	assert_contains(text, "serial has no time here, so nothing has a speedup");
	assert_contains(text, "<tr data-verdict=\"failed\">");
	assert_contains(text, "<tr data-verdict=\"skipped\">");
	assert_contains(text, "no speedup has an interval: that needs 6 blocks");
	assert_lacks(text, "nan");
	free(text);
}

#define EVIL "x'\\\"</script><script>alert(1)</script>]]>--><!--\\u001b[31m\\u202e\\u009b2J&lt;&#60;%s%n\\ufffe"

static void hostile_names_stay_names(void **state)
{
	(void)state;
	put("run.json", "{\"schema_version\":1,\"run_id\":\"" EVIL "\",\"host\":\"" EVIL "\",\"kernel\":\"" EVIL "\","
		"\"argv\":[\"manyhands run; " EVIL "\",\"" EVIL "\"],"
		"\"machine\":{\"model\":\"" EVIL "\",\"hypervisor\":\"" EVIL "\"},"
		"\"stop_reason\":\"" EVIL "\",\"mode\":\"" EVIL "\",\"notes\":[\"" EVIL "\"],\"twin\":\"" EVIL "\","
		"\"left_out\":[{\"lesson\":\"" EVIL "\",\"variant\":\"" EVIL "\",\"workers\":1,"
		"\"reason\":\"" EVIL "\"}],\"lessons\":[{\"name\":\"" EVIL "\",\"title\":\"" EVIL "\","
		"\"unit\":\"" EVIL "\",\"question\":\"" EVIL "\",\"source\":\"" EVIL "\",\"examples\":["
		"{\"source\":\"" EVIL "\",\"workers\":1,\"prints\":\"" EVIL "\",\"printed\":\"" EVIL "\"}]}]}");
	FILE *out = fopen(in_folder("samples.ndjson"), "we");
	for (unsigned b = 0; b < 7; b++)
		for (int i = 0; i < 3; i++)
			fprintf(out, "{\"schema_version\":1,\"block\":%u,\"order\":%d,\"lesson\":\"%s\","
				"\"variant\":\"%s\",\"size\":\"%s\",\"regime\":\"warm\",\"workers\":1,\"n\":1,"
				"\"params\":{\"%s\":1e308},\"is_warmup\":false,\"outcome\":\"%s\",\"start_ns\":1,"
				"\"wall_ns\":%d,\"reason\":\"%s\"}\n", b, i, EVIL, i == 0 ? "serial" : EVIL,
				i == 2 ? "document" : "measured", EVIL, i == 2 ? "died" : "ok", 5 + i, EVIL);
	fclose(out);
	char *text = page(true, NULL);
	assert_contains(text, "&lt;/script&gt;&lt;script&gt;alert(1)");
	assert_lacks(text, "<script>alert");
	assert_lacks(text, "id=\"lesson-x");
	assert_contains(text, "id=\"lesson.0\"");
	assert_ptr_equal(strstr(text, "<script>"), strstr(text, "<script>//<![CDATA["));
	assert_contains(text, "manyhands &#39;run;&#39;");
	free(text);
}

static void a_page_takes_only_so_many_rows(void **state)
{
	(void)state;
	put("run.json", rich);
	FILE *out = fopen(in_folder("samples.ndjson"), "we");
	for (unsigned w = 1; w <= 5000; w++)
		row(out, "threads", "measured", "warm", w, 0, w, 1000, NULL);
	fclose(out);
	char *text = page(true, NULL);
	assert_contains(text, "<caption>All cells, 5000 rows</caption>");
	assert_contains(text, "These are the first 4000 of 5000 rows; <a href=\"summary.csv\">");
	assert_contains(text, "These are the first 500 of 5000;");
	assert_contains(text, "data-v=\"4000\">4000<");
	assert_lacks(text, "data-v=\"4001\">4001<");
	free(text);
}

static void a_law_that_was_not_fitted_is_told_once(void **state)
{
	(void)state;
	rich_folder();
	FILE *out = fopen(in_folder("samples.ndjson"), "ae");
	for (unsigned b = 0; b < 7; b++)
		row(out, "forks", "measured", "warm", 2, b, 7, 600000 + b * 100, NULL);
	fclose(out);
	char *text = page(true, NULL), *told = strstr(text, "Amdahl&#39;s law is not fitted.");
	assert_non_null(told);
	assert_null(strstr(told + 1, "Amdahl&#39;s law is not fitted."));
	assert_contains(told, " (threads and others)</li>");
	assert_contains(text, "<li>threads, p = 2: ");         /* e(p) of what gains anything */
	free(text);
}

/* ---- the file ---- */

static void a_page_is_never_half_written(void **state)
{
	const struct charts none = { 0 };
	struct summary *s;

	(void)state;
	rich_folder();
	put("report.html", "old");
	assert_int_equal(mkdir(in_folder(".report.html"), 0700), 0);
	assert_int_equal(summary_read(folder, &s, why), 0);
	assert_true(html_save(folder, "scripts", s, &none, true, why) < 0);
	assert_contains(why, "cannot write");
	assert_contains(why, "report.html");
	char *text = whole("report.html");
	assert_string_equal(text, "old");
	free(text);
	assert_int_equal(rmdir(in_folder(".report.html")), 0);
	assert_int_equal(unlink(in_folder("report.html")), 0);
	assert_int_equal(mkdir(in_folder("report.html"), 0700), 0);
	assert_true(html_save(folder, "scripts", s, &none, true, why) < 0);
	assert_int_equal(access(in_folder(".report.html"), F_OK), -1);
	summary_free(s);
}

static void style_and_script_are_needed_and_looked_at(void **state)
{
	const struct charts none = { 0 };
	struct summary *s;

	(void)state;
	rich_folder();
	assert_int_equal(summary_read(folder, &s, why), 0);
	assert_int_equal(html_save(folder, folder, s, &none, true, why), -EIO);         /* -ENOENT is gnuplot's */
	assert_contains(why, "report.css into report.html: No such file");
	put("report.css", "p { color: red } </style><script>");
	put("report.js", "1");
	assert_int_equal(html_save(folder, folder, s, &none, true, why), -EINVAL);
	assert_contains(why, "report.css");
	put("report.css", "");
	assert_int_equal(html_save(folder, folder, s, &none, true, why), 0);
	char *text = whole("report.html");
	assert_contains(text, "script-src &#39;sha256-");
	assert_contains(text, "<script>//<![CDATA[\n1//]]></script>");
	free(text);
	summary_free(s);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		TEST(text_never_becomes_markup),
		TEST(text_is_cut_between_characters),
		TEST(a_format_is_markup_and_its_arguments_are_not),
		TEST(a_shell_reads_the_words_that_were_typed),
		TEST(hashes_are_those_of_openssl),
		TEST(a_picture_keeps_what_draws),
		TEST(a_picture_brings_nothing_that_runs_or_is_fetched),
		TEST(a_picture_that_is_none_is_refused),
		TEST(the_page_tells_what_the_run_was),
		TEST(mistakes_and_originals_stand_apart),
		TEST(the_same_folder_gives_the_same_page),
		TEST(charts_stand_on_the_page_or_say_why_not),
		TEST(a_picture_that_is_no_file_or_too_large_is_left_out),
		TEST(a_folder_without_rows_gives_an_honest_page),
		TEST(a_run_in_which_nothing_succeeded_says_so),
		TEST(hostile_names_stay_names),
		TEST(a_page_takes_only_so_many_rows),
		TEST(a_law_that_was_not_fitted_is_told_once),
		TEST(a_page_is_never_half_written),
		TEST(style_and_script_are_needed_and_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
