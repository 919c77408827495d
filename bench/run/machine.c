/* SPDX-License-Identifier: MIT */
/* machine.c -- what this machine is, and what disturbs it.  See machine.h. */
#include "bench/run/machine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The first line of a file, without its newline; "" when it cannot be read. */
static void first_line(const char *path, char *out, size_t size)
{
	FILE *file = fopen(path, "re");

	out[0] = '\0';
	if (!file)
		return;
	if (!fgets(out, (int)size, file))
		out[0] = '\0';
	out[strcspn(out, "\n")] = '\0';
	fclose(file);
}

/* What follows `key` and a colon in /proc/cpuinfo, first time. */
static void cpuinfo(const char *key, char *out, size_t size)
{
	FILE *file = fopen("/proc/cpuinfo", "re");
	char line[4096];

	out[0] = '\0';
	while (file && fgets(line, sizeof line, file)) {
		const char *colon = strchr(line, ':');
		if (strncmp(line, key, strlen(key)) == 0 && colon) {
			snprintf(out, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
			break;
		}
	}
	if (file)
		fclose(file);
}

static void read_hypervisor(struct machine *m)
{
	char flags[4096];

	cpuinfo("flags", flags, sizeof flags);
	first_line("/sys/hypervisor/type", m->hypervisor, sizeof m->hypervisor);
	if (!*m->hypervisor && strstr(flags, " hypervisor"))
		snprintf(m->hypervisor, sizeof m->hypervisor, "virtual machine");
}

/* This process's cgroup that may limit CPU time, "" when there is none: version 2's, else that of version 1's
 * controller. */
static void cgroup_folder(char *out, size_t size)
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	char line[512], with_commas[512];

	out[0] = '\0';
	while (file && fgets(line, sizeof line, file)) {
		char *controllers = strchr(line, ':'), *path = controllers ? strchr(controllers + 1, ':') : NULL;
		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		snprintf(with_commas, sizeof with_commas, ",%s,", controllers + 1);
		if (strstr(with_commas, ",cpu,")) {
			snprintf(out, size, "/sys/fs/cgroup/cpu%s", path);
			break;  /* version 2 beside it, if any, does not hold this controller */
		}
		if (strcmp(with_commas, ",,") == 0)
			snprintf(out, size, "/sys/fs/cgroup%s", path);
	}
	if (file)
		fclose(file);
}

/* What one cgroup grants, in CPUs: cpu.max of version 2, or the two files of version 1; NAN: it sets no limit. */
static double quota_of(const char *folder)
{
	char path[700], line[64];
	double quota_us, period_us;

	snprintf(path, sizeof path, "%s/cpu.max", folder);
	first_line(path, line, sizeof line);
	if (sscanf(line, "%lf %lf", &quota_us, &period_us) == 2)
		return quota_us / period_us;
	snprintf(path, sizeof path, "%s/cpu.cfs_quota_us", folder);
	first_line(path, line, sizeof line);
	quota_us = atof(line);
	snprintf(path, sizeof path, "%s/cpu.cfs_period_us", folder);
	first_line(path, line, sizeof line);
	period_us = atof(line);
	return quota_us > 0 && period_us > 0 ? quota_us / period_us : NAN;
}

/* The tightest limit between our group and the root. */
static double quota(void)
{
	const size_t root = strlen("/sys/fs/cgroup");
	char folder[640];
	double cpus = NAN;

	cgroup_folder(folder, sizeof folder);
	while (strlen(folder) >= root) {
		cpus = fmin(cpus, quota_of(folder));  /* fmin() prefers a number to NAN */
		*strrchr(folder, '/') = '\0';
	}
	return cpus;
}

/* user nice system idle iowait irq softirq steal: the eighth number, and their sum. */
static double steal(double *total)
{
	char line[512];
	double t[8] = { 0 };

	first_line("/proc/stat", line, sizeof line);
	if (sscanf(line, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6],
		&t[7]) < 8)
		return NAN;
	*total = 0;
	for (int i = 0; i < 8; i++)
		*total += t[i];
	return t[7];
}

static double pressure(void)
{
	char line[256];
	double avg10;

	first_line("/proc/pressure/cpu", line, sizeof line);
	return sscanf(line, "some avg10=%lf", &avg10) == 1 ? avg10 : NAN;
}

static unsigned count(hwloc_topology_t topology, hwloc_obj_type_t type)
{
	int n = hwloc_get_nbobjs_by_type(topology, type);
	return n > 0 ? (unsigned)n : 0;
}

void machine_read(struct machine *m, hwloc_topology_t topology)
{
	struct utsname system;
	double total = 0, stolen = steal(&total);

	*m = (struct machine){ 0 };
	cpuinfo("model name", m->model, sizeof m->model);
	if (uname(&system) == 0) {
		snprintf(m->host, sizeof m->host, "%.63s", system.nodename);
		snprintf(m->kernel, sizeof m->kernel, "%.40s %.60s %.20s", system.sysname, system.release,
			system.machine);
		if (!*m->model)
			snprintf(m->model, sizeof m->model, "%.60s", system.machine);
	}
	read_hypervisor(m);
	first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", m->governor, sizeof m->governor);
	first_line("/sys/devices/system/cpu/cpufreq/boost", m->boost, sizeof m->boost);
	m->packages = count(topology, HWLOC_OBJ_PACKAGE);
	m->cores = count(topology, HWLOC_OBJ_CORE);
	int kinds = hwloc_cpukinds_get_nr(topology, 0);
	m->core_kinds = kinds > 0 ? (unsigned)kinds : 1;        /* a system that tells of none has one */
	m->pus_allowed = count(topology, HWLOC_OBJ_PU);
	m->pus = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	m->quota_cpus = quota();
	m->pressure = pressure();
	m->steal_percent = total > 0 ? 100 * stolen / total : NAN;
	if (getloadavg(&m->load1, 1) != 1)
		m->load1 = NAN;
}

struct machine_load machine_load(void)
{
	struct machine_load load = { NAN, NAN, NAN };
	char folder[640], path[700], line[256];
	double total, value;

	load.steal_ticks = steal(&total);
	first_line("/proc/pressure/cpu", line, sizeof line);
	const char *some = strstr(line, "total=");
	if (some)
		load.pressure_us = strtod(some + strlen("total="), NULL);
	cgroup_folder(folder, sizeof folder);
	snprintf(path, sizeof path, "%s/cpu.stat", folder);
	FILE *file = *folder ? fopen(path, "re") : NULL;
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "throttled_usec %lf", &value) == 1)
			load.throttled_us = value;
		else if (sscanf(line, "throttled_time %lf", &value) == 1)
			load.throttled_us = value / 1000;  /* version 1 counts in ns */
	if (file)
		fclose(file);
	return load;
}
