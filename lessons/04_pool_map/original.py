#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- x * x for every item of a list: Pool.map, and a pool of threads with the same calls."""
from contextlib import contextmanager
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool

import original

spin = 0  # a task is given its item and nothing else: the initializer sets this once in each worker


def set_spin(value):
    global spin
    spin = value


def square(x):
    for _ in range(spin):
        pass
    return x * x


def items(task):
    first = task.param["first"]
    return range(first, first + task.n)


@contextmanager
def serial(task):
    set_spin(task.param["spin"])
    yield lambda: [square(x) for x in items(task)]


@contextmanager
def pool_of(kind, task):
    with kind(task.workers, set_spin, (task.param["spin"],)) as pool:
        yield lambda: pool.map(square, items(task), task.param["chunk"] or None)
        pool.close()
        pool.join()


def threads(task):
    return pool_of(ThreadPool, task)


def processes(task):
    return pool_of(Pool, task)


def show(task, answer):
    return f"{answer}\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
