/* SPDX-License-Identifier: MIT */
/* sandbox.c -- the words that make bubblewrap's sandbox, and what came out of it.  See sandbox.h. */
#include "bench/grade/sandbox.h"

#include "bench/base/text.h"

#include <errno.h>
#include <glob.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What one run may take.  Sanitizers need the most of it. */
enum { PROCESSES = 256, MEMORY_MIB = 2048, FILE_MIB = 64, TMP_MIB = 64, SHM_MIB = 256 };
enum { NOBODY = 65534, NOT_STARTED = 125, WORDS = 2048, BYTES = 1 << 17 };

/* Global because a sandbox, once asked for, is around everything. */
static struct {
	const struct lab *lab;          /* NULL: there is none */
	const struct lab_places *places;
	char confine[PATH_MAX];
} sandbox;

/* A command in the making.  Static in sandbox_run() for its size alone. */
struct words {
	char *argv[WORDS + 1], text[BYTES];
	unsigned count;
	size_t used;
	bool full;
};

static void add(struct words *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct words *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int length = vsnprintf(w->text + w->used, BYTES - w->used, format, args);
	va_end(args);
	if (w->count == WORDS || length < 0 || w->used + (size_t)length + 1 > BYTES) {
		w->full = true;
		return;
	}
	w->argv[w->count++] = w->text + w->used;
	w->argv[w->count] = NULL;
	w->used += (size_t)length + 1;
}

static void add_all(struct words *w, const char *const *word)
{
	for (; *word; word++)
		add(w, "%s", *word);
}

/* The folders above it, which bubblewrap would make for their owner alone. */
static void add_parents(struct words *w, const char *path)
{
	for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		add_all(w, (const char *const[]){ "--perms", "0755", "--dir", NULL });
		add(w, "%.*s", (int)(slash - path), path);
	}
}

static void bind(struct words *w, const char *how, const char *path)
{
	add(w, "%s", how);
	add(w, "%s", path);
	add(w, "%s", path);
}

static const char *const system_places[] = { "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
	"/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/sys/devices/system",
	"/nix/store", "/gnu/store", NULL };

