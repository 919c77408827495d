/* SPDX-License-Identifier: MIT */
/* leaks.c -- count what the kernel holds for this process, before and after.  See leaks.h. */
#include "bench/trial/leaks.h"

#include "bench/base/clock.h"
#include "bench/check.h"
#include "bench/trial/names.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Present only where the OpenMP runtime, or ThreadSanitizer's, is linked: both keep threads of their own, by design,
 * and LLVM's OpenMP a shared mapping. */
extern int omp_get_thread_num(void) __attribute__((weak));
extern void __tsan_init(void) __attribute__((weak));

static unsigned entries(const char *folder)
{
	unsigned count = 0;
	DIR *dir = opendir(folder);

	if (!dir)
		die("%s cannot be read: is /proc mounted?", folder);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;  /* without . and .. */
}

/* System V segments know who made them: the fifth column of /proc/sysvipc/shm.  An earlier process of the same number
 * may have left some, too. */
static unsigned sysv_segments(pid_t creator)
{
	unsigned count = 0;
	char line[512];
	FILE *file = fopen("/proc/sysvipc/shm", "re");

	if (!file)
		return 0;
	while (fgets(line, sizeof line, file)) {
		int pid;
		if (sscanf(line, "%*s %*s %*s %*s %d", &pid) == 1 && pid == creator)
			count++;
	}
	fclose(file);
	return count;
}

/* "7f12-7f13 rw-s ...": private ones come and go with malloc(). */
static unsigned shared_mappings(void)
{
	unsigned count = 0;
	char *line = NULL;
	size_t room = 0;
	FILE *maps = fopen("/proc/self/maps", "re");

	while (maps && getline(&line, &room, maps) >= 0) {
		const char *rights = strchr(line, ' ');
		count += rights && strlen(rights) > 4 && rights[4] == 's';
	}
	free(line);
	if (maps)
		fclose(maps);
	return count;
}

struct leaks leaks_count(void)
{
	names_watch();
	return (struct leaks){
		.threads = entries("/proc/self/task"),
		.descriptors = entries("/proc/self/fd"),
		.mappings = shared_mappings(),
		.sysv = sysv_segments(getpid()),
	};
}

static unsigned threads_left(unsigned before)
{
	const uint64_t deadline_ns = clock_ns() + 200000000;
	unsigned now;

	while ((now = entries("/proc/self/task")) > before && clock_ns() < deadline_ns)
		usleep(1000);
	return now > before ? now - before : 0;
}

bool leaks_found(const struct leaks *before, FILE *why)
{
	struct leaks now = leaks_count();
	siginfo_t child = { 0 };
	const char *comma = "", *name = "";
	bool found = false;

	#define SAY(...) (fputs(comma, why), fprintf(why, __VA_ARGS__), comma = ", ", found = true)
	if (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0) {
		if (child.si_pid)
			SAY("process %d ended and was never waited for (a zombie)", (int)child.si_pid);
		else
			SAY("a child process still runs");
	}
	unsigned threads = omp_get_thread_num || __tsan_init ? 0 : threads_left(before->threads);
	if (threads)
		SAY("%u thread%s never joined", threads, threads > 1 ? "s were" : " was");
	if (now.descriptors > before->descriptors)
		SAY("%u descriptor%s left open", now.descriptors - before->descriptors,
			now.descriptors - before->descriptors > 1 ? "s were" : " was");
	if (now.mappings > before->mappings && !omp_get_thread_num)
		SAY("%u shared mapping%s never given back (munmap)", now.mappings - before->mappings,
			now.mappings - before->mappings > 1 ? "s were" : " was");
	unsigned named = names_left(&name);
	if (named)
		SAY("%u named object%s never unlinked (%s)", named, named > 1 ? "s were" : " was", name);
	if (now.sysv > before->sysv)
		SAY("%u System V shared segment%s left", now.sysv - before->sysv,
			now.sysv - before->sysv > 1 ? "s were" : " was");
	#undef SAY
	return found;
}
