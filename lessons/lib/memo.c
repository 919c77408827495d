/* SPDX-License-Identifier: MIT */
/* memo.c -- a cache of files: read what is there; else claim the key, look again, compute, publish.
 *
 * An entry   sizes, the function's name, the arguments, the value; last the checksum of all that.  It never changes:
 *            it is written as <file>.new and then given its name, which takes the place of an older entry in one step.
 *            A reader has the old file or the new one open, never a mixture.
 * A claim    is held by whoever has flock()ed <file>.claim.  The kernel lets go of it when its holder dies, but
 *            flock() cannot wait for a limited time.  So <file>.claim is a FIFO that the holder has open for writing:
 *            those who wait have it open for reading, and poll() wakes them when no writer is left.
 *
 * Invariant: only the holder of its claim writes <file>.new, and gives it its name.
 */
#include "lessons/lib/memo.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000 };

/* The first bytes of an entry; the 1 is the version of this layout. */
struct head { char magic[8]; uint64_t name_bytes, argument_bytes, value_bytes; };

/* An entry in memory. */
struct entry {
	char *bytes;
	size_t key_bytes;       /* head, name and arguments: they must be just these */
	size_t value_bytes;
	size_t all_bytes;       /* with the checksum */
};

enum found { ABSENT, DAMAGED, WHOLE };

/* FNV-1a (Fowler, Noll, Vo): every step can be undone, so one changed byte always changes the result. */
static uint64_t hash(uint64_t sum, const void *data, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		sum = (sum ^ ((const unsigned char *)data)[i]) * 0x100000001b3;
	return sum;
}

static const uint64_t hash_of_nothing = 0xcbf29ce484222325;

void memo_file(const char *name, const void *arguments, size_t argument_bytes, char file[MEMO_FILE_BYTES])
{
	uint64_t key = hash(hash_of_nothing, name, strlen(name) + 1);  /* + 1: "f" of "gx" is not "fg" of "x" */

	snprintf(file, MEMO_FILE_BYTES, "%016" PRIx64, hash(key, arguments, argument_bytes));
}

/* ---- entries ---- */

/* All but the value and the checksum.  bytes is NULL when there is no memory. */
static struct entry make_entry(const char *name, const void *arguments, size_t argument_bytes, size_t value_bytes)
{
	const struct head head = { "memo\0\0\0\1", strlen(name), argument_bytes, value_bytes };
	struct entry e = { .key_bytes = sizeof head + head.name_bytes + argument_bytes, .value_bytes = value_bytes };

	e.all_bytes = e.key_bytes + value_bytes + sizeof(uint64_t);
	e.bytes = malloc(e.all_bytes);
	if (e.bytes) {
		memcpy(e.bytes, &head, sizeof head);
		memcpy(e.bytes + sizeof head, name, head.name_bytes);
		memcpy(e.bytes + sizeof head + head.name_bytes, arguments, argument_bytes);
	}
	return e;
}

static uint64_t checksum(const struct entry *e, const char *bytes)
{
	return hash(hash_of_nothing, bytes, e->all_bytes - sizeof(uint64_t));
}

/* False when fewer bytes are there, or cannot be read. */
static bool read_all(int fd, char *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t got = read(fd, bytes + done, size - done);
		if (got > 0)
			done += (size_t)got;
		else if (got == 0 || errno != EINTR)
			return false;
	}
	return true;
}

/* Whether these are the bytes of this entry, whole.  A hash may collide: then the key is another. */
static bool is_whole(const struct entry *e, const char *bytes)
{
	uint64_t sum;

	memcpy(&sum, bytes + e->all_bytes - sizeof sum, sizeof sum);
	return memcmp(bytes, e->bytes, e->key_bytes) == 0 && sum == checksum(e, bytes);
}

static enum found read_entry(int folder, const char *file, const struct entry *e, void *value)
{
	int fd = openat(folder, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);  /* it might be a FIFO */
	enum found found = DAMAGED;
	struct stat status;
	char *bytes;

	if (fd < 0)
		return errno == ENOENT ? ABSENT : DAMAGED;
	bytes = malloc(e->all_bytes);
	if (bytes && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size == e->all_bytes &&
		read_all(fd, bytes, e->all_bytes) && is_whole(e, bytes)) {
		memcpy(value, bytes + e->key_bytes, e->value_bytes);
		found = WHOLE;
	}
	free(bytes);
	close(fd);
	return found;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t wrote = write(fd, bytes + done, size - done);
		if (wrote >= 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			return false;
	}
	return true;
}

