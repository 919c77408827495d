/* SPDX-License-Identifier: MIT */
/* calls.c -- which system calls may wait, and for what: names, because numbers differ from machine to machine. */
#include "bench/hang/wait.h"

#include <sys/syscall.h>

/* One #ifdef a line: what a newer machine (aarch64) no longer has is left out there. */
static const struct call table[] = {
	#define CALL(word, kind) { SYS_##word, #word, kind },
	CALL(read, WAIT_READ)
	CALL(readv, WAIT_READ)
	CALL(recvfrom, WAIT_READ)
	CALL(recvmsg, WAIT_READ)
	CALL(recvmmsg, WAIT_READ)
	CALL(write, WAIT_WRITE)
	CALL(writev, WAIT_WRITE)
	CALL(sendto, WAIT_WRITE)
	CALL(sendmsg, WAIT_WRITE)
	CALL(sendmmsg, WAIT_WRITE)
	CALL(vmsplice, WAIT_WRITE)
	CALL(sendfile, WAIT_WRITE)
	CALL(accept, WAIT_ACCEPT)
	CALL(accept4, WAIT_ACCEPT)
	CALL(connect, WAIT_CONNECT)
#ifdef SYS_open
	CALL(open, WAIT_OPEN)
#endif
	CALL(openat, WAIT_OPEN)
#ifdef SYS_poll
	CALL(poll, WAIT_POLL)
#endif
	CALL(ppoll, WAIT_POLL)
#ifdef SYS_select
	CALL(select, WAIT_POLL)
#endif
	CALL(pselect6, WAIT_POLL)
#ifdef SYS_epoll_wait
	CALL(epoll_wait, WAIT_EPOLL)
#endif
	CALL(epoll_pwait, WAIT_EPOLL)
#ifdef SYS_epoll_pwait2
	CALL(epoll_pwait2, WAIT_EPOLL)
#endif
	CALL(futex, WAIT_FUTEX)
	CALL(wait4, WAIT_CHILD)
	CALL(waitid, WAIT_CHILD)
	CALL(flock, WAIT_FLOCK)
	CALL(fcntl, WAIT_FCNTL)
	CALL(nanosleep, WAIT_SLEEP)
	CALL(clock_nanosleep, WAIT_SLEEP)
	CALL(restart_syscall, WAIT_SLEEP)  /* what had a time limit and was stopped meanwhile */
#ifdef SYS_pause
	CALL(pause, WAIT_SIGNAL)
#endif
	CALL(rt_sigsuspend, WAIT_SIGNAL)
	CALL(rt_sigtimedwait, WAIT_SIGNAL)
#ifdef SYS_vfork
	CALL(vfork, WAIT_EXEC)
#endif
	CALL(clone, WAIT_EXEC)
#ifdef SYS_clone3
	CALL(clone3, WAIT_EXEC)
#endif
	CALL(msgrcv, WAIT_OTHER)
	CALL(msgsnd, WAIT_OTHER)
	CALL(semop, WAIT_OTHER)
	CALL(semtimedop, WAIT_OTHER)
	CALL(mq_timedreceive, WAIT_OTHER)
	CALL(mq_timedsend, WAIT_OTHER)
	CALL(io_getevents, WAIT_OTHER)
#ifdef SYS_io_uring_enter
	CALL(io_uring_enter, WAIT_OTHER)
#endif
	CALL(fsync, WAIT_OTHER)
	CALL(splice, WAIT_OTHER)
	CALL(tee, WAIT_OTHER)
#ifdef SYS_futex_waitv
	CALL(futex_waitv, WAIT_OTHER)
#endif
	#undef CALL
};

const struct call *call_find(long number)
{
	for (unsigned i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].number == number)
			return &table[i];
	return NULL;
}
