/* SPDX-License-Identifier: MIT */
/* fuzz_results.c -- whatever stands in a results folder: it is read and told of, or refused in one sentence.
 *
 * An input is a text: run.json, a line "---", samples.ndjson, and, if a second "---" follows, the samples of another
 * run to compare with (else it is compared with itself).  `make fuzz` mutates the inputs, fuzz_replay.c plays what was
 * found again.  Both want a crash, a leak or a sanitizer's word for a failure, and a sentence for a refusal.
 */
#include "bench/report/compare.h"
#include "bench/report/compare_chart.h"
#include "bench/report/csv.h"
#include "bench/report/export.h"
#include "bench/report/findings.h"
#include "bench/report/html.h"
#include "bench/report/table.h"
#include "bench/tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The functions that libFuzzer calls have no state of their own to keep this in. */
static char folder[2][40];
static FILE *nowhere;

static void fail(const char *what)
{
	fprintf(stderr, "fuzz_results: %s\n", what);
	abort();
}

static void remove_folders(void)
{
	char path[128];

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/run.json", folder[i]);
		unlink(path);
		snprintf(path, sizeof path, "%s/samples.ndjson", folder[i]);
		unlink(path);
		rmdir(folder[i]);
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	nowhere = fopen("/dev/null", "we");
	for (int i = 0; i < 2; i++) {
		snprintf(folder[i], sizeof folder[i], "%s/manyhands-fuzz.XXXXXX",
			access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
		if (nowhere == NULL || mkdtemp(folder[i]) == NULL)
			fail("no folder for the inputs");
	}
	atexit(remove_folders);
	return 0;
}

static void put(const char *in, const char *name, const uint8_t *text, size_t size)
{
	char path[128];

	snprintf(path, sizeof path, "%s/%s", in, name);
	FILE *out = fopen(path, "we");
	if (out == NULL || fwrite(text, 1, size, out) != size || fclose(out) != 0)
		fail("an input cannot be written: is /dev/shm full?");
}

/* The part up to the next "---" line, and what is behind it (or NULL). */
static size_t part(const uint8_t *text, size_t size, const uint8_t **rest, size_t *rest_size)
{
	static const char line[] = "\n---\n";
	const uint8_t *at = memmem(text, size, line, sizeof line - 1);

	*rest = at ? at + sizeof line - 1 : NULL;
	*rest_size = at ? (size_t)(text + size - *rest) : 0;
	return at ? (size_t)(at - text) + 1 : size;
}

static void tell(struct summary *s)
{
	const struct charts none = { 0 };
	char why[SUMMARY_WHY] = "";

	if (findings_make(s) < 0)
		fail("no memory for findings");
	table_write(nowhere, s);
	csv_write(nowhere, s);
	html_write(nowhere, folder[0], s, &none, true, "", "");
	for (unsigned format = 0; format < EXPORT_FORMATS; format++)
		if (export_write(nowhere, s, format, why) < 0)
			fail(why);
}

static void compare(const struct summary *a, const struct summary *b)
{
	const struct compare_row *worst;
	char why[SUMMARY_WHY] = "", *script;
	struct compare *c;

	if (compare_make(a, b, true, &c, why) < 0) {
		if (!*why)
			fail("a comparison was refused without a sentence");
		return;
	}
	compare_text(nowhere, c);
	compare_csv(nowhere, c);
	compare_json(nowhere, c);
	compare_regressions(c, 0.05, &worst);
	compare_chart_script(c, "scripts", &script, why);
	free(script);
	compare_free(c);
}

static struct summary *read_folder(const char *name)
{
	char why[SUMMARY_WHY] = "";
	struct summary *s;

	if (summary_read(name, &s, why) == 0)
		return s;
	if (s != NULL || !*why)
		fail("a folder was refused without a sentence");
	for (const char *c = why; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			fail("a sentence has control characters");
	return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *samples, *other = NULL;
	size_t samples_size, other_size = 0, run_size = part(data, size, &samples, &samples_size);

	if (samples != NULL)
		samples_size = part(samples, samples_size, &other, &other_size);
	put(folder[0], "run.json", data, run_size);
	put(folder[0], "samples.ndjson", samples ? samples : data, samples_size);
	struct summary *a = read_folder(folder[0]), *b = NULL;
	if (a == NULL)
		return 0;
	tell(a);
	if (other != NULL) {
		put(folder[1], "run.json", data, run_size);
		put(folder[1], "samples.ndjson", other, other_size);
		b = read_folder(folder[1]);
	}
	compare(a, b ? b : a);
	if (b != NULL)
		compare(b, a);
	summary_free(b);
	summary_free(a);
	return 0;
}