/* Whoever holds the claim: writes the entry beside its place, then puts it there.  False, with errno: it is not there,
 * and what stood there before still stands. */
static bool publish(int folder, const char *file, const struct entry *e)
{
	char new[MEMO_FILE_BYTES + 4];
	const uint64_t sum = checksum(e, e->bytes);

	memcpy(e->bytes + e->all_bytes - sizeof sum, &sum, sizeof sum);
	snprintf(new, sizeof new, "%s.new", file);
	int fd = openat(folder, new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	bool written = write_all(fd, e->bytes, e->all_bytes);
	int error = errno;
	if (close(fd) < 0 && written) {
		written = false;
		error = errno;
	}
	if (written && renameat(folder, new, folder, file) == 0)
		return true;
	error = written ? errno : error;
	unlinkat(folder, new, 0);
	errno = error;
	return false;
}

/* ---- claims ---- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A descriptor that is the claim; -1: another has it; -2: errno. */
static int try_claim(int folder, const char *claim)
{
	int fd = openat(folder, claim, O_WRONLY | O_NONBLOCK | O_CLOEXEC);  /* each open() is another flock()er */

	if (fd < 0)
		return -2;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return error == EWOULDBLOCK ? -1 : -2;
}

/* Waits until the claim is ours, and returns it: close() lets go of it.  -1, with errno, when that cannot be; errno is
 * 0 when another held it to the end of our patience. */
static int take_claim(const struct memo *memo, const char *file)
{
	char claim[MEMO_FILE_BYTES + 6];
	const int64_t deadline_ms = now_ms() + memo->patience_ms;
	int fd, ready = 1;

	snprintf(claim, sizeof claim, "%s.claim", file);
	if (mkfifoat(memo->folder, claim, 0600) < 0 && errno != EEXIST)
		return -1;
	struct pollfd others = { .fd = openat(memo->folder, claim, O_RDONLY | O_NONBLOCK | O_CLOEXEC) };
	if (others.fd < 0)
		return -1;
	while ((fd = try_claim(memo->folder, claim)) == -1 && ready != 0) {
		int64_t left_ms = deadline_ms - now_ms();
		/* until its holder has closed it, or is dead */
		ready = poll(&others, 1, memo->patience_ms < 0 ? -1 : left_ms > 0 ? (int)left_ms : 0);
	}
	int error = fd == -1 ? 0 : errno;
	close(others.fd);
	errno = error;
	return fd < 0 ? -1 : fd;
}

/* ---- calls ---- */

struct memo memo_open(const char *path)
{
	return (struct memo){ open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), PATIENCE_MS };
}

void memo_close(struct memo *memo)
{
	if (memo->folder >= 0)
		close(memo->folder);
	memo->folder = -1;
}

enum memo_outcome memo_call(const struct memo *memo, const char *name, memo_function *compute, const void *arguments,
	size_t argument_bytes, void *value, size_t value_bytes)
{
	struct entry e = make_entry(name, arguments, argument_bytes, value_bytes);
	enum memo_outcome outcome = MEMO_NOT_KEPT;
	char file[MEMO_FILE_BYTES];
	enum found found;
	int claim = -1, error = ENOMEM;

	memo_file(name, arguments, argument_bytes, file);
	found = e.bytes ? read_entry(memo->folder, file, &e, value) : ABSENT;
	if (e.bytes && found != WHOLE) {
		claim = take_claim(memo, file);
		error = errno;
		found = read_entry(memo->folder, file, &e, value);  /* while we waited, another may have computed it */
	}
	if (found == WHOLE) {
		outcome = MEMO_READ;
	} else {
		compute(arguments, value);
		if (claim >= 0) {
			memcpy(e.bytes + e.key_bytes, value, value_bytes);
			if (publish(memo->folder, file, &e))
				outcome = found == DAMAGED ? MEMO_REPLACED : MEMO_COMPUTED;
			else
				error = errno;
		}
	}
	if (claim >= 0)
		close(claim);
	free(e.bytes);
	errno = error;
	return outcome;
}
