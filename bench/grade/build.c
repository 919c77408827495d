/* SPDX-License-Identifier: MIT */
/* build.c -- an answer made into programs.  See build.h.
 *
 * The answer's own file is compiled through untrusted_run(); the harness's parts by make, which knows how, once for
 * each sanitizer: they are kept below BUILD/grade.
 */
#include "bench/grade/build.h"

#include "bench/grade/sandbox.h"
#include "bench/grade/untrusted.h"
#include "bench/run/spawn.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 200, WORDS_BYTES = 16384, COPY_BYTES = 1 << 20 };
static const double compile_s = 60, make_s = 300;

/* A command line in the making; words it did not get from elsewhere lie in text. */
struct line {
	char *argv[WORDS + 1];
	unsigned count;
	char text[WORDS_BYTES];
	size_t used;
	bool full;
};

static void add(struct line *l, const char *word)
{
	size_t bytes = strlen(word) + 1;

	if (l->count == WORDS || l->used + bytes > sizeof l->text) {
		l->full = true;
		return;
	}
	memcpy(l->text + l->used, word, bytes);
	l->argv[l->count++] = l->text + l->used;
	l->used += bytes;
}

/* One word of three parts. */
static void add_word(struct line *l, const char *begin, const char *middle, const char *end)
{
	char word[PATH_MAX + 96];

	if (snprintf(word, sizeof word, "%s%s%s", begin, middle, end) >= (int)sizeof word)
		l->full = true;
	add(l, word);
}

static int full(const struct line *l, char *why)
{
	if (!l->full)
		return 0;
	lab_why(why, "the compiler's command line is longer than %d words: shorten CFLAGS", WORDS);
	return -E2BIG;
}

/* The words of one kind in a build's file `words`. */
static int add_words(struct line *l, const char *build, const char *kind, char *why)
{
	char path[PATH_MAX + 8], text[1024];
	const size_t length = strlen(kind);

	snprintf(path, sizeof path, "%s/words", build);
	FILE *file = fopen(path, "re");
	if (!file) {
		lab_why(why, "%s cannot be opened: run make", path);
		return -ENOENT;
	}
	while (fgets(text, sizeof text, file)) {
		text[strcspn(text, "\n")] = '\0';
		if (strncmp(text, kind, length) == 0 && text[length] == ' ')
			add(l, text + length + 1);
	}
	fclose(file);
	return full(l, why);
}

/* The libraries that the lab's file `libs` names, if there is one, as the Makefile does. */
static void add_libs(struct line *l, const struct lab *lab)
{
	char path[PATH_MAX + 8], word[256];

	snprintf(path, sizeof path, "%s/libs", lab->source);
	FILE *file = fopen(path, "re");
	while (file && fscanf(file, "%255s", word) == 1)
		add(l, word);
	if (file)
		fclose(file);
}

static int make_folder(const char *path, char *why)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	int error = -errno;
	lab_why(why, "the folder %s cannot be made: %s", path, strerror(errno));
	return error;
}

/* A submission may be a link to what its author may not read, or a FIFO that nobody writes to. */
static FILE *open_answer(const char *path, bool links, char *why)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | (links ? 0 : O_NOFOLLOW));
	struct stat about = { 0 };
	const char *reason = NULL;

	if (fd < 0)
		reason = errno == ELOOP ? "it is a link, and only files are graded" : strerror(errno);
	else if (fstat(fd, &about) < 0 || !S_ISREG(about.st_mode))
		reason = "it is no file";
	FILE *file = reason ? NULL : fdopen(fd, "re");
	if (!file) {
		lab_why(why, "%s cannot be read: %s", path, reason ?: strerror(errno));
		if (fd >= 0)
			close(fd);
	}
	return file;
}

