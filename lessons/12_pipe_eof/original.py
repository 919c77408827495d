#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- the parent sends numbers through a Pipe(), dealt in turn to p readers, who read until EOFError."""
from contextlib import contextmanager
from multiprocessing import Pipe, Process, SimpleQueue
from queue import SimpleQueue as ThreadQueue
from threading import Thread

import original

PIECE = 32768  # less than an empty pipe holds: who writes more than that, and reads it himself, waits for himself


def message(task, k):
    """Number k as 32-bit words again and again, cut off at message_bytes."""
    size = task.param["message_bytes"]
    return (k.to_bytes(4, "little") * (size // 4 + 1))[:size]


def sum_message(data):
    """Its words, added up; a last word that is cut off counts as far as it goes."""
    whole = len(data) // 4 * 4
    return sum(memoryview(data)[:whole].cast("I")) + int.from_bytes(data[whole:], "little")


def receive_all(i, receiver, others, home):
    """Reader i, with the ends that it was born with and does not use: open here, they would keep EOFError away."""
    for other in others:
        other.close()
    sums = []
    while True:
        try:
            sums.append(sum_message(receiver.recv_bytes()))
        except EOFError:
            break
    receiver.close()
    home.put((i, sums))


def send_all(task, senders):
    for k in range(task.n):
        senders[k % len(senders)].send_bytes(message(task, k))
    for sender in senders:
        sender.close()  # the last one there is: its reader gets EOFError


def in_order(task, home):
    """What the readers found: message k was message k // p of reader k % p."""
    sums = dict(home.get() for _ in range(task.workers))
    return [sums[k % task.workers][k // task.workers] for k in range(task.n)]


def read_in_threads(task):
    workers, senders, home = [], [], ThreadQueue()
    for i in range(task.workers):
        receiver, sender = Pipe(duplex=False)
        senders.append(sender)
        workers.append(Thread(target=receive_all, args=(i, receiver, [], home)))
        workers[-1].start()
    send_all(task, senders)
    sums = in_order(task, home)
    for worker in workers:
        worker.join()
    return sums


def read_in_processes(task):
    workers, senders, home = [], [], SimpleQueue()
    for i in range(task.workers):
        receiver, sender = Pipe(duplex=False)
        senders.append(sender)
        workers.append(Process(target=receive_all, args=(i, receiver, senders, home)))
        workers[-1].start()
        receiver.close()  # or nobody would notice a reader that died
    send_all(task, senders)
    sums = in_order(task, home)
    for worker in workers:
        worker.join()
    return sums


def read_alone(task):
    receiver, sender = Pipe(duplex=False)
    sums = []
    for k in range(task.n):
        data, received = message(task, k), b""
        while len(received) < len(data):
            sender.send_bytes(data[len(received):][:PIECE])
            received += receiver.recv_bytes()
        sums.append(sum_message(received))
    sender.close()
    try:
        receiver.recv_bytes()
    except EOFError:
        receiver.close()
    return sums


@contextmanager
def serial(task):
    yield lambda: read_alone(task)


@contextmanager
def threads(task):
    yield lambda: read_in_threads(task)


@contextmanager
def processes(task):
    yield lambda: read_in_processes(task)


def show(task, answer):
    return "".join(f"{number}\n" for number in answer) + "end of file\n"


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
