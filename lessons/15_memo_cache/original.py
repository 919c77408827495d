#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- a function whose results are kept on disk: the first call computes, the second reads.

The document uses joblib.Memory.  That is not in the standard library, and it may compute twice what two workers ask for
at once; so here is as much of it as the document shows, with a lock for each key.
"""
import fcntl
import os
import pickle
from contextlib import contextmanager
from hashlib import sha1
from itertools import count
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

import original

MULTIPLIER, PRIME = 48271, 2**31 - 1
ROOM_BYTES = 2**30


class Memory:
    def __init__(self, folder):
        self.folder = Path(folder)

    def call(self, name, function, *arguments):
        """The function's value, and whether it was computed just now."""
        file = self.folder / sha1(repr((name, arguments)).encode()).hexdigest()
        if file.exists():
            return pickle.loads(file.read_bytes()), False
        with open(f"{file}.claim", "w") as claim:
            fcntl.flock(claim, fcntl.LOCK_EX)  # let go of by close, or by death
            if file.exists():
                return pickle.loads(file.read_bytes()), False  # another was faster
            value = function(*arguments)
            new = Path(f"{file}.new")
            new.write_bytes(pickle.dumps(value))
            os.replace(new, file)
            return value, True


def slow(x, steps):
    for _ in range(steps):
        x = x * MULTIPLIER % PRIME
    return x


def is_kept(task, key):
    percent = task.param["hit_percent"]
    return (key + 1) * percent // 100 > key * percent // 100


def ask(task, memory, solve, key):
    name = f"slow, version {0 if is_kept(task, key) else solve}"
    return memory.call(name, slow, key + 1, task.param["spin"])


def ask_all(task, memory, solve, first, workers):
    return [ask(task, memory, solve, k // task.param["calls_per_key"]) for k in range(first, task.n, workers)]


def by_key(task, hands):
    """For each key: its value, how many of its calls computed and how many read; which of them, is left to chance."""
    results = [hands[k % len(hands)][k // len(hands)] for k in range(task.n)]
    keys = []
    for begin in range(0, task.n, task.param["calls_per_key"]):
        values, computed = zip(*results[begin:begin + task.param["calls_per_key"]])
        keys.append((values[0], sum(computed), len(values) - sum(computed)))
    return keys


@contextmanager
def cache(task):
    in_memory = os.access("/dev/shm", os.W_OK) and disk_usage("/dev/shm").free > ROOM_BYTES
    base = os.environ.get("TMPDIR") or ("/dev/shm" if in_memory else "/tmp")  # as in C
    with TemporaryDirectory(prefix="manyhands-memo.", dir=base) as folder:
        memory = Memory(folder)
        for key in range(-(-task.n // task.param["calls_per_key"])):
            if is_kept(task, key):
                ask(task, memory, 0, key)
        yield memory


@contextmanager
def serial(task):
    solves = count(1)
    with cache(task) as memory:
        yield lambda: by_key(task, [ask_all(task, memory, next(solves), 0, 1)])


def in_pool(pool, task, memory, solve):
    return by_key(task, pool.starmap(ask_all, [(task, memory, solve, i, task.workers) for i in range(task.workers)], 1))


@contextmanager
def threads(task):
    solves = count(1)
    with cache(task) as memory, ThreadPool(task.workers) as pool:
        yield lambda: in_pool(pool, task, memory, next(solves))
        pool.close()
        pool.join()


@contextmanager
def processes(task):
    solves = count(1)
    with cache(task) as memory, Pool(task.workers) as pool:
        yield lambda: in_pool(pool, task, memory, next(solves))
        pool.close()
        pool.join()


def show(task, answer):
    return "".join(f"slow({x}) = {value}: computed {computed}, read {read}\n"
                   for x, (value, computed, read) in enumerate(answer, 1))


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
