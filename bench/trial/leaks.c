/* SPDX-License-Identifier: MIT */
/* leaks.c -- count what the kernel holds for this process, before and after.  See leaks.h. */
#include "bench/trial/leaks.h"

#include "bench/base/clock.h"
#include "bench/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Present only where the OpenMP runtime is linked: its team outlives the region by design. */
extern int omp_get_thread_num(void) __attribute__((weak));

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

/* Named shared memory and semaphores stay in /dev/shm until somebody unlinks them.  Nothing tells who made one: only this
 * user's count, and one that another program makes in this very moment is counted too. */
static unsigned named_objects(void)
{
	unsigned count = 0;
	DIR *dir = opendir("/dev/shm");
	struct stat status;

	if (!dir)
		return 0;
	for (struct dirent *entry; (entry = readdir(dir));)
		if (entry->d_name[0] != '.' && fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0
			&& status.st_uid == geteuid())
			count++;
	closedir(dir);
	return count;
}

/* System V segments know who made them: the fifth column of /proc/sysvipc/shm. */
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

struct leaks leaks_count(void)
{
	return (struct leaks){
		.threads = entries("/proc/self/task"),
		.descriptors = entries("/proc/self/fd"),
		.named = named_objects(),
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
	const char *comma = "";
	bool found = false;

	#define SAY(...) (fputs(comma, why), fprintf(why, __VA_ARGS__), comma = ", ", found = true)
	if (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0) {
		if (child.si_pid)
			SAY("process %d ended and was never waited for (a zombie)", (int)child.si_pid);
		else
			SAY("a child process still runs");
	}
	unsigned threads = omp_get_thread_num ? 0 : threads_left(before->threads);
	if (threads)
		SAY("%u thread%s never joined", threads, threads > 1 ? "s were" : " was");
	if (now.descriptors > before->descriptors)
		SAY("%u descriptor%s left open", now.descriptors - before->descriptors,
			now.descriptors - before->descriptors > 1 ? "s were" : " was");
	if (now.named > before->named)
		SAY("%u named object%s left in /dev/shm", now.named - before->named,
			now.named - before->named > 1 ? "s were" : " was");
	unsigned sysv = sysv_segments(getpid());
	if (sysv)
		SAY("%u System V shared segment%s left", sysv, sysv > 1 ? "s were" : " was");
	#undef SAY
	return found;
}
