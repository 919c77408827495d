/* SPDX-License-Identifier: MIT */
/* report.c -- what a sanitizer found, in a student's words.  See report.h.
 *
 * A report is a line that says what happened, and stacks: a line that says of whom, and frames "#0 ... work mine.c:12".
 * Of each stack the first frame counts that lies in the answer's own file: it is there that something can be changed.
 */
#include "bench/grade/report.h"

#include "bench/base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { PLACE = 160, WORD = 96 };

/* Where a stack passes the answer. */
struct stack { char head[PLACE], place[PLACE]; };

/* One line, without its end; false after the last. */
static bool next_line(const char **text, char *line, size_t size)
{
	if (!**text)
		return false;
	size_t length = strcspn(*text, "\n"), kept = length < size - 1 ? length : size - 1;
	memcpy(line, *text, kept);
	line[kept] = '\0';
	*text += length + ((*text)[length] == '\n');
	return true;
}

/* "solve._omp_fn.0" and ".omp_outlined._debug__" are what compilers make of a parallel region. */
static const char *function_name(char *name)
{
	if (strstr(name, "_omp_fn") || strstr(name, "omp_outlined"))
		return "the parallel region";
	return name;
}

/* "    #1 0x55d in work /tmp/mine.c:39:26 (...)" into "work() at mine.c:39".  False: no frame, or of another file. */
static bool read_frame(const char *line, const char *file, char *place)
{
	char function[WORD], path[512];
	const char *at = line + strspn(line, " ");
	unsigned number;
	int used = 0;

	if (sscanf(at, "#%u %n", &number, &used) != 1 || used == 0)
		return false;
	at += used;
	if (strncmp(at, "0x", 2) == 0) {
		at = strstr(at, " in ");
		if (!at)
			return false;
		at += 4;
	}
	if (sscanf(at, "%95s %511[^:]:%u", function, path, &number) != 3)
		return false;
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	if (strcmp(name, file) != 0)
		return false;
	const char *words = function_name(function);
	snprintf(place, PLACE, "%s%s at %s:%u", words, words == function ? "()" : "", file, number);
	return true;
}

static bool is_frame(const char *line)
{
	return line[strspn(line, " ")] == '#';
}

/* The k-th stack after `text` whose head begins with one of the words; its place is "" when it misses the answer. */
static bool find_stack(const char *text, const char *const *heads, unsigned k, const char *file, struct stack *s)
{
	char line[1024];
	bool inside = false;

	*s = (struct stack){ 0 };
	while (next_line(&text, line, sizeof line)) {
		const char *begin = line + strspn(line, " ");
		if (is_frame(line)) {
			if (inside && !s->place[0])
				read_frame(line, file, s->place);
			continue;
		}
		if (inside)
			return true;
		for (unsigned i = 0; heads[i] && !inside; i++)
			inside = strncmp(begin, heads[i], strlen(heads[i])) == 0 && k-- == 0;
		if (inside)
			snprintf(s->head, sizeof s->head, "%s", begin);
	}
	return inside;
}

static const char *place_of(const struct stack *s)
{
	return s->place[0] ? s->place : "a place outside of your file";
}

/* ---- thread sanitizer ---- */

static const char *const accesses[] = { "Write of", "Read of", "Atomic write of", "Atomic read of", "Previous", NULL };

/* "Write of size 8 at 0x7f by thread T2" -> "writes 8 bytes", "Previous read of ..." -> "read 8 bytes". */
static void access_words(const char *head, char *out, size_t size)
{
	const char *bytes = strstr(head, "of size ");
	bool writes = strstr(head, "rite of"), before = strncmp(head, "Previous", 8) == 0;
	int count = 0;

	if (bytes)
		sscanf(bytes + 8, "%d", &count);
	snprintf(out, size, "%s %d byte%s", writes ? before ? "wrote" : "writes" : before ? "had read" : "reads", count,
		count == 1 ? "" : "s");
}

