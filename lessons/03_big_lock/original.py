#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- steps that compute and wait: one after the other, in threads under the one lock, in processes."""
import time
from contextlib import contextmanager
from multiprocessing import Pool
from threading import Thread

import original

INSTRUCTIONS_PER_US = 10


def run(steps, instructions, wait_us):
    """Executes them, and returns how many instructions that were."""
    executed = 0
    for k in steps:
        x = k
        for _ in range(instructions):           # a turn takes the interpreter about a tenth of a microsecond
            x = x * 5 + 1 & 0xFFFF
            executed += 1
        if wait_us:
            time.sleep(wait_us * 1e-6)          # without the lock, as every call that waits
    return executed


def jobs(task):
    """What each worker has to run: a part of the steps."""
    step_us, percent = task.param["step_us"], task.param["cpu_percent"]
    instructions, wait_us = step_us * percent * INSTRUCTIONS_PER_US // 100, step_us * (100 - percent) // 100
    return [(original.split(task.n, task.workers, i), instructions, wait_us) for i in range(task.workers)]


@contextmanager
def serial(task):
    yield lambda: sum(run(*job) for job in jobs(task))


@contextmanager
def threads(task):
    def solve():
        executed = []
        crew = [Thread(target=lambda job=job: executed.append(run(*job))) for job in jobs(task)]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()
        return sum(executed)

    yield solve


@contextmanager
def processes(task):
    with Pool(task.workers) as pool:
        yield lambda: sum(pool.starmap(run, jobs(task), chunksize=1))
        pool.close()
        pool.join()


def show(task, answer):
    waited_us = task.n * (task.param["step_us"] * (100 - task.param["cpu_percent"]) // 100)
    return f"{task.n} steps: {answer} instructions executed, {waited_us} us waited\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
