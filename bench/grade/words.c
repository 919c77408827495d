/* SPDX-License-Identifier: MIT */
/* words.c -- what a student is told.  See words.h.  The one place for these texts. */
#include "bench/grade/words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct words { const char *expected, *why, *advice; };

static const struct words words[CAUSES] = {
	[CAUSE_NO_FILE] = {
		"an answer in this file",
		"Without an answer there is nothing to grade.",
		"`make lab LESSON=...` puts a skeleton there to begin with, and never overwrites a file." },
	[CAUSE_COMPILER] = {
		"that the compiler builds it, and has no warning",
		"A warning in concurrent code is often the bug itself; here it counts as an error.",
		"Start with the first message: the others are often its echo." },
	[CAUSE_EXPORTS] = {
		"that the file exports `variant`, and nothing else",
		"An answer is linked with the harness, whose names it must not take.",
		"Write `static` before every other function and variable of the file." },
	[CAUSE_FORBIDDEN] = {
		"that the answer uses the mechanism that the lab asks for, and only what goes with it",
		"The lab is about this mechanism; another way may be right, and is not the exercise.",
		"Read in the lab's README which calls it asks for, and build the answer from these." },
	[CAUSE_NO_WORKERS] = {
		"as many workers as asked for, each between worker_enter(i) and worker_leave(i)",
		"Work is shared only if there is somebody to share it with.",
		"Call worker_enter(i) first and worker_leave(i) last in each worker, i from 0 to workers - 1." },
	[CAUSE_SAME_WORKER] = {
		"that every worker is a thread or process of its own",
		"Two numbers for one worker do no more than one.",
		"Make all workers first, and wait for the first of them only after the last has been made." },
	[CAUSE_WRONG_KIND] = {
		"workers of the kind that the lab asks for",
		"Threads share all memory, processes none: what has to be done to bring results home is not the same.",
		"Compare with the variant of the lesson that is named after the mechanism." },
	[CAUSE_MAIN_WORKS] = {
		"that the workers are created, and that the caller only waits for them",
		"The caller has to be free to create, to collect and to clean up.",
		"Create all of the workers, also the one with number 0." },
	[CAUSE_IDLE] = {
		"that every worker does its part of the work",
		"Workers that look on cost what a worker costs, and save nothing.",
		"Print each worker's range, or count its items, and look who gets how many." },
	[CAUSE_WRONG] = {
		"the right answer for every size, with any number of workers",
		"This run had one core and nobody in its way, and came out the same again and again: it is hardly a "
			"race, but what each worker was told to do, or not told to wait for.",
		"Go through this size by hand, step by step: what does worker 0 do, what the last one?  Is anything "
			"done twice, or by nobody?" },
	[CAUSE_DIED] = {
		"that the program comes to its end and reports its answer",
		"A worker that dies takes its result along, and often the others' too.",
		"Run the command below in gdb, or under valgrind: it stops where it dies." },
	[CAUSE_SOMETIMES] = {
		"the right answer every time, in whatever order the workers run",
		"The same program was right before: the answer depends on who comes first.  "
			"It would fail a user one day, and nobody could say why.",
		"Find what two workers write, or one writes and another reads.  Make it private and bring it together "
			"at the end, or put a lock around it that all of them take." },
	[CAUSE_DIED_SOMETIMES] = {
		"that the program comes to its end every time, in whatever order the workers run",
		"It did before: only the order is new.  Something is used before it is there, or after it is gone.",
		"Ask for everything that workers share: who makes it, who uses it last, and who knows that?" },
	[CAUSE_RACE] = {
		"that two threads never touch the same memory, one of them writing, without something that orders them",
		"This is a data race.  In C it has no meaning at all: the compiler may do anything with it, also where "
			"the answer has been right so far.",
		"Take the same lock around both places, or make it atomic, or give each thread its own and join the "
			"threads before you read it." },
	[CAUSE_LOCK_ORDER] = {
		"that all threads take locks in the same order",
		"When one thread holds A and wants B, and another holds B and wants A, both wait for ever.",
		"Give the locks an order, by number or by address, and always take the smaller one first." },
	[CAUSE_LOCK_MISUSE] = {
		"that a lock is unlocked once, by the thread that locked it, and destroyed when nobody holds it",
		"An unlock too many opens the lock for a thread that is still inside.",
		"For each lock, find its one unlock on every path, the early returns too." },
	[CAUSE_UNJOINED] = {
		"that every thread is joined",
		"A thread that nobody joins may still run when what it uses is gone.",
		"Join as many threads as were created, before solve() returns." },
	[CAUSE_BOUNDS] = {
		"that only memory which is there is read and written",
		"What lies beyond the end belongs to something else, which is now damaged.",
		"Print the index and the size of the array just before this line." },
	[CAUSE_FREED] = {
		"that memory is not used after it was freed",
		"By then it may be somebody else's.",
		"Free it where its last user is done: after the join, not before." },
	[CAUSE_POINTER] = {
		"that every pointer points to something when it is used",
		"What it pointed to is not mapped: the program ends there.",
		"Look where this pointer gets its value, and when: before the worker starts?" },
	[CAUSE_UNDEFINED] = {
		"operations that C gives a meaning to",
		"Where it gives none, the compiler may assume that it never happens, "
			"and the program means something else.",
		"Look at the values on this line: which of them is out of the range of its type?" },
	[CAUSE_SANITIZER] = {
		"that the sanitizers find nothing",
		"What they find is an error even where the answer is right.",
		"Read the first line of the report, and look at the place that it names." },
	[CAUSE_MEMORY] = {
		"that all memory is given back",
		"solve() is called again and again: what it keeps each time fills the memory in the end.",
		"Free it once nobody needs it, after the last worker is joined." },
	[CAUSE_LEFT] = {
		"that nothing is left when solve() and stop() are done: "
			"no process, thread, descriptor or shared memory",
		"What is left behind is held until the program ends, or longer, and one day there is no more of it.",
		"Write beside each fork, pthread_create, pipe, open, shm_open and mmap the line that undoes it." },
	[CAUSE_HUNG] = {
		"that the program ends",
		"Somebody waits for what never comes.",
		"Ask of every wait: who ends it, and can that one get there?  "
			"Look at early returns and at ends of pipes that are still open." },
	[CAUSE_ENDLESS] = {
		"that the program ends",
		"Nobody is stuck: a loop goes on and on, because its end never comes or because it waits by looking "
			"again and again.",
		"Ask of every loop what ends it, with this n and these workers.  Where one waits, let it sleep: in a "
			"lock, a condition or a read." },
	[CAUSE_SLOW] = {
		"about the speed of the model answer",
		"The answer is right, but some of its workers wait: for work, for a lock, or for the slowest of them.",
		"Ask who is done first and what that worker does then.  "
			"Is the work shared evenly, and how often is a lock taken?" },
	[CAUSE_KEEPS] = {
		"that every solve computes its answer",
		"What is kept from an earlier solve is not computed faster, and would be wrong for the next problem.",
		"Look for static variables that outlive solve(): give each solve its own, and free it at the end." },
	[CAUSE_CLOCK] = {
		"that a run takes as long as its rows say",
		"The times of the solves are taken inside of the program; the clock outside saw others.",
		"Do all the work in solve(), and leave the harness's clock and its descriptor 3 alone." },
};

void words_find(struct finding *f, enum cause cause, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (vasprintf(&f->seen, format, args) < 0)
		f->seen = NULL;
	va_end(args);
	f->expected = strdup(words[cause].expected);
	f->why = strdup(words[cause].why);
	f->advice = strdup(words[cause].advice);
}
