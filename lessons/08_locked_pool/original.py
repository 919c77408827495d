#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- tasks in a pool that all want one lock: a manager's, since it must be sent to the processes."""
from contextlib import contextmanager, nullcontext
from multiprocessing import Manager, Pool
from multiprocessing.pool import ThreadPool
from threading import Lock
from time import sleep

import original


def do_task(i, lock, alone_s, locked_s):
    sleep(alone_s)
    with lock:
        sleep(locked_s)
    return i


def naps(task):
    """How long a task sleeps alone, and how long with the lock in its hands."""
    locked_us = task.param["task_us"] * task.param["locked_percent"] // 100
    return (task.param["task_us"] - locked_us) * 1e-6, locked_us * 1e-6


def ask_all(pool, lock, task):
    asked = [pool.apply_async(do_task, (i, lock, *naps(task))) for i in range(task.n)]
    return [one.get() for one in asked]


@contextmanager
def serial(task):
    yield lambda: [do_task(i, nullcontext(), *naps(task)) for i in range(task.n)]


@contextmanager
def threads(task):
    with ThreadPool(task.workers) as pool:
        lock = Lock()
        yield lambda: ask_all(pool, lock, task)
        pool.close()
        pool.join()


@contextmanager
def processes(task):
    with Manager() as manager, Pool(task.workers) as pool:
        lock = manager.Lock()
        yield lambda: ask_all(pool, lock, task)
        pool.close()
        pool.join()


def show(task, answer):
    return "".join(f"result is {i}\n" for i in answer)


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
