/* SPDX-License-Identifier: MIT */
/* interposed.c -- the calls around which orders differ, with a chance to yield before and after each.
 *
 * Only a program that is graded is linked so (--wrap, see the Makefile): what is measured calls the library itself.
 */
#include "bench/yield.h"

#include <pthread.h>
#include <semaphore.h>
#include <sys/types.h>

#define AROUND(type, name, declared, passed) \
	type __real_##name declared; \
	type __wrap_##name declared; \
	type __wrap_##name declared \
	{ \
		may_yield(); \
		type result = __real_##name passed; \
		may_yield(); \
		return result; \
	}

AROUND(int, pthread_mutex_lock, (pthread_mutex_t *m), (m))
AROUND(int, pthread_mutex_unlock, (pthread_mutex_t *m), (m))
AROUND(int, pthread_cond_signal, (pthread_cond_t *c), (c))
AROUND(int, pthread_cond_broadcast, (pthread_cond_t *c), (c))
AROUND(int, pthread_cond_wait, (pthread_cond_t *c, pthread_mutex_t *m), (c, m))
AROUND(int, pthread_create, (pthread_t *t, const pthread_attr_t *a, void *(*f)(void *), void *arg), (t, a, f, arg))
AROUND(int, sem_wait, (sem_t *s), (s))
AROUND(int, sem_post, (sem_t *s), (s))
AROUND(pid_t, fork, (void), ())
