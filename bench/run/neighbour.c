/* SPDX-License-Identifier: MIT */
/* neighbour.c -- who else uses this machine's CPUs.  See neighbour.h. */
#include "bench/run/neighbour.h"

#include "bench/base/clock.h"
#include "bench/base/random.h"
#include "bench/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- those that are found ---- */

/* Counters that only grow.  Ticks are summed over all PUs. */
struct counters { double busy_ticks, stolen_ticks, all_ticks, waited_us; uint64_t now_ns; };

static struct counters read_counters(void)
{
	struct counters c = { NAN, NAN, NAN, NAN, clock_ns() };
	double t[8];
	FILE *file = fopen("/proc/stat", "re");

	/* user nice system idle iowait irq softirq steal; a guest's time is already in user */
	if (file && fscanf(file, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6],
		&t[7]) == 8) {
		c.busy_ticks = t[0] + t[1] + t[2] + t[5] + t[6];
		c.stolen_ticks = t[7];
		c.all_ticks = c.busy_ticks + t[3] + t[4] + t[7];
	}
	if (file)
		fclose(file);
	file = fopen("/proc/pressure/cpu", "re");
	if (file && fscanf(file, "some avg10=%*f avg60=%*f avg300=%*f total=%lf", &c.waited_us) != 1)
		c.waited_us = NAN;
	if (file)
		fclose(file);
	return c;
}

/* The processes of the machine; ticks are of CPU time since a process began. */
struct process { pid_t pid; char name[16]; double ticks; };
struct census { unsigned count, room; struct process *process; };

