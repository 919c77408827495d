/* SPDX-License-Identifier: MIT */
/* future_processes.c -- tasks run by processes: the caller's side hands tasks out ahead of need, workers take the next.
 *
 *   the table   tasks and their results, in memory that all share: see future_table.h.  A worker that is killed takes
 *               nothing along but what it ran
 *   windows     room for arguments and results that are not short, for as many tasks as there are workers
 *   command     a pipe: each byte wakes one worker that sleeps, end-of-file ends them all
 *   news        an eventfd: workers write to it when the usher asked to be told
 *   a pidfd     per worker: readable when it is dead
 *   events      an epoll, on which the usher sleeps until there is news or a death
 *
 * Who waits for a future sleeps on its word, and is woken by the worker itself.  The usher is told of futures that have
 * callbacks or are watched, of long ones, of room for the backlog, and of all futures once no more are to come.
 */
#include "lessons/lib/future_table.h"
#include "lessons/lib/future_windows.h"

#include "bench/base/clock.h"
#include "bench/check.h"
#include "bench/worker.h"
#include "lessons/lib/openmp_fork.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS = 128 };   /* and two per worker */

struct process {
	pid_t pid;                      /* 0: none, or reaped */
	int pidfd;                      /* -1: none */
};

/* A slot as the caller's side knows it. */
struct place {
	enum { VACANT, HELD, LEFT } is; /* LEFT: it will be vacant when the head is past its position */
	struct future *future;          /* of one that is held */
	uint64_t position;              /* in table->order */
	int window;                     /* where its argument and result are; NO_WINDOW: in the slot */
};

struct arrival {
	uint64_t done_ns;
	struct future *future;
};

/* All of it guarded by executor->lock, but for what only start and free write. */
struct crew {
	struct table *table;
	size_t table_bytes;
	struct place *place;            /* one per slot, as for the next two */
	struct arrival *arrival;        /* for take_in_all() alone */
	int *vacant;                    /* vacant[0..vacancies): slots to which a task can be given */
	unsigned vacancies;
	struct windows windows;
	int command[2], news, events;   /* -1: none */
	unsigned started;
	struct process process[];
};

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* ---- the worker ---- */

static int next_task(struct crew *crew, unsigned worker)
{
	struct table *table = crew->table;
	int number = table_claim(table, worker);

	if (atomic_load(&table->backlog) && table_waiting(table) <= table->slots / 2 &&
	    atomic_exchange(&table->backlog, false))
		SYS(eventfd_write(crew->news, 1));
	return number;
}

/* False: there will be nothing to do, or the parent is dead. */
static bool sleep_until_woken(struct crew *crew)
{
	char byte;
	ssize_t got;

	if (!table_may_sleep(crew->table))
		return true;
	do
		got = read(crew->command[0], &byte, sizeof byte);
	while (got < 0 && errno == EINTR);
	return got > 0;
}

/* NO_SLOT: there will be none. */
static int wait_for_task(struct crew *crew, unsigned worker)
{
	int number;

	while ((number = next_task(crew, worker)) == NO_SLOT)
		if (atomic_load(&crew->table->closed) || !sleep_until_woken(crew))
			break;
	return number;
}

static void run(struct slot *slot)
{
	struct cause cause;

	slot->number = future_call(slot->task, slot->argument, slot->result, &cause);
	if (slot->number)
		slot->cause = cause;
	slot->done_ns = clock_ns();
}

/* From here on the slot may be another task's: then whoever sleeps there is woken in vain, and looks. */
static void hand_over(struct crew *crew, struct slot *slot)
{
	uint32_t before = atomic_exchange(&slot->word, FINISHED);  /* C: release, with D */

	if (before & SOMEBODY_SLEEPS)
		futex_wake(&slot->word);
	if (before & TELL_USHER)
		SYS(eventfd_write(crew->news, 1));
}

/* One task after the other while there are some.  The next is taken before the last is handed over: who has none leaves
 * before that can be seen. */
