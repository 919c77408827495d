#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- a Manager's dict, list and lock, shared by threads and by the processes of a pool."""
from contextlib import contextmanager
from multiprocessing import Manager, Pool
from multiprocessing.pool import ThreadPool
from time import sleep
import original

DICT, LIST, LOCK = range(3)  # values of the parameter kind: see kernel.h


def hold(hold_s):
    if hold_s > 0:  # sleep(0) is no nothing: it gives up the core
        sleep(hold_s)


def step(k, kind, hold_s, lock, counts, items):
    if kind == LIST:
        hold(hold_s)
        items.append(k)
        return
    with lock:
        if kind == DICT:
            count = counts["count"]
            hold(hold_s)
            counts["count"] = count + 1
        else:
            place = len(items)
            hold(hold_s)
            items.append(place)


def work(part, *shared):
    for k in part:
        step(k, *shared)


@contextmanager
def shared_with(task, pool):
    """Everything of the manager's that a task is given."""
    with Manager() as manager, pool() as workers:
        lock, counts, items = manager.Lock(), manager.dict(), manager.list()
        shared = task.param["kind"], task.param["hold_us"] / 1e6, lock, counts, items
        parts = [original.split(task.n, task.workers, i) for i in range(task.workers)]

        def solve():
            counts["count"] = task.param["start"]
            del items[:]
            workers.starmap(work, [(part, *shared) for part in parts], chunksize=1)
            if task.param["kind"] == DICT:
                return counts.copy()
            return sorted(items) if task.param["kind"] == LIST else items[:]
        yield solve


class Alone:
    """A pool of nobody: the caller does it all."""
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def starmap(self, function, tasks, chunksize):
        return [function(*args) for args in tasks]


def serial(task):
    return shared_with(task, Alone)


def threads(task):
    return shared_with(task, lambda: ThreadPool(task.workers))


def processes(task):
    return shared_with(task, lambda: Pool(task.workers))


def show(task, answer):
    if task.param["kind"] == LOCK:
        return "".join(f"result is {place}\n" for place in answer)
    return f"{answer}\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
