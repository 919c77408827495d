/* SPDX-License-Identifier: MIT */
/* class.c -- a class, several students at once, into one table.  See class.h.
 *
 * Each student has a grader, a process of its own (class_crew.c); as many are at work as there are cores.  They try
 * rungs 1 to 7 side by side, whose deadlines allow for a busy machine, and measure rung 8 one at a time (grade/turn.h).
 *
 * A submission's id is the hash of all that decides its rows but the seed: the lab's name and settings, and the files
 * handed in, or why they could not be read.  A student whose row has this id is not graded again.
 */
#include "bench/command/class.h"

#include "bench/base/text.h"
#include "bench/command/command.h"
#include "bench/grade/grade.h"
#include "bench/base/sha256.h"
#include "bench/run/spawn.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SUBMISSION_BYTES = 1 << 20, BAR = 24, SHOWN = 30, COLUMNS = 79 };

/* What one student handed in. */
struct submission { char refused[CONF_PARTS][LAB_WHY]; char *id; };

struct session {
	const struct class *class;
	struct table table;
	struct submission *sub;                         /* of each student */
	struct crew crew;
	unsigned students;                              /* with a folder: the first of the table */
	unsigned ended, graded, kept, unread, failed;   /* how many, and how they came out */
	unsigned printed;                               /* of the students, without a file for the table */
	bool bar;                                       /* standard error is a terminal */
};

/* ---- progress ---- */

static char *shown(const char *name, char out[SHOWN * 4 + 8])
{
	snprintf(out, SHOWN + 1, "%s", name);
	return text_clean(out);
}

/* Who is at which rung, after how many are done; cut to a line. */
static void show_bar(const struct session *s)
{
	const unsigned full = s->ended * BAR / s->students;
	char line[1024], name[SHOWN * 4 + 8];
	int at = snprintf(line, sizeof line, "[%.*s%.*s] %u of %u ", (int)full, "########################",
		(int)(BAR - full), "........................", s->ended, s->students);

	for (unsigned i = 0; i < s->crew.size && at < COLUMNS; i++) {
		const struct grader *g = &s->crew.grader[i];
		if (g->pid)
			at += snprintf(line + at, sizeof line - (size_t)at, " %s: rung %u",
				shown(s->table.student[g->student].name, name), g->told->rung + 1);
	}
	if (s->bar)
		fprintf(stderr, "\r\033[K%.*s", COLUMNS, line);
}