/* "  Location is global 'count' of size 8 at ..." -> " (the global 'count')" */
static void location_words(const char *text, char *out, size_t size)
{
	const char *at = strstr(text, "Location is ");
	char name[WORD];

	out[0] = '\0';
	if (at && sscanf(at, "Location is global '%95[^']'", name) == 1)
		snprintf(out, size, " (the global '%s')", name);
	else if (at && strncmp(at, "Location is stack", 17) == 0)
		snprintf(out, size, " (a local variable of the thread that made the others)");
	else if (at && strncmp(at, "Location is heap", 16) == 0)
		snprintf(out, size, " (memory from malloc or calloc)");
}

static void read_race(const char *text, const char *file, struct report *r)
{
	struct stack one, two;
	char first[WORD], second[WORD], where[WORD + 32];

	find_stack(text, accesses, 0, file, &one);
	find_stack(text, accesses, 1, file, &two);
	access_words(one.head, first, sizeof first);
	access_words(two.head, second, sizeof second);
	location_words(text, where, sizeof where);
	r->cause = CAUSE_RACE;
	snprintf(r->seen, sizeof r->seen,
		"two threads use the same memory%s at once: one %s in %s; another %s there, in %s",
		where, first, place_of(&one), second, place_of(&two));
}

static void read_threads(const char *text, const char *file, struct report *r)
{
	static const struct { const char *words; enum cause cause; const char *seen; } kinds[] = {
		{ "lock-order-inversion", CAUSE_LOCK_ORDER,
			"two locks are taken in one order here and in the other there" },
		{ "unlock of an unlocked", CAUSE_LOCK_MISUSE, "a lock is unlocked that is not locked" },
		{ "double lock", CAUSE_LOCK_MISUSE, "a thread locks a lock that it holds already" },
		{ "destroy of a locked", CAUSE_LOCK_MISUSE, "a lock is destroyed while somebody holds it" },
		{ "unlock by", CAUSE_LOCK_MISUSE, "a lock is unlocked by a thread that did not lock it" },
		{ "thread leak", CAUSE_UNJOINED, "a thread was never joined" },
		{ "heap-use-after-free", CAUSE_FREED, "memory is used after it was freed" },
		{ "use of an invalid mutex", CAUSE_LOCK_MISUSE, "a lock is used before it was made, or after its end" },
	};
	char line[1024], place[PLACE] = "", head[WORD] = "something that is not in our list";
	const char *rest = text;

	while (!place[0] && next_line(&rest, line, sizeof line))
		if (is_frame(line))
			read_frame(line, file, place);
	r->cause = CAUSE_SANITIZER;
	sscanf(text, "WARNING: ThreadSanitizer: %95[^(\n]", head);
	for (size_t end = strlen(head); end > 0 && head[end - 1] == ' '; end--)
		head[end - 1] = '\0';
	snprintf(r->seen, sizeof r->seen, "the thread sanitizer says: %s", head);
	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(head, kinds[i].words, strlen(kinds[i].words)) == 0) {
			r->cause = kinds[i].cause;
			snprintf(r->seen, sizeof r->seen, "%s", kinds[i].seen);
		}
	size_t length = strlen(r->seen);
	snprintf(r->seen + length, sizeof r->seen - length, "; see %s", place[0] ? place : "the report below");
}

/* ---- address and leak sanitizers ---- */

