/* SPDX-License-Identifier: MIT */
/* confine.c -- the first process of a sandbox: starts what is not trusted, with limits, and counts what it takes.
 *
 *   confine UID PROCESSES MEMORY_MIB FILE_MIB CPU_S PROGRAM [WORD...]
 *
 * bubblewrap (bench/grade/sandbox.c) starts it as process 1 of a process namespace: what is not trusted can neither
 * signal it nor outlive it.  Some limits are the kernel's: CPU time of a process, size of a file, number of processes.
 * That of memory is not: a limit of the address space would also count what a sanitizer reserves and never touches.
 * So /proc is read, 50 times a second, and what is resident is added up; what hides from that count (memory files,
 * segments, buffers of sockets) is caught when the whole machine comes to its end.
 *
 * UID: to become it, in a user namespace of its own, so that its number of processes is counted there alone and that
 * of root is, too; 0: stay who we are (we are in such a namespace then).  Ends as PROGRAM did, with 128 + the signal
 * that killed it; the last line on descriptor 3, when nobody is left to write one, tells how many outlived it.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OPEN_FILES = 512, LOOK_MS = 20, CODE_FAILED = 125, ROWS_FD = 3, LEAST_FREE = 20, WORDS = 7 };

struct limits { unsigned uid, processes, memory_mib, file_mib, cpu_s; };

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "confine: %s: %s\n", what, strerror(errno));
	_exit(CODE_FAILED);
}

static void limit(__rlimit_resource_t resource, rlim_t most)
{
	if (setrlimit(resource, &(struct rlimit){ most, most }) < 0)
		fail("a limit cannot be set");
}

static void write_map(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		fail(path);
	close(fd);
}

/* For good: nobody, with no groups and no rights, in a user namespace that knows nobody else. */
static void become(unsigned uid)
{
	char map[64];

	if (setgroups(0, NULL) < 0 || setresgid(uid, uid, uid) < 0 || setresuid(uid, uid, uid) < 0)
		fail("it cannot become another user");
	prctl(PR_SET_DUMPABLE, 1);      /* else the maps are root's to write */
	if (unshare(CLONE_NEWUSER) < 0)
		fail("no user namespace can be made");
	snprintf(map, sizeof map, "%u %u 1", uid, uid);
	write_map("/proc/self/setgroups", "deny");
	write_map("/proc/self/uid_map", map);
	write_map("/proc/self/gid_map", map);
}

static _Noreturn void start(const struct limits *l, char **argv, const sigset_t *mask)
{
	setpgid(0, 0);
	if (l->uid)
		become(l->uid);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NOFILE, OPEN_FILES);
	limit(RLIMIT_FSIZE, (rlim_t)l->file_mib << 20);
	limit(RLIMIT_CPU, l->cpu_s);
	limit(RLIMIT_NPROC, l->processes);      /* from inside the namespace: only what lives there counts */
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(argv[0], argv);
	fail(argv[0]);
}

struct use { unsigned long tasks, own_kib, shared_kib; };

static void add_process(struct use *u, const char *pid)
{
	char path[300], line[256];
	unsigned long value;

	snprintf(path, sizeof path, "/proc/%s/status", pid);
	FILE *file = fopen(path, "re");
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "RssAnon: %lu", &value) == 1)
			u->own_kib += value;
		else if (sscanf(line, "RssShmem: %lu", &value) == 1 && value > u->shared_kib)
			u->shared_kib = value;          /* of memory that they share, all see the same */
		else if (sscanf(line, "Threads: %lu", &value) == 1)
			u->tasks += value;
	}
	if (file)
		fclose(file);
}

/* All processes but this one. */
static struct use look(void)
{
	struct use u = { 0 };
	DIR *proc = opendir("/proc");

	for (struct dirent *entry; proc && (entry = readdir(proc));)
		if (isdigit((unsigned char)entry->d_name[0]) && strcmp(entry->d_name, "1") != 0)
			add_process(&u, entry->d_name);
	if (proc)
		closedir(proc);
	return u;
}

static bool machine_is_full(void)
{
	unsigned long total = 0, available = 0, value;
	char line[256];
	FILE *file = fopen("/proc/meminfo", "re");

	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "MemTotal: %lu", &value) == 1)
			total = value;
		else if (sscanf(line, "MemAvailable: %lu", &value) == 1)
			available = value;
	}
	if (file)
		fclose(file);
	return total && available && available < total / LEAST_FREE;
}

/* True, and said, when too much was taken. */
static bool too_much(const struct limits *l)
{
	struct use u = look();

	if ((u.own_kib + u.shared_kib) / 1024 > l->memory_mib)
		fprintf(stderr, "ended: it took more than %u MiB of memory\n", l->memory_mib);
	else if (u.tasks > l->processes)
		fprintf(stderr, "ended: it had more than %u processes and threads\n", l->processes);
	else if (machine_is_full())
		fprintf(stderr, "ended: it took memory until less than a %dth of the machine's was free\n", LEAST_FREE);
	else
		return false;
	return true;
}

/* Waits for the program; orphans that come here are counted. */
static int follow(const struct limits *l, pid_t program, const sigset_t *child, unsigned *orphans)
{
	const struct timespec pause = { 0, LOOK_MS * 1000000L };
	int status = 0;

	for (;;) {
		sigtimedwait(child, NULL, &pause);
		for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0; ++*orphans)
			if (pid == program)
				return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
		if (too_much(l))
			return 128 + SIGKILL;
	}
}

/* Nobody is left afterwards: as process 1 we are spared by kill(-1), and adopt all. */
static unsigned end_all(void)
{
	unsigned ended = 0;
	pid_t pid;

	kill(-1, SIGKILL);
	while ((pid = waitpid(-1, NULL, 0)) > 0 || (pid < 0 && errno == EINTR))
		ended += pid > 0;
	return ended;
}

int main(int argc, char **argv)
{
	struct limits l = { 0 };
	unsigned *const number[] = { &l.uid, &l.processes, &l.memory_mib, &l.file_mib, &l.cpu_s }, orphans = 0;
	sigset_t child, before;

	if (argc < WORDS || getpid() != 1) {
		fputs("confine: works inside a sandbox alone, as process 1: use manyhands grade --sandbox\n", stderr);
		return CODE_FAILED;
	}
	for (int i = 0; i < WORDS - 2; i++)
		*number[i] = (unsigned)strtoul(argv[i + 1], NULL, 10);
	prctl(PR_SET_DUMPABLE, 0);      /* nobody inside may look into us, or stop us */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	pid_t program = fork();
	if (program < 0)
		fail("no process can be made");
	if (program == 0)
		start(&l, argv + WORDS - 1, &before);
	signal(SIGPIPE, SIG_IGN);
	int code = follow(&l, program, &child, &orphans);
	dprintf(ROWS_FD, "\n{\"row\":\"confined\",\"outlived\":%u}\n", end_all() + orphans);
	return code;
}