static void tell_student(const struct session *s, unsigned student, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void tell_student(const struct session *s, unsigned student, const char *format, ...)
{
	char name[SHOWN * 4 + 8], said[LAB_WHY];
	va_list args;

	va_start(args, format);
	vsnprintf(said, sizeof said, format, args);
	va_end(args);
	fprintf(stderr, "%s%u of %u, %s: %s\n", s->bar ? "\r\033[K" : "", s->ended, s->students,
		shown(s->table.student[student].name, name), text_clean(said));
}

/* ---- what was handed in ---- */

/* Adds the file's bytes to the id; or says why not. */
static void read_answer(int folder, const char *file, FILE *id, char *refused)
{
	static char text[SUBMISSION_BYTES + 1];         /* static for its size alone */
	struct stat info;
	int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	FILE *in = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? fdopen(fd, "r") : NULL;
	size_t bytes = in ? fread(text, 1, sizeof text, in) : 0;

	if (fd < 0 && errno == ENOENT)
		lab_why(refused, "there is no file %s", file);
	else if (fd < 0)
		lab_why(refused, "%s cannot be read: %s", file, errno == ELOOP ? "it is a link" : strerror(errno));
	else if (!in)
		lab_why(refused, "%s cannot be read: it is no file", file);
	else if (ferror(in))
		lab_why(refused, "%s cannot be read: %s", file, strerror(errno));
	else if (bytes > SUBMISSION_BYTES)
		lab_why(refused, "%s is larger than 1 MiB, which no answer needs to be", file);
	fprintf(id, "%s %zu %s\n", file, bytes, refused);
	if (!*refused)
		fwrite(text, 1, bytes, id);
	if (in)
		fclose(in);
	else if (fd >= 0)
		close(fd);
}

static int add_settings(const struct lab *lab, FILE *id, char *why)
{
	char path[PATH_MAX + 80], text[4096];
	size_t bytes;

	snprintf(path, sizeof path, "%s/%s.conf", lab->source, lab->name);
	FILE *in = fopen(path, "re");
	if (!in) {
		lab_why(why, "%s cannot be opened: %s", path, strerror(errno));
		return -EIO;
	}
	fprintf(id, "%s\n", lab->name);
	while ((bytes = fread(text, 1, sizeof text, in)) > 0)
		fwrite(text, 1, bytes, id);
	fclose(in);
	return 0;
}

/* sub->id is malloc'd. */
static int read_submission(const struct class *class, const char *name, struct submission *sub, char *why)
{
	char path[PATH_MAX], file[64], hash[SHA256_BASE64], *text = NULL;
	size_t bytes;
	FILE *id = open_memstream(&text, &bytes);

	*sub = (struct submission){ 0 };
	int error = id ? add_settings(class->lab, id, why) : -ENOMEM;
	int length = snprintf(path, sizeof path, "%s/%s", class->folder, name);
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	for (unsigned p = 0; p < class->lab->conf.parts && error == 0; p++) {
		lab_file(class->lab, p, "mine", file, sizeof file);
		if (folder >= 0 && length < PATH_MAX - 72)
			read_answer(folder, file, id, sub->refused[p]);
		else
			lab_why(sub->refused[p], "the student's folder cannot be read: %s", folder >= 0
				? "its path is too long" : errno == ENOTDIR ? "it is a link" : strerror(errno));
		fprintf(id, "%s\n", sub->refused[p]);
	}
	if (folder >= 0)
		close(folder);
	if (id)
		fclose(id);
	if (error == 0) {
		sha256_base64(text, bytes, hash);
		error = asprintf(&sub->id, "sha256-%s", hash) < 0 ? -ENOMEM : 0;
	}
	free(text);
	return error;
}

/* ---- one student ---- */

/* A row for an answer that was not tried. */
static void write_refused(FILE *out, const struct session *s, unsigned part, char *reason)
{
	const struct conf *conf = &s->class->lab->conf;
	char file[64];
	struct part_result none = { .by = conf->by[part], .file = file, .finding = { .seen = text_clean(reason) } };

	lab_file(s->class->lab, part, "mine", file, sizeof file);
	for (unsigned k = 0; k < RUNGS; k++)
		none.rung[k].of = (double)conf->points[k] / conf->parts;
	result_csv_cells(out, s->class->lab->name, s->class->seed, &none);
}

/* One for each mechanism; r holds those that were tried. */
static void write_rows(FILE *out, const struct session *s, unsigned student, const struct result *r)
{
	const struct student *who = &s->table.student[student];
	struct submission *sub = &s->sub[student];

	for (unsigned p = 0, k = 0; p < s->class->lab->conf.parts; p++) {
		result_csv_cell(out, who->name);
		putc(',', out);
		if (*sub->refused[p])
			write_refused(out, s, p, sub->refused[p]);
		else
			result_csv_cells(out, s->class->lab->name, r->seed, &r->part[k++]);
		putc(',', out);
		result_csv_cell(out, who->id);
		putc('\n', out);
	}
}

static void tell(void *arg, unsigned part, unsigned rung)
{
	struct told *told = arg;

	(void)part;
	told->rung = rung;
}

/* In the grader. */
static int grade_student(void *arg, unsigned student, FILE *rows, struct told *told)
{
	const struct session *s = arg;
	const struct class *class = s->class;
	struct grading g = { .lab = class->lab, .places = class->places, .seed = class->seed, .tell = tell,
		.arg = told };
	struct result r;
	char path[CONF_PARTS][PATH_MAX], file[64];

	for (unsigned p = 0; p < class->lab->conf.parts; p++) {
		lab_file(class->lab, p, "mine", file, sizeof file);
		snprintf(path[p], PATH_MAX, "%s/%s/%s", class->folder, s->table.student[student].name, file);
		g.answer[p] = *s->sub[student].refused[p] ? NULL : path[p];
	}
	int error = grade(&g, &r, told->why);
	told->points = r.points;
	if (error == 0)
		write_rows(rows, s, student, &r);
	result_free(&r);
	return error;
}

/* ---- its rows ---- */

/* Without a file for the table: in the order of names, whoever was done first. */
static int print_rows(struct session *s, char *why)
{
	while (s->printed < s->students && s->table.student[s->printed].rows)
		fputs(s->table.student[s->printed++].rows, stdout);
	if (fflush(stdout) == 0)
		return 0;
	lab_why(why, "standard output cannot be written: %s", strerror(errno));
	return -EIO;
}

/* In place of those that there were. */
static int keep_rows(struct session *s, unsigned student, char *rows, char *why)
{
	struct student *who = &s->table.student[student];

	free(who->rows);
	who->rows = rows;
	return s->class->output ? table_save(&s->table, s->class->output, why) : print_rows(s, why);
}

/* For one of whom nothing was tried. */
static int keep_refused(struct session *s, unsigned student, char *why)
{
	char *rows = NULL;
	size_t bytes;
	FILE *out = open_memstream(&rows, &bytes);

	if (!out)
		return -ENOMEM;
	write_rows(out, s, student, &(struct result){ 0 });
	return fclose(out) == 0 ? keep_rows(s, student, rows, why) : -ENOMEM;
}

/* What the grader could not do is not the student's: the row says so, has no id, and is tried again by the next run. */
static int not_graded(struct session *s, unsigned student, const char *reason, char *why)
{
	for (unsigned p = 0; p < s->class->lab->conf.parts; p++)
		if (!*s->sub[student].refused[p])
			lab_why(s->sub[student].refused[p], "not graded: %s", reason);
	s->table.student[student].id[0] = '\0';
	s->failed++;
	tell_student(s, student, "not graded: %s", reason);
	return keep_refused(s, student, why);
}

/* ---- one begins, one ends ---- */

/* Nothing to do for who is in the table already; nothing to try for who handed in what cannot be read. */
static int begin_student(struct session *s, unsigned student, char *why)
{
	const struct submission *sub = &s->sub[student];
	bool readable = false;

	for (unsigned p = 0; p < s->class->lab->conf.parts; p++)
		readable |= !*sub->refused[p];
	if (!s->table.student[student].done && readable) {
		int error = crew_start(&s->crew, student, grade_student, s);
		if (error < 0)
			lab_why(why, "a grader cannot be started: %s", strerror(-error));
		return error;
	}
	s->ended++;
	if (s->table.student[student].done)
		return s->kept++, 0;
	s->unread++;
	tell_student(s, student, "0 points: %s", sub->refused[0]);
	return keep_refused(s, student, why);
}

static int await_student(struct session *s, char *why)
{
	struct told told;
	unsigned student;
	char *rows = NULL;

	show_bar(s);
	int ended = crew_wait(&s->crew, 0.2, &student, &told, &rows);
	if (ended <= 0)
		return ended;
	s->ended++;
	if (told.error == 0) {
		s->graded++;
		tell_student(s, student, "%.4g of 100 points", told.points);
		return keep_rows(s, student, rows, why);
	}
	free(rows);
	if (told.error != -EINTR && told.error != -EPERM)
		return not_graded(s, student, told.why, why);
	lab_why(why, "%s", told.why);
	return told.error;
}

/* ---- the class ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct student *)a)->name, ((const struct student *)b)->name);
}

/* A folder is a student; so is a link, which is then refused.  Other files, and what begins with a dot, are not. */
static int list_students(const struct class *class, struct table *t, char *why)
{
	DIR *folder = opendir(class->folder);
	struct stat info;
	int error = 0;

	if (!folder) {
		lab_why(why, "the folder %s cannot be read: %s", class->folder, strerror(errno));
		return -errno;
	}
	for (struct dirent *entry; error == 0 && (entry = readdir(folder));)
		if (entry->d_name[0] != '.'
			&& fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0
			&& (S_ISDIR(info.st_mode) || S_ISLNK(info.st_mode)))
			error = table_add(t, entry->d_name);
	closedir(folder);
	if (error == 0 && t->count == 0) {
		lab_why(why, "there is no folder in %s: --class expects one for each student", class->folder);
		return -ENOENT;
	}
	if (t->count)
		qsort(t->student, t->count, sizeof *t->student, by_name);
	return error;
}

/* The ids of all, then the rows of an earlier run beside them. */
static int prepare(struct session *s, char *why)
{
	struct table *t = &s->table;
	int error = 0;

	for (unsigned i = 0; i < s->students && error == 0; i++) {
		error = read_submission(s->class, t->student[i].name, &s->sub[i], why);
		t->student[i].id = s->sub[i].id;
	}
	if (error == 0 && s->class->output)
		error = table_take(t, s->class->output, s->class->lab->name, why);
	if (error == 0 && s->class->output)
		error = table_save(t, s->class->output, why);
	else if (error == 0)
		table_header(stdout);
	if (error == 0 && t->count > s->students)
		fprintf(stderr, "manyhands: %u in %s without a folder in %s: their rows stay\n", t->count - s->students,
			s->class->output, s->class->folder);
	return error;
}

static int grade_students(struct session *s, char *why)
{
	unsigned next = 0;

	s->students = s->table.count;
	s->sub = calloc(s->students, sizeof *s->sub);
	int error = s->sub ? prepare(s, why) : -ENOMEM;
	if (error == 0)
		error = crew_open(&s->crew, s->class->jobs);
	while (error == 0 && (next < s->students || s->crew.busy))
		if (spawn_signal())
			error = -EINTR;
		else if (next < s->students && s->crew.busy < s->crew.size)
			error = begin_student(s, next++, why);
		else
			error = await_student(s, why);
	crew_close(&s->crew);
	free(s->sub);
	return error;
}

int class_grade(const struct class *class)
{
	struct session s = { .class = class, .bar = isatty(STDERR_FILENO) };
	char why[LAB_WHY] = "out of memory";
	int error = list_students(class, &s.table, why), code = EXIT_OK;

	if (error == 0)
		error = grade_students(&s, why);
	if (s.bar)
		fputs("\r\033[K", stderr);
	if (error == -EINTR)
		code = command_interrupted();
	else if (error < 0)
		code = command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	else if (s.failed)
		code = command_fail(EXIT_ERROR, "%u could not be graded: run it again", s.failed);
	if (error == 0 || error == -EINTR)
		fprintf(stderr, "%u graded, %u as before, %u with nothing that can be read%s%s\n", s.graded, s.kept,
			s.unread, class->output ? "; the table is " : "", class->output ?: "");
	table_free(&s.table);
	return code;
}