static int copy_file(const char *from, bool links, const char *to, char *why)
{
	static char text[COPY_BYTES + 1];       /* static for its size alone */
	FILE *in = open_answer(from, links, why), *out = NULL;

	if (!in)
		return -EINVAL;
	size_t bytes = fread(text, 1, sizeof text, in);
	fclose(in);
	if (bytes > COPY_BYTES) {
		lab_why(why, "%s is larger than 1 MiB, which no answer needs to be", from);
		return -EFBIG;
	}
	out = fopen(to, "we");
	bool written = out && fwrite(text, 1, bytes, out) == bytes && fchmod(fileno(out), 0644) == 0;
	if (out && fclose(out) != 0)
		written = false;
	if (!written)
		lab_why(why, "%s cannot be written: %s", to, strerror(errno));
	return written ? 0 : -EIO;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static void remove_folder(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* What graders left that were killed: a day is longer than any of them works. */
static void remove_old(const char *grade)
{
	DIR *folder = opendir(grade);
	char path[2 * PATH_MAX];
	struct stat about;

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		snprintf(path, sizeof path, "%s/%s", grade, entry->d_name);
		if (strncmp(entry->d_name, "work.", 5) == 0 && lstat(path, &about) == 0 && S_ISDIR(about.st_mode)
			&& about.st_mtime < time(NULL) - 24 * 60 * 60)
			remove_folder(path);
	}
	if (folder)
		closedir(folder);
}

int build_begin(struct answer *a, char *why)
{
	char grade[PATH_MAX], copy[2 * PATH_MAX];
	const char *slash = strrchr(a->path, '/');

	snprintf(a->file, sizeof a->file, "%.255s", slash ? slash + 1 : a->path);
	a->folder[0] = '\0';
	if (access(a->path, R_OK) < 0) {
		lab_why(why, "%s cannot be read: %s", a->path, strerror(errno));
		return -errno;
	}
	if (snprintf(grade, sizeof grade, "%s/grade", a->places->build) >= PATH_MAX - 16)
		return lab_why(why, "%s: the path is too long", a->places->build), -ENAMETOOLONG;
	int error = make_folder(grade, why);
	if (error < 0)
		return error;
	remove_old(grade);
	snprintf(a->folder, sizeof a->folder, "%.*s/work.XXXXXX", PATH_MAX - 16, grade);
	if (!mkdtemp(a->folder)) {
		error = -errno;
		a->folder[0] = '\0';
		lab_why(why, "no folder can be made in %s: %s", grade, strerror(-error));
		return error;
	}
	snprintf(copy, sizeof copy, "%s/%s", a->folder, a->file);
	/* one's own answer may be a link: it lies in the lab's folder */
	bool own = strncmp(a->path, a->lab->source, strlen(a->lab->source)) == 0;
	return copy_file(a->path, own, copy, why);
}

void build_end(struct answer *a)
{
	if (a->folder[0])
		remove_folder(a->folder);
	a->folder[0] = '\0';
}

/* ---- the harness's parts ---- */

static bool has_clang(void)
{
	char *const argv[] = { (char *)(uintptr_t)"clang", (char *)(uintptr_t)"--version", NULL };
	static int known = -1;          /* asked once */

	if (known < 0) {
		struct spawned s;
		known = spawn_run(&(struct spawn){ .argv = argv, .deadline_s = 20 }, &s) == 0 && s.status == 0;
		spawned_free(&s);
	}
	return known > 0;
}

/* One process at a time makes them. */
static int lock_grade(const struct answer *a)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof path, "%s/grade/lock", a->places->build);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd >= 0)
		flock(fd, LOCK_EX);
	return fd;
}

