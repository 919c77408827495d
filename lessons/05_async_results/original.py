#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- submit() now, result() later: squares, one that sleeps too long, one cancelled, one that raises."""
import multiprocessing
import threading
import time
from collections import deque
from concurrent.futures import CancelledError, ProcessPoolExecutor, ThreadPoolExecutor, TimeoutError
from contextlib import contextmanager

import original

SECONDS = (5, 1, 3, 2, 4)  # D0's pictures take so long: picture 1 is done first, then 3, 2, 4 and 0

param = alarm = gate = None  # in every worker


def initialize(*arguments):
    global param, alarm, gate
    param, alarm, gate = arguments


def compute(k):
    x = param["first"] + k
    for _ in range(param["spin"]):
        pass
    if k + 1 == param["raising"]:
        raise ValueError(f"{x} is not wanted")
    return x if param["pictures"] else x * x


def work(k):
    if k + 1 == param["sleeper"]:
        alarm.acquire()  # instead of the document's ten seconds
    if param["pictures"]:
        time.sleep(SECONDS[k % 5] * param["second_ms"] / 1000)
    return compute(k)


def wait_at_gate():
    gate.acquire()


def submit_and_cancel(executor, task, k):
    """Cancels it while it is certainly pending: as many as could be before it, running or sent, wait at the gate."""
    crowd = 2 * task.workers + 2
    for _ in range(crowd):
        executor.submit(wait_at_gate)
    future = executor.submit(work, k)
    assert future.cancel()
    for _ in range(crowd):
        gate.release()
    return future


def collect(future, patience):
    try:
        return str(future.result(patience))
    except TimeoutError:
        alarm.release()
        future.exception()  # the task itself is not ended by that
        return "TimeoutError"
    except CancelledError:
        return "CancelledError"
    except ValueError as error:
        return f"ValueError: {error}"


def submit_and_collect(executor, task):
    flight, found, order, called = deque(), [], [], threading.Semaphore(0)

    def note(k):
        order.append(k)
        called.release()

    def land():
        k = len(found)
        found.append(collect(flight.popleft(), param["second_ms"] / 1000 if k + 1 == param["sleeper"] else None))

    for k in range(task.n):
        if len(flight) == param["in_flight"]:
            land()
        cancelled = k + 1 == param["cancelled"]
        flight.append(submit_and_cancel(executor, task, k) if cancelled else executor.submit(work, k))
        if param["pictures"]:
            flight[-1].add_done_callback(lambda _, k=k: note(k))
    while flight:
        land()
    for _ in range(task.n if param["pictures"] else 0):
        called.acquire()
    return found, order


def call_all(task):
    """Alone: whoever sleeps does so at the same time, and whoever wakes first is called first."""
    found, order = [None] * task.n, []
    for second in range(max(SECONDS) + 1 if param["pictures"] else 1):
        time.sleep(param["second_ms"] / 1000 if second else 0)
        for k in range(task.n):
            if param["pictures"] and SECONDS[k % 5] != second:
                continue
            order.append(k)
            if k + 1 == param["cancelled"]:
                found[k] = "CancelledError"
            elif k + 1 == param["sleeper"]:
                time.sleep(param["second_ms"] / 1000)
                found[k] = "TimeoutError"
            else:
                try:
                    found[k] = str(compute(k))
                except ValueError as error:
                    found[k] = f"ValueError: {error}"
    return found, order


@contextmanager
def serial(task):
    initialize(task.param, None, None)
    yield lambda: call_all(task)


@contextmanager
def threads(task):
    initialize(task.param, threading.Semaphore(0), threading.Semaphore(0))
    with ThreadPoolExecutor(task.workers) as executor:
        yield lambda: submit_and_collect(executor, task)


@contextmanager
def processes(task):
    shared = task.param, multiprocessing.Semaphore(0), multiprocessing.Semaphore(0)
    initialize(*shared)
    with ProcessPoolExecutor(task.workers, initializer=initialize, initargs=shared) as executor:
        yield lambda: submit_and_collect(executor, task)


def show(task, answer):
    found, order = answer
    ending = ".png" if task.param["pictures"] else ""
    lines = [line + ending if line.isdigit() else line for line in found]
    sure = (task.n <= min(5, task.workers, task.param["in_flight"]) and
            not task.param["sleeper"] and not task.param["cancelled"])
    if task.param["pictures"] and sure:
        lines.append("callbacks:" + "".join(f" {k}" for k in order))
    return "".join(line + "\n" for line in lines)


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