static void work_through(struct crew *crew, unsigned worker, int number)
{
	struct table *table = crew->table;
	_Atomic int *doing = &table->doing[worker].slot;

	worker_enter(worker);
	for (int next; number != NO_SLOT; number = next) {
		atomic_store_explicit(doing, number, memory_order_release);
		run(&table->slot[number]);
		next = next_task(crew, worker);
		if (next == NO_SLOT)
			worker_leave(worker);
		hand_over(crew, &table->slot[number]);
	}
	atomic_store_explicit(doing, IDLES, memory_order_release);
}

static _Noreturn void work(struct crew *crew, unsigned worker, pid_t parent, void (*initializer)(unsigned, void *),
	void *arg)
{
	int number;

	SYS(prctl(PR_SET_PDEATHSIG, SIGKILL));  /* or a busy worker outlives its parent */
	if (getppid() != parent)
		_exit(1);  /* it died before the line above */
	SYS(close(crew->command[1]));  /* or an idle one does: no end-of-file while we hold that end */
	if (initializer)
		initializer(worker, arg);
	atomic_store(&crew->table->doing[worker].slot, IDLES);
	while ((number = wait_for_task(crew, worker)) != NO_SLOT)
		work_through(crew, worker, number);
	_exit(0);  /* exit() would flush the parent's stdio buffers a second time */
}

/* ---- the caller's side: results in; all with the lock held ---- */

/* True: it is vacant now. */
static bool try_to_empty(struct crew *crew, int number)
{
	struct place *place = &crew->place[number];

	if (place->position >= atomic_load(&crew->table->head))
		return false;
	place->is = VACANT;
	crew->vacant[crew->vacancies++] = number;
	return true;
}

static void vacate(struct executor *executor, struct future *future)
{
	struct crew *crew = executor->crew;

	if (future->slot == NO_SLOT)
		return;
	struct place *place = &crew->place[future->slot];
	if (place->window != NO_WINDOW)
		windows_give_back(&crew->windows, place->window);
	place->future = NULL;
	place->is = LEFT;
	try_to_empty(crew, future->slot);
	future->slot = NO_SLOT;
}

static void take_in_one(struct executor *executor, struct future *future)
{
	struct crew *crew = executor->crew;
	const struct slot *slot = &crew->table->slot[future->slot];
	static const struct cause none;

	if (slot->number == 0 && future->result_bytes > 0)
		memcpy(future->result, slot->result, future->result_bytes);
	executor_finish(executor, future, slot->number ? &slot->cause : &none, slot->done_ns);
}

static int by_time(const void *a, const void *b)
{
	uint64_t x = ((const struct arrival *)a)->done_ns, y = ((const struct arrival *)b)->done_ns;

	return (x > y) - (x < y);
}

/* Whether the future, handed out, is done; the usher will be told if not, but no more are to come. */
static bool has_arrived(struct executor *executor, struct future *future)
{
	uint32_t word = executor->closed ? atomic_fetch_or(future->word, TELL_USHER) : atomic_load(future->word);

	return future->word != &future->own_word && (word & STATE) == FINISHED;  /* D: acquire, with C */
}

/* In the order in which they became done.  Returns how many slots are vacant thereby. */
static unsigned take_in_all(struct executor *executor)
{
	struct crew *crew = executor->crew;
	const unsigned before = crew->vacancies;
	size_t n = 0;

	for (unsigned i = 0; i < crew->table->slots; i++) {
		struct place *place = &crew->place[i];
		if (place->is == LEFT)
			try_to_empty(crew, (int)i);
		else if (place->is == HELD && has_arrived(executor, place->future))
			crew->arrival[n++] = (struct arrival){ crew->table->slot[i].done_ns, place->future };
	}
	qsort(crew->arrival, n, sizeof *crew->arrival, by_time);
	for (size_t k = 0; k < n; k++)
		take_in_one(executor, crew->arrival[k].future);
	return crew->vacancies - before;
}

/* Somebody asked what became of it. */
static void take_in(struct executor *executor, struct future *future)
{
	if (future->callbacks || future->watches)
		take_in_all(executor);  /* or others, done before it, would be told of later */
	else
		take_in_one(executor, future);
}

