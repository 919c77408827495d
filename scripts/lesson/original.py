#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- the document's program: one sum, in parts."""
from contextlib import contextmanager
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool

import original


def parts(task):
    return [original.split(task.n, task.workers, i) for i in range(task.workers)]


@contextmanager
def serial(task):
    yield lambda: sum(range(task.n))


@contextmanager
def threads(task):
    with ThreadPool(task.workers) as pool:
        yield lambda: sum(pool.map(sum, parts(task)))


@contextmanager
def processes(task):
    with Pool(task.workers) as pool:
        yield lambda: sum(pool.map(sum, parts(task)))


def show(task, answer):
    return f"{answer}\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
