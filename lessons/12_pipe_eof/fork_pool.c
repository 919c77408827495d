/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- a descriptor travels: processes that stand ready are sent the end that they shall read.
 *
 * The workers were forked before the pipes were made, so they have inherited no end of them and need close none.  The
 * number of a descriptor means nothing in another process; sent through a Unix socket, the end itself arrives, under a
 * number of its own.  (This is how Python's multiprocessing hands a Connection to another process.)
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <sys/socket.h>

static int desk[MAX_WORKERS];   /* main's end of each worker's socket; lives from start() to stop() */
static struct inbox *inbox;     /* shared memory, made before the workers are forked */

/* A message with one descriptor: a byte of data, because it cannot do without, and the descriptor beside it. */
struct envelope {
	char byte;
	struct iovec data;
	_Alignas(struct cmsghdr) char beside[CMSG_SPACE(sizeof(int))];
	struct msghdr head;
};

static void fold(struct envelope *e)
{
	*e = (struct envelope){ .byte = '!' };
	e->data = (struct iovec){ &e->byte, 1 };
	e->head = (struct msghdr){ .msg_iov = &e->data, .msg_iovlen = 1,
		.msg_control = e->beside, .msg_controllen = sizeof e->beside };
}

static void send_descriptor(int socket, int fd)
{
	struct envelope e;

	fold(&e);
	struct cmsghdr *beside = CMSG_FIRSTHDR(&e.head);
	beside->cmsg_level = SOL_SOCKET;
	beside->cmsg_type = SCM_RIGHTS;
	beside->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(beside), &fd, sizeof fd);
	SYS(sendmsg(socket, &e.head, MSG_NOSIGNAL));
}

/* Waits for a descriptor; -1 when main has closed its end of the socket, or is gone. */
static int receive_descriptor(int socket)
{
	struct envelope e;
	int fd;

	fold(&e);
	if (recvmsg(socket, &e.head, 0) <= 0)
		return -1;
	struct cmsghdr *beside = CMSG_FIRSTHDR(&e.head);
	if (!beside || beside->cmsg_type != SCM_RIGHTS)
		die("fork_pool.c: a message came without its descriptor: are too many open here (ulimit -n)?");
	memcpy(&fd, CMSG_DATA(beside), sizeof fd);
	return fd;
}

_Noreturn static void work(const struct task *t, unsigned i, int socket)
{
	for (int from; (from = receive_descriptor(socket)) >= 0;) {
		worker_enter(i);
		receive_all(t, i, from, inbox);
		worker_leave(i);
		SYS(close(from));
		if (send(socket, "", 1, MSG_NOSIGNAL) < 0)  /* "done"; or nobody is there to hear it */
			_exit(1);
	}
	_exit(0);
}

static void start(const struct task *t)
{
	int pair[2];

	inbox = shared_make(inbox_bytes(t));
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
		desk[i] = pair[0];
		if (SYS(fork()) == 0) {
			for (unsigned j = 0; j <= i; j++)
				SYS(close(desk[j]));  /* or worker j, and we, would not notice that main is gone */
			work(t, i, pair[1]);
		}
		SYS(close(pair[1]));
	}
}

static void solve(const struct task *t, void *answer)
{
	int to[MAX_WORKERS], fd[2];
	char done;

	inbox->readers = t->workers;
	inbox->ends = 0;
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(pipe(fd));
		to[i] = fd[1];
		send_descriptor(desk[i], fd[0]);
		SYS(close(fd[0]));  /* sending made a second one: ours would hide a dead reader from write() */
	}
	send_all(t, to);
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(to[i]));  /* the only one there is: the reader sees the end of its file */
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(recv(desk[i], &done, 1, 0)) == 0)
			die("fork_pool.c: worker %u died before it was done", i);
	memcpy(answer, inbox, inbox_bytes(t));
}

static void stop(const struct task *t)
{
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(desk[i]));  /* the workers see the end of this file too, and leave */
	reap(t->workers);
	shared_free(inbox, inbox_bytes(t));
}

const struct variant variant = {
	.idea = "send the end itself to a process that stands ready", .start = start, .solve = solve, .stop = stop,
};