static void read_address(const char *text, const char *file, struct report *r)
{
	static const struct { const char *words; enum cause cause; const char *seen; } kinds[] = {
		{ "heap-buffer-overflow", CAUSE_BOUNDS, "memory past the end of what malloc or calloc gave is used" },
		{ "stack-buffer-overflow", CAUSE_BOUNDS, "memory past the end of a local array is used" },
		{ "stack-buffer-underflow", CAUSE_BOUNDS, "memory before the begin of a local array is used" },
		{ "global-buffer-overflow", CAUSE_BOUNDS, "memory past the end of a global is used" },
		{ "dynamic-stack-buffer-overflow", CAUSE_BOUNDS, "memory past the end of a local array is used" },
		{ "heap-use-after-free", CAUSE_FREED, "memory is used after it was freed" },
		{ "stack-use-after-return", CAUSE_FREED, "a local variable is used after its function returned" },
		{ "stack-use-after-scope", CAUSE_FREED, "a local variable is used after its block ended" },
		{ "attempting double-free", CAUSE_FREED, "memory is freed twice" },
		{ "attempting free", CAUSE_FREED, "what is freed never came from malloc or calloc" },
		{ "SEGV", CAUSE_POINTER, "a pointer is followed that leads nowhere" },
		{ "BUS", CAUSE_POINTER, "memory is used that is not there (past the end of a mapped file, say)" },
		{ "stack-overflow", CAUSE_POINTER, "the stack is full: too large an array, or a call without end" },
	};
	char head[WORD] = "an error that is not in our list", line[1024], place[PLACE] = "";
	const char *rest = text;

	while (!place[0] && next_line(&rest, line, sizeof line))
		if (is_frame(line))
			read_frame(line, file, place);
	sscanf(text, "ERROR: AddressSanitizer: %95[^(\n]", head);
	r->cause = CAUSE_SANITIZER;
	const char *seen = head;
	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(head, kinds[i].words, strlen(kinds[i].words)) == 0) {
			r->cause = kinds[i].cause;
			seen = kinds[i].seen;
		}
	snprintf(r->seen, sizeof r->seen, "%s, in %s", seen, place[0] ? place : "a place outside of your file");
}

static void read_leak(const char *text, const char *file, struct report *r)
{
	static const char *const heads[] = { "Direct leak of", "Indirect leak of", NULL };
	struct stack s;
	unsigned bytes = 0, objects = 0;

	find_stack(text, heads, 0, file, &s);
	sscanf(s.head, "%*s leak of %u byte(s) in %u object(s)", &bytes, &objects);
	r->cause = CAUSE_MEMORY;
	snprintf(r->seen, sizeof r->seen, "%u byte%s in %u piece%s were never freed; they were asked for in %s", bytes,
		bytes == 1 ? "" : "s", objects, objects == 1 ? "" : "s", place_of(&s));
}

/* ---- undefined behaviour: "mine.c:12:9: runtime error: signed integer overflow: ..." ---- */

static void read_undefined(const char *said, const char *found, const char *file, struct report *r)
{
	const char *begin = found, *rest = found;
	char line[1024], place[PLACE] = "", path[512] = "", what[400] = "";
	unsigned number = 0;

	while (begin > said && begin[-1] != '\n')
		begin--;
	if (sscanf(begin, "%511[^:]:%u", path, &number) == 2) {
		const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
		if (strcmp(name, file) == 0)
			snprintf(place, sizeof place, "%s:%u", file, number);
	}
	sscanf(found, "runtime error: %399[^\n]", what);
	next_line(&rest, line, sizeof line);
	while (!place[0] && next_line(&rest, line, sizeof line) && is_frame(line))
		read_frame(line, file, place);
	r->cause = CAUSE_UNDEFINED;
	snprintf(r->seen, sizeof r->seen, "%s: %s", place[0] ? place : "called from your file", what);
}

bool report_read(const char *said, const char *file, struct report *r)
{
	const char *thread = strstr(said, "WARNING: ThreadSanitizer: "), *leak = strstr(said, "ERROR: LeakSanitizer: ");
	const char *address = strstr(said, "ERROR: AddressSanitizer: "), *undefined = strstr(said, "runtime error: ");

	*r = (struct report){ .cause = CAUSE_SANITIZER };
	if (thread && strncmp(thread + 26, "data race", 9) == 0)
		read_race(thread, file, r);
	else if (thread)
		read_threads(thread, file, r);
	else if (undefined && (!address || undefined < address))
		read_undefined(said, undefined, file, r);
	else if (address)
		read_address(address, file, r);
	else if (leak)
		read_leak(leak, file, r);
	else
		return false;
	text_clean(r->seen);
	return true;
}