/* ---- tasks out, and back; all with the lock held ---- */

/* Finds a place for argument and result.  0, -ENOMEM, or -EAGAIN: one that uses a window must be done first. */
static int make_room(struct crew *crew, int number, const struct future *future)
{
	const size_t align = alignof(max_align_t);
	struct slot *slot = &crew->table->slot[number];
	size_t result_at, bytes;
	int window = NO_WINDOW;

	if (__builtin_add_overflow(future->argument_bytes, align - 1, &result_at) ||
	    __builtin_add_overflow(result_at -= result_at % align, future->result_bytes, &bytes))
		return -ENOMEM;
	if (bytes > SHORT_BYTES) {
		window = windows_take(&crew->windows, bytes);
		if (window < 0)
			return window == NO_WINDOW ? -EAGAIN : window;
	}
	slot->argument = window == NO_WINDOW ? slot->bytes : windows_at(&crew->windows, window);
	slot->result = slot->argument + result_at;
	crew->place[number].window = window;
	return 0;
}

static void hand_out(struct executor *executor, struct future *future)
{
	struct crew *crew = executor->crew;
	struct table *table = crew->table;
	const int number = crew->vacant[--crew->vacancies];
	struct slot *slot = &table->slot[number];
	struct place *place = &crew->place[number];
	uint32_t asked;

	place->is = HELD;
	place->future = future;
	place->position = atomic_load(&table->tail);
	slot->task = future->task;
	if (future->argument_bytes > 0)
		memcpy(slot->argument, future->argument, future->argument_bytes);
	asked = atomic_exchange(&future->own_word, MOVED) & TELL_USHER;
	if (place->window != NO_WINDOW || executor->closed)
		asked |= TELL_USHER;
	future->slot = number;
	future->word = &slot->word;
	table_append(table, number, asked);
	if (future->sleepers > 0)
		futex_wake(&future->own_word);  /* they go on sleeping on the other word */
	if (table_wake_one(table) && write(crew->command[1], "", 1) < 0)
		SYS(-1);
}

/* False: there are no vacant slots for the others. */
static bool fill_slots(struct executor *executor)
{
	static const struct cause no_room = { .number = -ENOMEM, .words = "no memory to bring it to a process" };
	struct crew *crew = executor->crew;
	struct future *future;

	while ((future = executor->pending.first) && !executor_ends(executor)) {
		if (crew->vacancies == 0)
			return false;
		int error = make_room(crew, crew->vacant[crew->vacancies - 1], future);
		if (error == -EAGAIN)
			return true;  /* the usher is told when a long one is done */
		executor_take(executor);
		if (error)
			executor_finish(executor, future, &no_room, clock_ns());
		else
			hand_out(executor, future);
	}
	return true;
}

static void dispatch(struct executor *executor)
{
	struct crew *crew = executor->crew;

	if (atomic_load(&crew->table->backlog))
		return;  /* the usher will be told when it is worth while */
	while (!fill_slots(executor)) {
		atomic_store(&crew->table->backlog, true);
		if (take_in_all(executor) == 0)
			return;  /* what is done from now on is done by one who sees that there is a backlog */
		atomic_store(&crew->table->backlog, false);
	}
}

static bool take_back(struct executor *executor, struct future *future)
{
	struct crew *crew = executor->crew;

	return slot_claim(&crew->table->slot[future->slot], CANCELLED);
}

static void take_back_all(struct executor *executor)
{
	struct crew *crew = executor->crew;
	struct table *table = crew->table;
	const uint64_t head = atomic_load(&table->head);

	for (uint64_t i = atomic_load(&table->tail); i > head; i--) {  /* backwards: each of them will be the first */
		int number = atomic_load(&table->order[(i - 1) % table->slots]);
		struct place *place = &crew->place[number];
		if (place->is == HELD && place->position == i - 1 && slot_claim(&table->slot[number], CANCELLED))
			executor_put_back(executor, place->future);
	}
}

