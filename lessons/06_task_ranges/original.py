#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- the numbers below n, cut into ranges: apply_async for each, in a pool of as many as one likes."""
from contextlib import contextmanager
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool

import original

STATIC, DYNAMIC, GUIDED = range(3)


def ranges(task):
    """(first, last), both included, of equal length; what does not come out even goes to the last."""
    tasks = min(task.param["tasks"], task.n)
    size = task.n // max(tasks, 1)
    return [(i * size, (i + 1) * size - 1 if i + 1 < tasks else task.n - 1) for i in range(tasks)]


def portions(task, todo):
    """What is handed to a worker at a time: a list of ranges."""
    while todo:
        if task.param["schedule"] == STATIC:
            yield from filter(None, (todo[slice(part.start, part.stop)] for part in (
                original.split(len(todo), task.workers, i) for i in range(task.workers))))
            return
        take = -(-len(todo) // task.workers) if task.param["schedule"] == GUIDED else 1  # rounded up
        yield todo[:take]
        todo = todo[take:]


def work_on(portion, n, skew, spin):
    return [(first, last, add_up(first, last, n, skew, spin)) for first, last in portion]


def add_up(first, last, n, skew, spin):
    total = 0
    for x in range(first, last + 1):
        steps = spin * (skew + 1)
        for _ in range(skew):
            steps = steps * x // n
        for _ in range(steps):
            total += x
    return total


def how(task):
    return task.n, task.param["skew"], task.param["spin"]


def deal_out(pool, task):
    asked = [pool.apply_async(work_on, (portion, *how(task))) for portion in portions(task, ranges(task))]
    return [result for portion in asked for result in portion.get()]


@contextmanager
def serial(task):
    yield lambda: work_on(ranges(task), *how(task))


@contextmanager
def pool_of(kind, task):
    with kind(task.workers) as pool:
        yield lambda: deal_out(pool, task)
        pool.close()
        pool.join()


def threads(task):
    return pool_of(ThreadPool, task)


def processes(task):
    return pool_of(Pool, task)


def show(task, answer):
    return f"{[(first, last) for first, last, total in answer]}\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