static int make_parts(const struct answer *a, const char *build, const char *sanitizer, bool clang, char **said,
	char *why)
{
	struct line l = { 0 };
	struct spawned s;
	char jobs[16];

	/* a make above us must not hand down its own B and CC */
	static const char *const begin[] = { "env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKEOVERRIDES", "-u",
		"CFLAGS", "make", "-s", "--no-print-directory", "lab-parts" };
	for (unsigned i = 0; i < sizeof begin / sizeof *begin; i++)
		add(&l, begin[i]);
	snprintf(jobs, sizeof jobs, "-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	add(&l, jobs);
	add(&l, "-C");
	add(&l, a->places->source);
	add_word(&l, "B=", build, "");
	add_word(&l, "SAN=", sanitizer, "");
	add_word(&l, "LAB=lessons/", a->lab->lesson, "/lab");
	if (clang)
		add(&l, "CC=clang");
	int error = full(&l, why);
	if (error < 0)
		return error;
	int lock = lock_grade(a);
	const mode_t before = umask(022);       /* nobody, inside a sandbox, is to read them */
	error = spawn_run(&(struct spawn){ .argv = l.argv, .deadline_s = make_s }, &s);
	umask(before);
	if (lock >= 0)
		close(lock);
	if (error == 0 && s.status != 0) {
		free(*said);
		*said = strdup(s.text[1]);
		error = BUILD_UNABLE;
	} else if (error < 0) {
		lab_why(why, "make cannot be started: %s", strerror(-error));
	}
	spawned_free(&s);
	return error;
}

static const char *const sanitizer_of[BUILD_KINDS] = { NULL, NULL, "thread", "address,undefined" };
static const char *const program_of[BUILD_KINDS] = { "plain", "shaken", "thread", "address" };
static const char *const object_of[BUILD_KINDS] = { "plain.o", "plain.o", "thread.o", "address.o" };

/* The build whose parts go with this kind: ours, or one of its own below BUILD/grade. */
static int find_parts(const struct answer *a, enum build_kind kind, char *build, char **said, char *why)
{
	if (!sanitizer_of[kind]) {
		snprintf(build, PATH_MAX, "%s", a->places->build);
		return BUILD_DONE;
	}
	bool clang = kind == BUILD_THREAD && has_clang();
	if (kind == BUILD_THREAD && a->by == BY_OPENMP && !clang) {
		free(*said);
		*said = strdup("only clang, with libomp's Archer, sees races in OpenMP code: "
			"scripts/setup installs it");
		return BUILD_UNABLE;
	}
	snprintf(build, PATH_MAX, "%.*s/grade/%s", PATH_MAX - 24, a->places->build, program_of[kind]);
	return make_parts(a, build, sanitizer_of[kind], clang, said, why);
}

/* ---- the answer's own file ---- */

/* Runs a compiler in the answer's folder; what it said, to *said.  A warning is a refusal. */
static int say(const struct answer *a, struct line *l, char **said, char *why)
{
	struct spawned s;
	int error = full(l, why);

	if (error < 0)
		return error;
	error = untrusted_run(&(struct untrusted){ .folder = a->folder, .argv = l->argv, .builds = true,
		.deadline_s = compile_s }, &s);
	if (error == -EACCES && sandbox_is_open()) {
		lab_why(why, "%s cannot be started inside the sandbox (%.*s): it, and every folder above it, must be "
			"open to all (chmod o+rx), and it must lie below /usr", l->argv[0],
			(int)strcspn(s.text[1], "\n"), s.text[1]);
		error = -EPERM;
	} else if (error < 0) {
		if (error != -EINTR)
			lab_why(why, "the compiler cannot be started: %s", strerror(-error));
	} else {
		free(*said);
		*said = strdup(s.hung ? "the compiler was not done after 60 s" : s.text[1]);
		error = !s.hung && s.status == 0 && !strstr(s.text[1], "warning:") ? BUILD_DONE : BUILD_REFUSED;
	}
	spawned_free(&s);
	return error;
}

static int compile(const struct answer *a, enum build_kind kind, const char *build, char **said, char *why)
{
	struct line l = { 0 };
	char object[PATH_MAX];
	int error = add_words(&l, build, "cc", why);

	if (error == 0)
		error = add_words(&l, build, "compile", why);
	if (error < 0)
		return error;
	snprintf(object, sizeof object, "%.*s/%s", PATH_MAX - 16, a->folder, object_of[kind]);
	if (kind == BUILD_SHAKEN && access(object, R_OK) == 0)
		return BUILD_DONE;
	if (a->by == BY_OPENMP)
		add(&l, "-fopenmp");
	add(&l, "-iquote");
	add(&l, a->lab->source);
	add_word(&l, "-I", a->places->source, "");
	static const char *const rest[] = { "-fdiagnostics-color=never", "-c", "-o" };
	for (unsigned i = 0; i < sizeof rest / sizeof *rest; i++)
		add(&l, rest[i]);
	add(&l, object_of[kind]);
	add(&l, a->file);
	return say(a, &l, said, why);
}

static int link_program(const struct answer *a, enum build_kind kind, const char *build, char **said, char *why)
{
	struct line l = { 0 };
	int error = add_words(&l, build, "cc", why);

	if (error == 0)
		error = add_words(&l, build, "link", why);
	if (error == 0 && kind == BUILD_SHAKEN)
		error = add_words(&l, build, "shake", why);
	if (error < 0)
		return error;
	if (a->by == BY_OPENMP)
		add(&l, "-fopenmp");
	add(&l, "-o");
	add(&l, program_of[kind]);
	add(&l, object_of[kind]);
	char rest[160];
	snprintf(rest, sizeof rest, "/lessons/%s/lab/lesson.o", a->lab->lesson);
	add_word(&l, build, rest, "");
	add_word(&l, build, "/trial.a", "");
	add_word(&l, build, "/lib.a", "");
	error = add_words(&l, build, "libs", why);
	if (error < 0)
		return error;
	add_libs(&l, a->lab);
	return say(a, &l, said, why);
}

int build_make(struct answer *a, enum build_kind kind, char *program, char **said, char *why)
{
	char build[PATH_MAX];
	int result = find_parts(a, kind, build, said, why);

	if (result == BUILD_DONE)
		result = compile(a, kind, build, said, why);
	if (result == BUILD_DONE)
		result = link_program(a, kind, build, said, why);
	if (result == BUILD_REFUSED && sanitizer_of[kind])
		result = BUILD_UNABLE;  /* it was built without the sanitizer before */
	snprintf(program, PATH_MAX, "%.*s/%s", PATH_MAX - 16, a->folder, program_of[kind]);
	return result;
}

int build_symbols(struct answer *a, char **list, char *why)
{
	static char *const argv[] = { (char *)"nm", (char *)"-P", (char *)"plain.o", NULL };
	struct spawned s;
	int error = untrusted_run(&(struct untrusted){ .folder = a->folder, .argv = argv, .deadline_s = 20 }, &s);

	if (error == 0 && s.status != 0)
		error = -EIO;
	if (error < 0 && error != -EINTR)
		lab_why(why, "nm cannot list the symbols of %s: is binutils installed?", a->file);
	if (error == 0 && !(*list = strdup(s.text[0])))
		error = -ENOMEM;
	spawned_free(&s);
	return error;
}
