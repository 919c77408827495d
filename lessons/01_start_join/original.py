#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- start n workers, p at a time, join them: plain calls, threading.Thread, multiprocessing.Process."""
import os
import time
from contextlib import contextmanager
from multiprocessing import Process, SimpleQueue
from threading import Thread

import original

counter = 0                     # one for all threads; every process has its own
held = None                     # the memory that the parent holds


def tick(k, numbers, param):
    begin, seen = time.monotonic(), []
    for j, number in enumerate(numbers):
        seen.append(number)
        time.sleep(max(0, begin + (j + 1) * param["tick_us"] * 1e-6 - time.monotonic()))
    product = k
    for _ in range(param["spin"]):
        product = (product * 6364136223846793005 + 1442695040888963407) % 2**64
    return seen


def tick_up(k, param):
    return tick(k, range(1, param["ticks"] + 1), param)


def tick_down(k, param):
    return tick(k, range(param["ticks"], 0, -1), param)


def work(k, param, put):
    global counter
    counter += 1
    function = (tick_up, tick_down)[k % param["functions"]]
    put((k, function(k, param), os.getpid(), os.getppid()))


def solve(task, rounds):
    """The ticks of every worker, and whether it is alive after its join."""
    global counter
    counter = 0
    seen, alive = [None] * task.n, [None] * task.n
    for begin in range(0, task.n, task.workers):
        reports, still = rounds(range(begin, min(begin + task.workers, task.n)))
        for k, ticks, pid, parent in reports:
            seen[k] = ticks
            assert pid == os.getpid() or parent == os.getpid()
        alive[begin:begin + len(still)] = still
    return seen, alive


def hold(task):
    """Memory in small pages, as that of many small objects."""
    global held
    held = [bytearray(b"\1" * 4096) for _ in range(task.param["rss_mib"] * 256)]


@contextmanager
def serial(task):
    def rounds(numbers):
        reports = []
        for k in numbers:
            work(k, task.param, reports.append)
        return reports, [False] * len(numbers)

    hold(task)
    yield lambda: solve(task, rounds)


@contextmanager
def threads(task):
    def rounds(numbers):
        reports = []
        crew = [Thread(target=work, args=(k, task.param, reports.append)) for k in numbers]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()
        return reports, [thread.is_alive() for thread in crew]

    hold(task)
    yield lambda: solve(task, rounds)
    assert counter == task.n


@contextmanager
def processes(task):
    home = SimpleQueue()

    def rounds(numbers):
        crew = [Process(target=work, args=(k, task.param, home.put)) for k in numbers]
        for process in crew:
            process.start()
        reports = [home.get() for _ in crew]    # before the joins: who cannot send does not end
        for process in crew:
            process.join()
        still = [process.is_alive() for process in crew]
        for process in crew:
            process.close()
        return reports, still

    hold(task)
    yield lambda: solve(task, rounds)
    assert counter == 0
    home.close()


def show(task, answer):
    seen, alive = answer
    lines = [f"worker {k + 1}" + (":" if ticks else "") + "".join(f" {number}" for number in ticks)
             for k, ticks in enumerate(seen)]
    return "\n".join(lines + ["is_alive:" + "".join(f" {state}" for state in alive)]) + "\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
