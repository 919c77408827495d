/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include "bench/check.h"
#include "typed.h"

#include <inttypes.h>
#include <stdlib.h>

/* The first values, as D3 writes them: by type code. */
static void set(char code, void *element, const char *text)
{
	const char *error = typed_set(type_of(code), element, &text);

	if (error)
		die("Value('%c'): %s", code, error);
}

static void *prepare(const struct task *t)
{
	struct arena *a = aligned_alloc(APART, arena_bytes(t));
	char list[8 * MAX_WORKERS] = "[", *end = list + 1;
	size_t count;
	int zero;

	if (!a)
		die("no memory for an array of %u elements", t->workers);
	memset(a, 0, arena_bytes(t));
	set('i', &zero, "0");
	a->total = zero;
	set('d', &a->constant, "3.14");
	for (unsigned i = 1; i <= t->workers; i++)
		end += sprintf(end, "%u%s", i, i < t->workers ? ", " : "]");
	const char *error = typed_list(type_of('i'), a->array, stride_of(t), t->workers, &count, list);
	if (error)
		die("Array('i'): %s", error);
	return a;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct results *found = answer;

	for (unsigned i = 0; i < t->workers; i++) {
		int right = (int)(i + 1 + (t->n + t->workers - 1 - i) / t->workers);
		if (found->element[i] != right) {
			fprintf(why, "element %u: expected %d, found %d", i, right, found->element[i]);
			return false;
		}
	}
	fprintf(why, "expected a total of %" PRIu64 " and 3.14, found %d and %g", t->n, found->total, found->constant);
	return found->total == (int)t->n && found->constant == 3.14;
}

/* D3's table, and its mistake. */
static void show_types(FILE *out)
{
	int matrix[4];
	size_t count;

	fputs("Type code | C Type | Minimum size in bytes\n", out);
	for (unsigned i = 0; i < TYPES; i++)
		fprintf(out, "'%c' | %s | %u\n", types[i].code, types[i].name, types[i].least);
	const char *error = typed_list(type_of('i'), (char *)matrix, sizeof *matrix, 4, &count, "[[1, 2], [3, 4]]");
	fprintf(out, "TypeError: %s\n", error ? error : "none");
}

/* What the document makes, and when nothing was done with it (n = 0) what it says of types. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct results *found = answer;

	fprintf(out, "%d\n%g\n[", found->total, found->constant);
	for (unsigned i = 0; i < t->workers; i++)
		fprintf(out, "%s%d", i > 0 ? ", " : "", found->element[i]);
	fputs("]\n", out);
	if (t->n == 0)
		show_types(out);
}

const struct lesson lesson = {
	.title = "Shared array: own elements, one cache line",
	.unit = "update",
	.source = "D3: Value('i', 0), Value('d', 3.14), Array('i', [1,2,3,4]); the type codes; a list of lists",
	.question = "What do processes see of each other's memory, and why is it slow to write beside somebody else?",
	.n = 20000000, .n_max = 1 << 30,
	.base_ms = 10,  /* elements that share a line take many times as long */
	.params = {
		{ "stride", "byte", 64, 8, APART, .about = "from one worker's element to the next (in whole elements)",
			.sweep = "8,16,32,64,128,256" },
	},
	.examples = {
		{ "D3", 0, 4, { 64 }, "0\n3.14\n[1, 2, 3, 4]\n"
			"Type code | C Type | Minimum size in bytes\n"
			"'b' | signed char | 1\n'B' | unsigned char | 1\n'u' | Py_UNICODE | 2\n"
			"'h' | signed short | 2\n'H' | unsigned short | 2\n"
			"'i' | signed int | 2\n'I' | unsigned int | 2\n"
			"'l' | signed long | 4\n'L' | unsigned long | 4\n"
			"'q' | signed long long | 8\n'Q' | unsigned long long | 8\n"
			"'f' | float | 4\n'd' | double | 8\n"
			"TypeError: an integer is required\n" },
	},
	.prepare = prepare,
	.answer_bytes = results_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork", "private", "fork_pool", "openmp" },
	.charts = { "sweep stride", "time", "speedup", "contention", "timeline", "spread" },
};
