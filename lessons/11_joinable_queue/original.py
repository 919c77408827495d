#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- items go into a JoinableQueue, daemons say task_done() after each, join() waits until all is done."""
import multiprocessing
import queue
import time
from contextlib import contextmanager
from multiprocessing import Process
from threading import Thread

import original


def work_on(task, k, done):
    time.sleep(task.param["work_us"] * 1e-6)
    done[k] += 1


def consume(task, line, done):
    while (k := line.get()) is not None:
        work_on(task, k, done)
        line.task_done()
    line.task_done()


def once_more(line):
    """What comes of saying task_done() once too often."""
    try:
        line.task_done()
    except ValueError as error:
        return str(error)
    return None


def solve(task, line, done):
    done[:] = bytes(task.n)
    batch = task.param["batch"]
    for begin in range(0, task.n, batch):
        for k in range(begin, min(begin + batch, task.n)):
            line.put(k)
        line.join()
        assert all(done[begin:begin + batch])
    return bytes(done), once_more(line)


def solve_alone(task, line, done):
    done[:] = bytes(task.n)
    for k in range(task.n):
        line.put_nowait(k)
        if line.full() or (k + 1) % task.param["batch"] == 0 or k + 1 == task.n:
            while not line.empty():     # reliable where nobody else puts or gets
                work_on(task, line.get_nowait(), done)
                line.task_done()
        if (k + 1) % task.param["batch"] == 0:
            line.join()
    return bytes(done), once_more(line)


@contextmanager
def serial(task):
    line, done = queue.Queue(task.param["capacity"]), bytearray(task.n)
    yield lambda: solve_alone(task, line, done)


@contextmanager
def threads(task):
    line, done = queue.Queue(task.param["capacity"]), bytearray(task.n)
    daemons = [Thread(target=consume, args=(task, line, done), daemon=True) for _ in range(task.workers)]
    for daemon in daemons:
        daemon.start()
    yield lambda: solve(task, line, done)
    for _ in daemons:
        line.put(None)
    for daemon in daemons:
        daemon.join()


@contextmanager
def processes(task):
    line, done = multiprocessing.JoinableQueue(task.param["capacity"]), multiprocessing.RawArray("B", task.n)
    daemons = [Process(target=consume, args=(task, line, done), daemon=True) for _ in range(task.workers)]
    for daemon in daemons:
        daemon.start()
    yield lambda: solve(task, line, done)
    for _ in daemons:
        line.put(None)
    for daemon in daemons:
        daemon.join()
    line.close()
    line.join_thread()


def show(task, answer):
    done, error = answer
    lines = "".join(f"{k}\n" for k, times in enumerate(done) if times > 0) + f"all {sum(done)} are done\n"
    return lines + (f"ValueError: {error}\n" if error else "")


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
