/* SPDX-License-Identifier: MIT */
/* handed.c -- answers that a program which is not trusted handed over.  See handed.h. */
#include "bench/grade/handed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int value_of(char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = digit ? strchr(digits, digit) : NULL;
	return found ? (int)(found - digits) : -1;
}

bool handed_add(struct handed *h, const char *digits)
{
	if (!h->out)
		h->out = open_memstream(&h->text, &h->bytes);
	if (!h->out)
		return false;
	for (; *digits; digits += 2) {
		int high = value_of(digits[0]), low = high < 0 ? -1 : value_of(digits[1]);
		if (low < 0)
			return false;
		putc(high << 4 | low, h->out);
	}
	return true;
}

int handed_write(struct handed *h, const char *folder, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%.*s/handed", PATH_MAX - 16, folder);
	if (h->out && fflush(h->out) != 0)
		return -ENOMEM;
	FILE *file = fopen(path, "we");
	if (!file)
		return -errno;
	bool written = fwrite(h->text ?: "", 1, h->bytes, file) == h->bytes;
	fchmod(fileno(file), 0644);
	return fclose(file) == 0 && written ? 0 : -EIO;
}

void handed_free(struct handed *h, const char *path)
{
	if (h->out)
		fclose(h->out);
	free(h->text);
	*h = (struct handed){ 0 };
	if (path)
		unlink(path);
}
