#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- one adds 1, the other adds 3, both to one number, and each holds the lock while it adds."""
from contextlib import contextmanager
from multiprocessing import Process, Value
from threading import Lock, Thread
from time import sleep
from types import SimpleNamespace

import original


def holdings(task, workers, i):
    """What worker i adds under each lock: (amount, how often).  Addition k belongs to job k * jobs // n."""
    jobs, part = task.param["jobs"], original.split(task.n, workers, i)
    k = part.start
    while k < part.stop:
        job = k * jobs // task.n
        end = min(part.stop, -(-(job + 1) * task.n // jobs))  # of the job, rounded up
        end = min(end, k + (task.param["hold"] or end))
        yield 1 + 2 * job, end - k
        k = end


def add(task, counter, amount, times):
    step_s = task.param["step_us"] * 1e-6
    for _ in range(times):
        counter.value += amount
        if step_s:
            sleep(step_s)


def work(task, i, counter, lock):
    for amount, times in holdings(task, task.workers, i):
        with lock:
            add(task, counter, amount, times)


def start_and_join(kind, task, counter, lock):
    workers = [kind(target=work, args=(task, i, counter, lock)) for i in range(task.workers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counter.value


def count_alone(task):
    counter = SimpleNamespace(value=task.param["start"])
    for amount, times in holdings(task, 1, 0):
        add(task, counter, amount, times)
    return counter.value


def count_in_processes(task):
    counter = Value("Q", task.param["start"])  # in shared memory, with a lock of its own
    return start_and_join(Process, task, counter.get_obj(), counter.get_lock())


@contextmanager
def serial(task):
    yield lambda: count_alone(task)


@contextmanager
def threads(task):
    yield lambda: start_and_join(Thread, task, SimpleNamespace(value=task.param["start"]), Lock())


@contextmanager
def processes(task):
    yield lambda: count_in_processes(task)


def show(task, answer):
    return f"{answer}\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