/* ---- losses, and the usher ---- */

/* Reaps a worker that is dead, or will be at once.  True: it left as it should. */
static bool reap(struct crew *crew, unsigned worker, char *how, size_t size)
{
	struct process *process = &crew->process[worker];
	siginfo_t info = { 0 };

	while (waitid(P_PID, (id_t)process->pid, &info, WEXITED) < 0 && errno == EINTR)
		continue;
	SYS(epoll_ctl(crew->events, EPOLL_CTL_DEL, process->pidfd, NULL));  /* a later child may hold a copy */
	SYS(close(process->pidfd));
	process->pidfd = -1;
	process->pid = 0;
	pool_how_it_ended(&info, how, size);
	const size_t length = strlen(how);
	const int doing = atomic_load(&crew->table->doing[worker].slot);
	const bool busy = doing >= 0 && slot_is_run_by(&crew->table->slot[doing], worker);
	snprintf(how + length, size - length, " while it %s", doing == STARTS ? "started" : busy ? "ran a task" :
		"was idle");
	return doing == IDLES && info.si_status == 0;
}

/* A worker died while the executor was in use. */
static void bury(struct executor *executor, unsigned worker)
{
	struct crew *crew = executor->crew;
	struct table *table = crew->table;
	struct future *running = NULL;
	pid_t pid = crew->process[worker].pid;
	char how[128];

	reap(crew, worker, how, sizeof how);
	for (int i = 0; i < (int)table->slots; i++) {
		struct future *future = crew->place[i].future;
		if (!future || !slot_is_run_by(&table->slot[i], worker))
			continue;
		if (atomic_load(&table->doing[worker].slot) == i)
			running = future;
		else
			executor_put_back(executor, future);  /* it did not begin, and is not what killed the worker */
	}
	executor_gone(executor, running, worker, "pid", pid, how);
}

static void wait_for_news(struct executor *executor)
{
	struct crew *crew = executor->crew;
	struct epoll_event event[64];
	eventfd_t count;

	OK(pthread_mutex_unlock(&executor->lock));
	int n = epoll_wait(crew->events, event, sizeof event / sizeof *event, -1);
	if (n < 0 && errno != EINTR)
		die("future_processes.c: epoll_wait: %s", strerror(errno));
	OK(pthread_mutex_lock(&executor->lock));
	for (int k = 0; k < n; k++)
		if (event[k].data.u32 == executor->workers)
			SYS(eventfd_read(crew->news, &count));
	take_in_all(executor);  /* before the dead: what one of them had ready is kept */
	for (int k = 0; k < n; k++)
		if (event[k].data.u32 != executor->workers)
			bury(executor, event[k].data.u32);
	dispatch(executor);
}

static void notify(struct executor *executor)
{
	struct crew *crew = executor->crew;

	SYS(eventfd_write(crew->news, 1));
}

/* ---- beginning and end ---- */

static void kill_workers(struct executor *executor)
{
	struct crew *crew = executor->crew;

	for (unsigned i = 0; i < crew->started; i++)
		if (crew->process[i].pid)  /* by descriptor: the number may be another process's by now */
			syscall(SYS_pidfd_send_signal, crew->process[i].pidfd, SIGKILL, NULL, 0);
}

static void close_table(struct executor *executor)
{
	struct crew *crew = executor->crew;

	atomic_store(&crew->table->closed, true);
	while (table_wake_one(crew->table))
		if (write(crew->command[1], "", 1) < 0)
			SYS(-1);
}

/* Those that are still there have been told to leave: one that ends in another way is a loss, too. */
static void reap_all(struct executor *executor)
{
	struct crew *crew = executor->crew;
	char how[128];

	for (unsigned i = 0; i < crew->started; i++) {
		pid_t pid = crew->process[i].pid;
		if (pid && !reap(crew, i, how, sizeof how)) {
			OK(pthread_mutex_lock(&executor->lock));
			executor_gone(executor, NULL, i, "pid", pid, how);
			OK(pthread_mutex_unlock(&executor->lock));
		}
	}
}

