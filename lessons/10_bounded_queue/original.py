#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- producers put n messages into Queue(capacity), consumers get them until each has met its None."""
import multiprocessing
import queue
from contextlib import contextmanager
from multiprocessing import Process
from threading import Thread

import original


def message(task, k):
    value = sum(i + i**2 + i**3 for i in range(task.param["terms"]))
    return k, value, bytes(task.param["message_bytes"] - 16)


def produce(task, j, line):
    for k in original.split(task.n, task.param["producers"], j):
        line.put(message(task, k))


def consume(line, home):
    got = []
    while (item := line.get()) is not None:
        k, value, _ = item
        got.append((k, value))
    home.put(got)


def solve(kind, task, line, home):
    producers = [kind(target=produce, args=(task, j, line)) for j in range(task.param["producers"])]
    consumers = [kind(target=consume, args=(line, home)) for _ in range(task.workers)]
    for worker in consumers + producers:
        worker.start()
    for worker in producers:
        worker.join()
    for _ in consumers:
        line.put(None)
    got = sum((home.get() for _ in consumers), [])     # before the joins: who cannot send does not end
    for worker in consumers:
        worker.join()
    return sorted(got)


def solve_alone(task, line):
    got = []

    def drain():
        while not line.empty():         # reliable where nobody else puts or gets
            got.append(line.get_nowait()[:2])

    for k in range(task.n):
        item = message(task, k)
        try:
            line.put_nowait(item)
        except queue.Full:
            drain()
            line.put_nowait(item)
    drain()
    return sorted(got)


@contextmanager
def serial(task):
    line = queue.Queue(task.param["capacity"])
    yield lambda: solve_alone(task, line)


@contextmanager
def threads(task):
    line, home = queue.Queue(task.param["capacity"]), queue.Queue()
    yield lambda: solve(Thread, task, line, home)


@contextmanager
def processes(task):
    line, home = multiprocessing.Queue(task.param["capacity"]), multiprocessing.Queue()
    yield lambda: solve(Process, task, line, home)
    for each in line, home:
        each.close()
        each.join_thread()


def show(task, answer):
    if task.param["terms"] > 0:
        return f"{sum(value for _, value in answer)}\n"
    got, lines = {k for k, _ in answer}, ""
    for j in range(task.param["producers"]):
        name = chr(ord("A") + j) if j < 26 else f"P{j}"
        part = original.split(task.n, task.param["producers"], j)
        words = [f"{name}{k - part.start}" for k in part if k in got]
        lines += " ".join(words) + "\n" if words else ""
    return lines


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
