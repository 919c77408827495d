#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- i + i^2 + i^3 summed: "normal", "multithread" and "multicore", each part sent home through a queue."""
from contextlib import contextmanager
from multiprocessing import Process, Queue
from queue import SimpleQueue
from threading import Thread

import original


def sum_terms(task, part):
    """The terms of all jobs that are numbered in part: term k is number k % n of its job."""
    low, high = task.param["lowest"], task.param["highest"]
    first, second, third = (low <= power <= high for power in (1, 2, 3))
    total, k = 0, part.start
    while k < part.stop:
        begin = k % task.n
        end = min(task.n, begin + part.stop - k)
        for i in range(begin, end):
            total += first * i + second * i**2 + third * i**3
        k += end - begin
    return total


def send_sum(task, i, home):
    home.put(sum_terms(task, original.split(task.param["jobs"] * task.n, task.workers, i)))


def start_and_join(kind, task, home):
    workers = [kind(target=send_sum, args=(task, i, home)) for i in range(task.workers)]
    for worker in workers:
        worker.start()
    total = sum(home.get() for _ in workers)
    for worker in workers:
        worker.join()
    return total


@contextmanager
def serial(task):
    yield lambda: sum_terms(task, range(task.param["jobs"] * task.n))


@contextmanager
def threads(task):
    yield lambda: start_and_join(Thread, task, SimpleQueue())


@contextmanager
def processes(task):
    yield lambda: start_and_join(Process, task, Queue())


def show(task, answer):
    return f"{answer}\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