static bool lies_in(const char *path, const char *folder)
{
	size_t length = strlen(folder);
	return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* How much of a path below a place to hide.  What root may enter alone, nobody, who runs inside, could not: so there it
 * is hidden from that folder on, and the files below it lie in folders of our own. */
static int hidden_length(const char *path, size_t place)
{
	struct stat about;
	char folder[PATH_MAX];

	for (const char *at = path + place; geteuid() == 0 && *at && (at = strchr(at + 1, '/'));) {
		snprintf(folder, sizeof folder, "%.*s", (int)(at - path), path);
		if (stat(folder, &about) == 0 && !(about.st_mode & S_IXOTH))
			return (int)(at - path);
	}
	return (int)strlen(path);
}

/* A source or a build inside /usr, say, is not to be seen with it, nor through /lib, which may be a link into /usr.
 * `how` is --tmpfs and, at the end, --remount-ro. */
static void hide(struct words *w, const char *how)
{
	const char *const ours[] = { sandbox.places->source, sandbox.places->build };
	char real[PATH_MAX];

	for (unsigned i = 0; i < sizeof ours / sizeof *ours; i++)
		for (const char *const *place = system_places; *place; place++)
			if (realpath(*place, real) && lies_in(ours[i], real)) {
				const size_t above = strlen(real);
				add(w, "%s", how);
				add(w, "%s%.*s", *place, hidden_length(ours[i], above) - (int)above, ours[i] + above);
			}
}

static void add_system(struct words *w)
{
	static const char *const root[] = { "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID",
		"--cap-add", "CAP_KILL", NULL };        /* for confine, which gives them up in what it starts */
	static const char *const user[] = { "--unshare-user", "--cap-drop", "ALL", NULL };
	static const char *const apart[] = { "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
		"--unshare-cgroup-try", "--die-with-parent", "--new-session", "--as-pid-1", "--hostname", "grading",
		"--clearenv", "--proc", "/proc", "--dev", "/dev", NULL };

	add(w, "bwrap");
	add_all(w, geteuid() == 0 ? root : user);
	add_all(w, apart);
	for (const char *const *place = system_places; *place; place++) {
		add_parents(w, *place);
		bind(w, "--ro-bind-try", *place);
	}
	add_all(w, (const char *const[]){ "--perms", "1777", "--size", NULL });
	add(w, "%d", TMP_MIB << 20);
	add_all(w, (const char *const[]){ "--tmpfs", "/tmp", "--perms", "1777", "--size", NULL });
	add(w, "%d", SHM_MIB << 20);
	add_all(w, (const char *const[]){ "--tmpfs", "/dev/shm", NULL });
	hide(w, "--tmpfs");
}

/* The headers that answers include; neither the model nor a test is among them. */
static void add_headers(struct words *w)
{
	static const char *const folder[] = { "bench", "bench/base", "lessons/lib" };
	char pattern[PATH_MAX + 32];
	glob_t found;

	for (unsigned i = 0; i <= sizeof folder / sizeof *folder; i++) {
		if (i < sizeof folder / sizeof *folder)
			snprintf(pattern, sizeof pattern, "%s/%s/*.h", sandbox.places->source, folder[i]);
		else
			snprintf(pattern, sizeof pattern, "%s/*.h", sandbox.lab->source);
		add_parents(w, pattern);
		if (glob(pattern, 0, NULL, &found) == 0)
			for (size_t k = 0; k < found.gl_pathc; k++)
				bind(w, "--ro-bind", found.gl_pathv[k]);
		globfree(&found);
	}
}

/* Files that the command names: an object, an archive, a program, a machine.  The words are ours, never an answer's. */
static void add_files(struct words *w, const struct untrusted *what)
{
	struct stat about;

	for (unsigned i = 0; what->argv[i]; i++)
		if (what->argv[i][0] == '/' && stat(what->argv[i], &about) == 0 && S_ISREG(about.st_mode)
			&& !lies_in(what->argv[i], what->folder)) {
			add_parents(w, what->argv[i]);
			bind(w, "--ro-bind", what->argv[i]);
		}
	add_parents(w, sandbox.confine);
	bind(w, "--ro-bind", sandbox.confine);
	add_parents(w, what->folder);
	bind(w, what->builds ? "--bind" : "--ro-bind", what->folder);
}

/* Of our environment only what steers a runtime goes in. */
static void add_env(struct words *w, const struct untrusted *what)
{
	static const char *const ours[] = { "OMP_TOOL_LIBRARIES=", "TSAN_OPTIONS=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=",
		"LSAN_OPTIONS=", "MANYHANDS_YIELD=" };
	static const char *const plain[] = { "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME",
		"/tmp", "--setenv", "LC_ALL", "C", NULL };

	add_all(w, plain);
	for (unsigned i = 0; what->env && what->env[i]; i++)
		for (unsigned k = 0; k < sizeof ours / sizeof *ours; k++)
			if (strncmp(what->env[i], ours[k], strlen(ours[k])) == 0) {
				add(w, "--setenv");
				add(w, "%.*s", (int)strlen(ours[k]) - 1, ours[k]);
				add(w, "%s", what->env[i] + strlen(ours[k]));
			}
}

static void add_command(struct words *w, const struct untrusted *what)
{
	hide(w, "--remount-ro");
	add(w, "--remount-ro");
	add(w, "/dev");
	add(w, "--remount-ro");
	add(w, "/");
	add(w, "--chdir");
	add(w, "%s", what->folder);
	add(w, "%s", sandbox.confine);
	add(w, "%d", geteuid() == 0 ? NOBODY : 0);
	add(w, "%d", PROCESSES);
	add(w, "%d", MEMORY_MIB);
	add(w, "%d", FILE_MIB);
	add(w, "%.0f", ceil(what->deadline_s * (double)sysconf(_SC_NPROCESSORS_ONLN)) + 1);
	for (unsigned i = 0; what->argv[i]; i++)
		add(w, "%s", what->argv[i]);
}

/* Takes the last word off descriptor 3, which was written when nobody else could write there any more.  False when
 * it is not there: then something was done to that descriptor. */
static bool take_last_word(struct spawned *out)
{
	static const char last[] = "\n{\"row\":\"confined\",\"outlived\":";
	char *text = out->text[2], *found = NULL;

	for (char *at = text; (at = strstr(at, last)); at++)
		found = at;
	if (!found || out->cut[2])
		return false;
	out->survivors = (unsigned)strtoul(found + strlen(last), NULL, 10);
	*found = '\0';
	return true;
}

bool sandbox_is_open(void)
{
	return sandbox.lab;
}

int sandbox_run(const struct untrusted *what, struct spawned *out)
{
	static struct words w;

	w.count = 0;
	w.used = 0;
	w.full = false;
	*out = (struct spawned){ 0 };
	add_system(&w);
	if (what->builds)
		add_headers(&w);
	add_files(&w, what);
	add_env(&w, what);
	add_command(&w, what);
	if (w.full)
		return -E2BIG;
	/* root's own rights are dropped inside, too: so it is nobody's, and all may pass */
	if (geteuid() == 0 && (chown(what->folder, NOBODY, (gid_t)-1) < 0 || chmod(what->folder, 0711) < 0))
		return -errno;
	int error = spawn_run(&(struct spawn){ .argv = w.argv, .deadline_s = what->deadline_s }, out);
	if (error < 0 || out->hung)
		return error;
	if (!take_last_word(out)) {
		char *odd = strdup("?");
		if (!odd)
			return -ENOMEM;
		free(out->text[2]);
		out->text[2] = odd;
	}
	int code = WIFEXITED(out->status) ? WEXITSTATUS(out->status) : 0;
	if (what->builds && code == NOT_STARTED)        /* no compiler says so: the words are confine's */
		return -EACCES;
	if (code > 128 && code <= 128 + 64)     /* killed by a signal; a program may also say so, and gains nothing */
		out->status = code - 128;
	return 0;
}

static int refuse(char *why, const struct spawned *s)
{
	char said[200];

	snprintf(said, sizeof said, "%.*s", (int)strcspn(s->text[1], "\n"), s->text[1]);
	lab_why(why, "--sandbox: bubblewrap 0.7 or newer cannot make a sandbox here (%s): allow user namespaces "
		"(sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, "
		"kernel.apparmor_restrict_unprivileged_userns; in a container, its seccomp profile), or grade on "
		"another machine.  Nothing was run", text_clean(said));
	return -EPERM;
}

/* Where umask was 077, say: root inside is nobody. */
static int refuse_unreadable(char *why, const char *header, const char *archive)
{
	lab_why(why, "--sandbox: %.300s or %.300s cannot be read inside, where root is nobody: chmod -R go+rX the "
		"source and the build.  Nothing was run", header, archive);
	return -EPERM;
}

int sandbox_open(const struct lab *lab, const struct lab_places *places, char *why)
{
	enum { CANNOT_READ = 1 };       /* test's answer */
	char header[PATH_MAX + 16], archive[PATH_MAX + 16], folder[] = "/tmp/manyhands-sandbox.XXXXXX";
	char *const argv[] = { (char *)(uintptr_t)"test", (char *)(uintptr_t)"-r", header, (char *)(uintptr_t)"-a",
		(char *)(uintptr_t)"-r", archive, NULL };
	struct spawned s;

	if (snprintf(sandbox.confine, PATH_MAX, "%s/confine", places->build) >= PATH_MAX)
		return lab_why(why, "%s: the path is too long", places->build), -ENAMETOOLONG;
	if (!mkdtemp(folder))
		return lab_why(why, "no folder can be made in /tmp: %s", strerror(errno)), -EIO;
	sandbox.lab = lab;
	sandbox.places = places;
	snprintf(header, sizeof header, "%s/kernel.h", lab->source);
	snprintf(archive, sizeof archive, "%s/trial.a", places->build);
	int error = sandbox_run(&(struct untrusted){ .folder = folder, .argv = argv, .builds = true, .deadline_s = 20 },
		&s);
	rmdir(folder);
	if (error == -ENOENT) {
		lab_why(why, "--sandbox: there is no bubblewrap (bwrap): scripts/setup installs it.  Nothing was run");
		error = -EPERM;
	} else if (error < 0 && error != -EACCES) {
		lab_why(why, "--sandbox: bubblewrap cannot be started: %s", strerror(-error));
	} else if (error == 0 && WIFEXITED(s.status) && WEXITSTATUS(s.status) == CANNOT_READ && !*s.text[1]) {
		error = refuse_unreadable(why, header, archive);
	} else if (error < 0 || s.hung || s.status != 0) {
		error = refuse(why, &s);
	}
	spawned_free(&s);
	return error;
}