static bool read_process(pid_t pid, struct process *p)
{
	char path[64], line[512];
	double user, system;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *stat = fopen(path, "re");
	if (!stat)
		return false;  /* it has just ended */
	const char *name = fgets(line, sizeof line, stat) ? strchr(line, '(') : NULL;
	char *end = name ? strrchr(line, ')') : NULL;  /* the last: a name may hold one, too */
	fclose(stat);
	if (!end || sscanf(end, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lf %lf", &user, &system) != 2)
		return false;
	*end = '\0';
	*p = (struct process){ .pid = pid, .ticks = user + system };
	snprintf(p->name, sizeof p->name, "%.15s", name + 1);
	text_clean(p->name);
	return true;
}

static int take_census(struct census *c)
{
	DIR *proc = opendir("/proc");
	int error = 0;

	*c = (struct census){ 0 };
	for (struct dirent *entry; proc && error == 0 && (entry = readdir(proc));) {
		pid_t pid = atoi(entry->d_name);
		if (pid <= 0 || pid == getpid())
			continue;
		if (c->count == c->room) {
			struct process *more = realloc(c->process, (2 * c->room + 256) * sizeof *more);
			if (!more) {
				error = -ENOMEM;
				break;
			}
			c->process = more;
			c->room = 2 * c->room + 256;
		}
		c->count += read_process(pid, &c->process[c->count]);
	}
	if (proc)
		closedir(proc);
	return error;
}

static int greedier(const void *a, const void *b)
{
	const struct process *p = a, *q = b;
	return (p->ticks < q->ticks) - (p->ticks > q->ticks);
}

static int by_pid(const void *a, const void *b)
{
	const struct process *p = a, *q = b;
	return (p->pid > q->pid) - (p->pid < q->pid);
}

/* Of `after`, those that used most since `before`. */
static void find_greediest(struct neighbours *n, struct census *before, struct census *after, double ticks)
{
	if (before->count)
		qsort(before->process, before->count, sizeof *before->process, by_pid);
	for (unsigned i = 0; i < after->count; i++) {
		struct process *p = &after->process[i], *earlier = before->count == 0 ? NULL
			: bsearch(p, before->process, before->count, sizeof *p, by_pid);
		p->ticks -= earlier ? earlier->ticks : 0;  /* one that was not there has used all of it since */
	}
	if (after->count)
		qsort(after->process, after->count, sizeof *after->process, greedier);
	for (unsigned i = 0; i < after->count && n->count < NEIGHBOUR_MOST && after->process[i].ticks > 0; i++) {
		struct neighbour *found = &n->greediest[n->count++];
		*found = (struct neighbour){ .pid = after->process[i].pid, .pus = after->process[i].ticks / ticks };
		memcpy(found->name, after->process[i].name, sizeof found->name);
	}
}

int neighbours_watch(double seconds, struct neighbours *n)
{
	const struct timespec nap = { (time_t)seconds, (long)(fmod(seconds, 1) * 1e9) };
	struct census before, after = { 0 };
	int error = take_census(&before);
	struct counters first = read_counters();

	*n = (struct neighbours){ 0 };
	nanosleep(&nap, NULL);
	struct counters last = read_counters();
	double passed_s = (double)(last.now_ns - first.now_ns) * 1e-9;
	double ticks = passed_s * (double)sysconf(_SC_CLK_TCK);
	n->busy_pus = (last.busy_ticks - first.busy_ticks) / ticks;
	n->stolen_percent = 100 * (last.stolen_ticks - first.stolen_ticks) / fmax(last.all_ticks - first.all_ticks, 1);
	n->waited_percent = 1e-4 * (last.waited_us - first.waited_us) / passed_s;
	if (error == 0)
		error = take_census(&after);
	if (error == 0)
		find_greediest(n, &before, &after, ticks);
	free(before.process);
	free(after.process);
	return error;
}

/* ---- one that is planted ---- */

/* A spell lasts about as long as a trial or a few.  In it bursts and pauses are short: one long burst would take turns
 * with a trial in slices of milliseconds, and most solves would run undisturbed between two of them. */
enum { SPELL_US = 5000, SPELLS_US = 100000, BURST_US = 200, BURSTS_US = 2000, PAUSE_US = 100, PAUSES_US = 800 };

struct noise { hwloc_topology_t topology; unsigned pu; uint64_t random; pid_t parent; };

static void move_to(hwloc_topology_t topology, unsigned pu)
{
	hwloc_bitmap_t here = hwloc_bitmap_alloc();

	if (!here)
		return;
	hwloc_bitmap_only(here, pu);
	hwloc_set_cpubind(topology, here, HWLOC_CPUBIND_THREAD);  /* one that fails disturbs where it is */
	hwloc_bitmap_free(here);
}

static uint64_t between(uint64_t *random, uint64_t least, uint64_t most)
{
	return least + random_below(random, most - least);
}

/* Half of the spells at least on the PU that is to be disturbed. */
static void noisy_spell(struct noise *n)
{
	const unsigned pus = (unsigned)hwloc_get_nbobjs_by_type(n->topology, HWLOC_OBJ_PU);
	unsigned any = (unsigned)random_below(&n->random, pus);
	bool there = random_below(&n->random, 2) == 0;

	move_to(n->topology, there ? n->pu : hwloc_get_obj_by_type(n->topology, HWLOC_OBJ_PU, any)->os_index);
	uint64_t end_ns = clock_ns() + 1000 * between(&n->random, SPELL_US, SPELLS_US);
	while (clock_ns() < end_ns) {
		uint64_t burst_end_ns = clock_ns() + 1000 * between(&n->random, BURST_US, BURSTS_US);
		while (clock_ns() < burst_end_ns)
			;
		usleep((useconds_t)between(&n->random, PAUSE_US, PAUSES_US));
	}
}

static int be_noisy(void *arg)
{
	struct noise *noise = arg;
	sigset_t alarm_only;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != noise->parent)
		_exit(0);  /* it died before the line above */
	prctl(PR_SET_NAME, "noisy neighbour");
	close_range(0, ~0u, 0);  /* or whoever reads what our parent writes would wait for us, too */
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &alarm_only, NULL);
	signal(SIGALRM, SIG_DFL);
	alarm(NEIGHBOUR_LIFE_S);
	for (;;) {
		noisy_spell(noise);
		usleep((useconds_t)between(&noise->random, SPELL_US, SPELLS_US));
	}
}

/* clone() and not fork(): a child that sends no signal at its end is none that waitpid(-1) waits for, and so spawn.c,
 * which ends and counts whatever a trial left behind, passes it by. */
int neighbour_plant(hwloc_topology_t topology, unsigned pu, uint64_t seed, pid_t *pid)
{
	static _Alignas(16) char stack[65536];  /* the child has a copy of it, as of all our memory: one does for all */
	struct noise noise = { topology, pu, seed, getpid() };

	*pid = clone(be_noisy, stack + sizeof stack, 0, &noise);
	if (*pid < 0) {
		*pid = 0;
		return -errno;
	}
	return 0;
}

void neighbour_uproot(pid_t pid)
{
	if (pid <= 0)
		return;
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
		;
}