static void join(struct executor *executor)
{
	struct crew *crew = executor->crew;

	reap_all(executor);
	windows_close(&crew->windows);
	close_if_open(crew->command[0]);
	close_if_open(crew->command[1]);
	close_if_open(crew->events);
	close_if_open(crew->news);
}

/* Not before: somebody may still be on the way to or from a sleep on a word on the table. */
static void free_crew(struct executor *executor)
{
	struct crew *crew = executor->crew;

	if (crew->table != MAP_FAILED)
		munmap(crew->table, crew->table_bytes);
	windows_free(&crew->windows);
	free(crew->place);
	free(crew->arrival);
	free(crew->vacant);
	free(crew);
	executor->crew = NULL;
}

static int watch(struct crew *crew, int fd, unsigned number)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = number };

	return epoll_ctl(crew->events, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

static int open_files(struct executor *executor, struct crew *crew)
{
	if (pipe2(crew->command, O_CLOEXEC) < 0)
		return -errno;
	crew->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (crew->news < 0)
		return -errno;
	crew->events = epoll_create1(EPOLL_CLOEXEC);
	if (crew->events < 0)
		return -errno;
	return watch(crew, crew->news, executor->workers);
}

static int open_crew(struct executor *executor, struct crew *crew)
{
	const unsigned workers = executor->workers, slots = SLOTS + 2 * workers;
	int error = windows_open(&crew->windows, workers);

	crew->place = calloc(slots, sizeof *crew->place);
	crew->arrival = calloc(slots, sizeof *crew->arrival);
	crew->vacant = calloc(slots, sizeof *crew->vacant);
	crew->table_bytes = table_bytes(slots, workers);
	crew->table = mmap(NULL, crew->table_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (error)
		return error;
	if (!crew->place || !crew->arrival || !crew->vacant || crew->table == MAP_FAILED)
		return -ENOMEM;
	table_draw(crew->table, slots, workers);
	for (unsigned i = slots; i > 0; i--)
		crew->vacant[crew->vacancies++] = (int)i - 1;
	return open_files(executor, crew);
}

static int start_worker(struct crew *crew, unsigned worker, void (*initializer)(unsigned, void *), void *arg)
{
	struct process *process = &crew->process[worker];
	pid_t parent = getpid();

	process->pid = fork();
	if (process->pid == 0)
		work(crew, worker, parent, initializer, arg);
	if (process->pid < 0) {
		process->pid = 0;
		return -errno;
	}
	process->pidfd = (int)syscall(SYS_pidfd_open, process->pid, 0);
	int error = process->pidfd < 0 ? -errno : watch(crew, process->pidfd, worker);
	if (error) {
		SYS(kill(process->pid, SIGKILL));
		waitpid(process->pid, NULL, 0);
		process->pid = 0;
		close_if_open(process->pidfd);
		return error;
	}
	crew->started++;
	return 0;
}

static int start(struct executor *executor, void (*initializer)(unsigned, void *), void *arg)
{
	int error = openmp_allows_fork();
	if (error)
		return error;
	struct crew *crew = calloc(1, sizeof *crew + executor->workers * sizeof *crew->process);
	if (!crew)
		return -ENOMEM;
	executor->crew = crew;
	crew->command[0] = crew->command[1] = crew->news = crew->events = -1;
	error = open_crew(executor, crew);
	for (unsigned i = 0; i < executor->workers && !error; i++)
		error = start_worker(crew, i, initializer, arg);
	if (error) {
		executor->terminated = true;  /* so that their end is no loss */
		kill_workers(executor);
		join(executor);
		free_crew(executor);
	}
	return error;
}

const struct crew_kind process_crew = {
	.start = start,
	.dispatch = dispatch,
	.notify = notify,
	.wait = wait_for_news,
	.terminate = kill_workers,
	.close = close_table,
	.join = join,
	.free = free_crew,
	.take_in = take_in,
	.take_back = take_back,
	.take_back_all = take_back_all,
	.vacate = vacate,
};
