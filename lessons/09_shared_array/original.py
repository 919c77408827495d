#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- Value and Array: numbers in shared memory, by type code; each worker updates its own element."""
from contextlib import contextmanager
from multiprocessing import Array, Process, Value
from threading import Thread

import original

TYPES = [
    ("b", "signed char", 1), ("B", "unsigned char", 1), ("u", "Py_UNICODE", 2), ("h", "signed short", 2),
    ("H", "unsigned short", 2), ("i", "signed int", 2), ("I", "unsigned int", 2), ("l", "signed long", 4),
    ("L", "unsigned long", 4), ("q", "signed long long", 8), ("Q", "unsigned long long", 8), ("f", "float", 4),
    ("d", "double", 8),
]


def update(total, array, element, times):
    for _ in range(times):
        array[element] += 1
    with total.get_lock():
        total.value += times


def solve(task, run_all):
    apart = task.param["stride"] // 4           # elements from one worker's to the next
    total, constant = Value("i", 0), Value("d", 3.14)
    array = Array("i", task.workers * apart, lock=False)  # nobody else writes to a worker's element
    for i in range(task.workers):
        array[i * apart] = i + 1
    run_all([(total, array, i * apart, len(original.split(task.n, task.workers, i))) for i in range(task.workers)])
    return total.value, constant.value, array[::apart]


def start_and_join(kind):
    def run_all(jobs):
        crew = [kind(target=update, args=job) for job in jobs]
        for worker in crew:
            worker.start()
        for worker in crew:
            worker.join()
    return run_all


def one_by_one(jobs):
    for job in jobs:
        update(*job)


@contextmanager
def serial(task):
    yield lambda: solve(task, one_by_one)


@contextmanager
def threads(task):
    yield lambda: solve(task, start_and_join(Thread))


@contextmanager
def processes(task):
    yield lambda: solve(task, start_and_join(Process))


def show(task, answer):
    total, constant, elements = answer
    lines = [str(total), str(constant), str(elements)]
    if task.n == 0:
        lines.append("Type code | C Type | Minimum size in bytes")
        lines += [f"'{code}' | {name} | {least}" for code, name, least in TYPES]
        try:
            Array("i", [[1, 2], [3, 4]])
        except TypeError:
            lines.append("TypeError: an integer is required")  # the words differ from version to version
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
