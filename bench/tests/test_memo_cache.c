/* SPDX-License-Identifier: MIT */
/* test_memo_cache.c -- the cache keeps its promises: whole, once, repaired, harmless; whoever is killed, whenever.
 *
 * No case asserts a time: one that is late is killed by its alarm.  After each case no child and no descriptor may be
 * left; its folder is removed.
 */
#include "lessons/lib/memo.h"
#include "lessons/lib/shared.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEADLINE_S = 60, KEYS = 64, CROWD = 12, ROUNDS = 100, BIG = 30000, NOBODY = 65534 };

/* What the processes of a case tell one another. */
static struct shared {
	_Atomic unsigned computed[KEYS], all, inside;
	_Atomic bool go;
} *shared;
static char folder[64];
static unsigned descriptors_before;

static unsigned entries(const char *path)
{
	unsigned count = 0;
	DIR *dir = opendir(path);

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static int before(void **state)
{
	(void)state;
	alarm(DEADLINE_S);
	memset(shared, 0, sizeof *shared);
	descriptors_before = entries("/proc/self/fd");
	strcpy(folder, "/tmp/test_memo_cache.XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int after(void **state)
{
	char command[96];

	(void)state;
	assert_int_equal(entries("/proc/self/fd"), descriptors_before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	chmod(folder, 0700);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
	alarm(0);
	return 0;
}

/* ---- functions to be cached ---- */

static void square(const void *x, void *value)
{
	uint64_t v = *(const uint64_t *)x;

	shared->all++;
	if (v < KEYS)
		shared->computed[v]++;
	*(uint64_t *)value = v * v;
}

static void square_slowly(const void *x, void *value)
{
	usleep(1000);  /* so that others come while it computes */
	square(x, value);
}

static void never_come_back(const void *x, void *value)
{
	(void)x, (void)value;
	shared->inside++;
	for (;;)
		pause();
}

static void square_when_told(const void *x, void *value)
{
	shared->inside++;
	while (!shared->go)
		usleep(1000);
	square(x, value);
}

/* A long value in which every word tells its place: a mixture of two would show. */
static void fill(const void *x, void *value)
{
	for (uint64_t i = 0; i < BIG; i++)
		((uint64_t *)value)[i] = *(const uint64_t *)x * 1000003 + i;
	shared->all++;
}

static void is_filled(uint64_t x, const uint64_t *value)
{
	for (uint64_t i = 0; i < BIG; i++)
		if (value[i] != x * 1000003 + i)
			fail_msg("word %u of value %u is wrong", (unsigned)i, (unsigned)x);
}

/* ---- helpers ---- */

static enum memo_outcome ask(const struct memo *memo, memo_function *compute, uint64_t x)
{
	uint64_t value = 0xA5A5;
	enum memo_outcome outcome = memo_call(memo, "square", compute, &x, sizeof x, &value, sizeof value);
	int error = errno;

	assert_int_equal(value, x * x);
	errno = error;
	return outcome;
}

static char *path_of(uint64_t x)
{
	static char path[128];
	char file[MEMO_FILE_BYTES];

	memo_file("square", &x, sizeof x, file);
	snprintf(path, sizeof path, "%s/%s", folder, file);
	return path;
}

static pid_t child(void (*work)(const struct memo *))
{
	pid_t parent = getpid(), pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	struct memo memo = memo_open(folder);
	work(&memo);
	_exit(0);
}

static void ended_well(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void kill_child(pid_t pid)
{
	int status;

	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

static void wait_until_inside(unsigned how_many)
{
	while (shared->inside < how_many)
		usleep(1000);
}

/* ---- one at a time ---- */

static void test_first_computes_second_reads(void **state)
{
	struct memo memo = memo_open(folder);

	(void)state;
	assert_int_equal(ask(&memo, square, 7), MEMO_COMPUTED);
	assert_int_equal(ask(&memo, square, 7), MEMO_READ);
	memo_close(&memo);
	memo = memo_open(folder);  /* as a later program would */
	assert_int_equal(ask(&memo, square, 7), MEMO_READ);
	assert_int_equal(shared->computed[7], 1);
	memo_close(&memo);
}

static void test_name_and_arguments_make_the_key(void **state)
{
	static const struct { const char *name, *arguments; size_t bytes; } keys[] = {
		{ "f", "gx", 2 }, { "fg", "x", 1 }, { "fgx", "", 0 }, { "f", "gx", 3 }, { "f", "gy", 2 }, { "", "", 0 },
		{ "", "\0", 1 }, { "g", "gx", 2 },
	};
	char file[sizeof keys / sizeof *keys][MEMO_FILE_BYTES];

	(void)state;
	for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
		memo_file(keys[i].name, keys[i].arguments, keys[i].bytes, file[i]);
		assert_int_equal(strlen(file[i]), MEMO_FILE_BYTES - 1);
		for (unsigned j = 0; j < i; j++)
			assert_string_not_equal(file[i], file[j]);
	}
}

/* The same key with a value of another size was made by another version of the function. */
static void test_value_of_another_size_does_not_count(void **state)
{
	struct memo memo = memo_open(folder);
	const uint64_t x = 6;
	uint64_t value[2];

	(void)state;
	ask(&memo, square, x);
	assert_int_equal(memo_call(&memo, "square", square, &x, sizeof x, value, sizeof value), MEMO_REPLACED);
	assert_int_equal(memo_call(&memo, "square", square, &x, sizeof x, value, sizeof value), MEMO_READ);
	memo_close(&memo);
}

static void nothing_from_nothing(const void *arguments, void *value)
{
	(void)arguments, (void)value;
	shared->all++;
}

static void test_nothing_to_keep(void **state)
{
	struct memo memo = memo_open(folder);

	(void)state;
	assert_int_equal(memo_call(&memo, "", nothing_from_nothing, "", 0, folder, 0), MEMO_COMPUTED);
	assert_int_equal(memo_call(&memo, "", nothing_from_nothing, "", 0, folder, 0), MEMO_READ);
	assert_int_equal(shared->all, 1);
	memo_close(&memo);
}

static void square_of_next(const void *x, void *value)
{
	struct memo memo = memo_open(folder);
	uint64_t next = *(const uint64_t *)x + 1, inner;

	memo_call(&memo, "square", square, &next, sizeof next, &inner, sizeof inner);
	memo_close(&memo);
	square(x, value);
}

static void test_cached_functions_may_call_one_another(void **state)
{
	struct memo memo = memo_open(folder);

	(void)state;
	assert_int_equal(ask(&memo, square_of_next, 3), MEMO_COMPUTED);
	assert_int_equal(ask(&memo, square, 4), MEMO_READ);
	memo_close(&memo);
}

/* ---- damage ---- */

static void is_replaced(const struct memo *memo, const char *damage, unsigned where)
{
	enum memo_outcome outcome = ask(memo, square, 5);

	if (outcome != MEMO_REPLACED)
		fail_msg("%s %u: outcome %d", damage, where, (int)outcome);
	assert_int_equal(ask(memo, square, 5), MEMO_READ);
}

static void test_every_byte_that_changes_is_noticed(void **state)
{
	struct memo memo = memo_open(folder);
	unsigned char byte;
	struct stat status;

	(void)state;
	ask(&memo, square, 5);
	assert_int_equal(stat(path_of(5), &status), 0);
	for (off_t i = 0; i < status.st_size; i++) {
		int fd = open(path_of(5), O_RDWR);
		assert_int_equal(pread(fd, &byte, 1, i), 1);
		byte ^= (unsigned char)(1 << (i % 8));
		assert_int_equal(pwrite(fd, &byte, 1, i), 1);
		close(fd);
		is_replaced(&memo, "byte", (unsigned)i);
	}
	memo_close(&memo);
}

static void test_every_length_that_is_wrong_is_noticed(void **state)
{
	struct memo memo = memo_open(folder);
	struct stat status;

	(void)state;
	ask(&memo, square, 5);
	assert_int_equal(stat(path_of(5), &status), 0);
	for (off_t bytes = 0; bytes <= status.st_size + 2; bytes++) {
		if (bytes == status.st_size)
			continue;
		assert_int_equal(truncate(path_of(5), bytes), 0);
		is_replaced(&memo, "length", (unsigned)bytes);
	}
	memo_close(&memo);
}

static void test_other_files_in_its_place(void **state)
{
	struct memo memo = memo_open(folder);
	char other[128], target[128];

	(void)state;
	ask(&memo, square, 6);
	strcpy(other, path_of(6));
	snprintf(target, sizeof target, "%s/target", folder);

	assert_int_equal(rename(other, path_of(5)), 0);  /* as if two keys had one hash */
	is_replaced(&memo, "another key's", 0);
	assert_int_equal(unlink(path_of(5)), 0);
	assert_int_equal(symlink(target, path_of(5)), 0);
	is_replaced(&memo, "a link to nothing", 0);
	assert_int_equal(rename(path_of(5), target), 0);
	assert_int_equal(symlink(target, path_of(5)), 0);
	is_replaced(&memo, "a link to what would be right", 0);
	assert_int_equal(unlink(path_of(5)), 0);
	assert_int_equal(mkfifo(path_of(5), 0600), 0);
	is_replaced(&memo, "a FIFO", 0);
	assert_int_equal(unlink(path_of(5)), 0);
	assert_int_equal(mkdir(path_of(5), 0700), 0);
	assert_int_equal(ask(&memo, square, 5), MEMO_NOT_KEPT);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(rmdir(path_of(5)), 0);
	memo_close(&memo);
}

/* Longer than an entry: nothing of it may stay. */
static void test_what_a_killed_writer_left_is_no_hindrance(void **state)
{
	struct memo memo = memo_open(folder);
	char new[160];

	(void)state;
	snprintf(new, sizeof new, "%s.new", path_of(5));
	int fd = open(new, O_WRONLY | O_CREAT, 0600);
	assert_int_equal(ftruncate(fd, 100000), 0);
	close(fd);
	assert_int_equal(ask(&memo, square, 5), MEMO_COMPUTED);
	assert_int_equal(access(new, F_OK), -1);
	assert_int_equal(ask(&memo, square, 5), MEMO_READ);
	memo_close(&memo);
}

/* ---- at once ---- */

static void ask_for_all(const struct memo *memo)
{
	uint64_t value;

	while (!shared->go)
		usleep(100);
	for (uint64_t x = 0; x < KEYS; x++)
		if (memo_call(memo, "square", square_slowly, &x, sizeof x, &value, sizeof value) > MEMO_COMPUTED ||
			value != x * x)
			_exit(1);
}

static void *ask_in_thread(void *memo)
{
	ask_for_all(memo);
	return NULL;
}

static void each_was_computed_once(void)
{
	for (unsigned x = 0; x < KEYS; x++)
		assert_int_equal(shared->computed[x], 1);
}

static void test_threads_compute_once(void **state)
{
	struct memo memo = memo_open(folder);
	pthread_t thread[CROWD];

	(void)state;
	for (unsigned i = 0; i < CROWD; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, ask_in_thread, &memo), 0);
	shared->go = true;
	for (unsigned i = 0; i < CROWD; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	each_was_computed_once();
	memo_close(&memo);
}

static void test_processes_compute_once(void **state)
{
	pid_t pid[CROWD];

	(void)state;
	for (unsigned i = 0; i < CROWD; i++)
		pid[i] = child(ask_for_all);
	shared->go = true;
	for (unsigned i = 0; i < CROWD; i++)
		ended_well(pid[i]);
	each_was_computed_once();
}

static void claim_and_wait(const struct memo *memo)
{
	ask(memo, square_when_told, 5);
}

static void test_what_is_there_is_read_without_waiting(void **state)
{
	struct memo memo = memo_open(folder);
	char aside[128];
	pid_t pid;

	(void)state;
	snprintf(aside, sizeof aside, "%s/aside", folder);
	ask(&memo, square, 5);
	assert_int_equal(rename(path_of(5), aside), 0);
	pid = child(claim_and_wait);
	wait_until_inside(1);
	assert_int_equal(rename(aside, path_of(5)), 0);
	assert_int_equal(ask(&memo, square, 5), MEMO_READ);
	shared->go = true;
	ended_well(pid);
	assert_int_equal(ask(&memo, square, 5), MEMO_READ);
	memo_close(&memo);
}

/* ---- death ---- */

static void claim_for_ever(const struct memo *memo)
{
	ask(memo, never_come_back, 5);
}

static void ask_for_5(const struct memo *memo)
{
	shared->inside++;
	ask(memo, square_slowly, 5);
}

static void test_dead_claimant_is_replaced_by_one(void **state)
{
	pid_t waiting[CROWD];

	(void)state;
	for (unsigned round = 0; round < 10; round++) {
		shared->inside = shared->computed[5] = 0;
		pid_t pid = child(claim_for_ever);
		wait_until_inside(1);
		for (unsigned i = 0; i < CROWD; i++)
			waiting[i] = child(ask_for_5);
		wait_until_inside(1 + CROWD);
		usleep(5000 * (round % 3));  /* most sleep by now; none need to */
		assert_int_equal(shared->computed[5], 0);
		kill_child(pid);
		for (unsigned i = 0; i < CROWD; i++)
			ended_well(waiting[i]);
		assert_int_equal(shared->computed[5], 1);
		assert_int_equal(unlink(path_of(5)), 0);
	}
}

static void test_patience_ends(void **state)
{
	struct memo memo = memo_open(folder);
	pid_t pid = child(claim_and_wait);

	(void)state;
	wait_until_inside(1);
	assert_int_equal(kill(pid, SIGSTOP), 0);
	for (memo.patience_ms = 0; memo.patience_ms <= 50; memo.patience_ms += 50) {
		assert_int_equal(ask(&memo, square, 5), MEMO_NOT_KEPT);
		assert_int_equal(errno, 0);
	}
	assert_int_equal(ask(&memo, square, 6), MEMO_COMPUTED);  /* other keys are not concerned */
	assert_int_equal(kill(pid, SIGCONT), 0);
	shared->go = true;
	memo.patience_ms = -1;
	assert_int_equal(ask(&memo, square, 5), MEMO_READ);
	ended_well(pid);
	memo_close(&memo);
}

/* Makes the same few long entries again and again; each is damaged first, or taken away, so that it is written anew. */
static void write_for_ever(const struct memo *memo)
{
	static uint64_t value[BIG];
	char file[MEMO_FILE_BYTES];

	for (uint64_t x = (uint64_t)getpid();; x++) {
		uint64_t key = x % 3;
		memo_call(memo, "fill", fill, &key, sizeof key, value, sizeof value);
		memo_file("fill", &key, sizeof key, file);
		if (x % 2 == 0)
			unlinkat(memo->folder, file, 0);
	}
}

static void not_here(const void *x, void *value)
{
	(void)x, (void)value;
	fail_msg("an entry was there, and it was not whole");
}

/* Every entry that has its name is whole: a reader would not compute. */
static void every_entry_is_whole(const struct memo *memo)
{
	static uint64_t value[BIG];
	char file[MEMO_FILE_BYTES];

	for (uint64_t key = 0; key < 3; key++) {
		memo_file("fill", &key, sizeof key, file);
		if (faccessat(memo->folder, file, R_OK, 0) < 0)
			continue;
		assert_int_equal(memo_call(memo, "fill", not_here, &key, sizeof key, value, sizeof value), MEMO_READ);
		is_filled(key, value);
	}
}

static void test_killed_at_any_moment(void **state)
{
	static uint64_t value[BIG];
	struct memo memo = memo_open(folder);

	(void)state;
	srand(20221108);
	for (unsigned round = 0; round < ROUNDS; round++) {
		pid_t pid[3];
		for (unsigned i = 0; i < 3; i++)
			pid[i] = child(write_for_ever);
		usleep((useconds_t)(500 + rand() % 6000));
		for (unsigned i = 0; i < 3; i++)
			kill_child(pid[i]);
		every_entry_is_whole(&memo);
		for (uint64_t key = 0; key < 3; key++) {  /* and nobody has to wait for the dead */
			assert_in_range(memo_call(&memo, "fill", fill, &key, sizeof key, value, sizeof value),
				MEMO_READ, MEMO_COMPUTED);
			is_filled(key, value);
		}
	}
	assert_true(shared->all > 0);
	memo_close(&memo);
}

/* Readers while others write, replace and are killed: a value is right whichever entry it came from. */
static void test_readers_never_see_a_mixture(void **state)
{
	static uint64_t value[BIG];
	struct memo memo = memo_open(folder);
	pid_t pid[2] = { child(write_for_ever), child(write_for_ever) };
	unsigned read = 0;

	(void)state;
	for (uint64_t i = 0; read < ROUNDS; i++) {
		uint64_t key = i % 3;
		read += memo_call(&memo, "fill", fill, &key, sizeof key, value, sizeof value) == MEMO_READ;
		is_filled(key, value);
	}
	kill_child(pid[0]);
	kill_child(pid[1]);
	memo_close(&memo);
}

/* ---- a folder that does not serve ---- */

static void limit_file(rlim_t bytes)
{
	if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){ bytes, RLIM_INFINITY }) < 0)
		_exit(2);
}

static void limit_descriptors(int last)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		_exit(2);
	files.rlim_cur = (rlim_t)last + 1;
	if (setrlimit(RLIMIT_NOFILE, &files) < 0)
		_exit(2);
}

/* In a child: whatever the value is, it is right, and this is why it was not kept. */
static void is_not_kept(const struct memo *memo, int error)
{
	uint64_t x = 5, value = 0;

	if (memo_call(memo, "square", square, &x, sizeof x, &value, sizeof value) != MEMO_NOT_KEPT)
		_exit(3);
	if (errno != error)
		_exit(100 + errno % 100);
	if (value != 25)
		_exit(5);
}

static void write_past_the_limit(const struct memo *memo)
{
	signal(SIGXFSZ, SIG_IGN);
	for (rlim_t most = 0; most < 60; most += 13) {
		limit_file(most);
		is_not_kept(memo, EFBIG);
	}
	limit_file(RLIM_INFINITY);
	if (ask(memo, square, 5) != MEMO_COMPUTED)
		_exit(6);
	int fd = openat(memo->folder, strrchr(path_of(5), '/') + 1, O_WRONLY | O_TRUNC);  /* now with an old entry */
	close(fd);
	limit_file(50);
	is_not_kept(memo, EFBIG);
}

static void test_disk_full(void **state)
{
	struct memo memo = memo_open(folder);
	char new[160];

	(void)state;
	ended_well(child(write_past_the_limit));
	snprintf(new, sizeof new, "%s.new", path_of(5));
	assert_int_equal(access(new, F_OK), -1);  /* what was half written is taken away */
	assert_int_equal(ask(&memo, square, 5), MEMO_REPLACED);
	memo_close(&memo);
}

static void run_out_of_descriptors(const struct memo *memo)
{
	for (int spare = 0; spare < 2; spare++) {
		limit_descriptors(memo->folder + spare);
		is_not_kept(memo, EMFILE);
	}
	limit_descriptors(memo->folder + 3);
	if (ask(memo, square, 5) != MEMO_COMPUTED)
		_exit(6);
}

static void test_no_descriptor_left(void **state)
{
	(void)state;
	ended_well(child(run_out_of_descriptors));
}

static void ask_unprivileged(const struct memo *memo)
{
	struct memo refused;

	if (ask(memo, square, 6) != MEMO_COMPUTED || fchmod(memo->folder, 0) < 0)
		_exit(2);
	if (geteuid() == 0 && seteuid(NOBODY) < 0)
		_exit(2);
	is_not_kept(memo, EACCES);      /* a folder that was opened when it could be */
	refused = memo_open(folder);    /* one that cannot be */
	if (refused.folder >= 0)
		_exit(7);
	is_not_kept(&refused, EBADF);
	memo_close(&refused);
	if (geteuid() == NOBODY && (seteuid(0) < 0 || fchmod(memo->folder, 0755) < 0 || seteuid(NOBODY) < 0))
		_exit(2);
	is_not_kept(memo, EACCES);      /* one that is only for reading */
}

static void test_unreadable_folder(void **state)
{
	(void)state;
	ended_well(child(ask_unprivileged));
}

static void test_folder_is_gone(void **state)
{
	struct memo memo = memo_open(folder), none = memo_open("/nowhere/at/all");

	(void)state;
	assert_int_equal(none.folder, -1);
	assert_int_equal(ask(&none, square, 5), MEMO_NOT_KEPT);
	memo_close(&none);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(ask(&memo, square, 5), MEMO_NOT_KEPT);
	assert_int_equal(errno, ENOENT);
	memo_close(&memo);
	assert_int_equal(mkdir(folder, 0700), 0);  /* for after() */
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, before, after)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_first_computes_second_reads),
		CASE(test_name_and_arguments_make_the_key),
		CASE(test_value_of_another_size_does_not_count),
		CASE(test_nothing_to_keep),
		CASE(test_cached_functions_may_call_one_another),
		CASE(test_every_byte_that_changes_is_noticed),
		CASE(test_every_length_that_is_wrong_is_noticed),
		CASE(test_other_files_in_its_place),
		CASE(test_what_a_killed_writer_left_is_no_hindrance),
		CASE(test_threads_compute_once),
		CASE(test_processes_compute_once),
		CASE(test_what_is_there_is_read_without_waiting),
		CASE(test_dead_claimant_is_replaced_by_one),
		CASE(test_patience_ends),
		CASE(test_killed_at_any_moment),
		CASE(test_readers_never_see_a_mixture),
		CASE(test_disk_full),
		CASE(test_no_descriptor_left),
		CASE(test_unreadable_folder),
		CASE(test_folder_is_gone),
	};

	shared = shared_make(sizeof *shared);
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);  /* as in: test_memo_cache '*killed*' */
	return cmocka_run_group_tests_name("memo_cache", tests, NULL, NULL);
}
