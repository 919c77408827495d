#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- pages fetched one after the other, and by apply_async at once; the callback runs in the parent."""
import asyncio
import os
import socket
import threading
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from multiprocessing import Pool, Process
from multiprocessing.pool import ThreadPool
from string import ascii_lowercase

import original

LISTED, LENGTHS = 5, 97


# ---- the server: on this machine, in a process of its own, and every answer takes delay_ms ----

def page(task, number):
    """The letters of the alphabet again and again, from one on that the number tells."""
    size, first = task.param["page_bytes"] + number % LENGTHS, number % len(ascii_lowercase)
    return (ascii_lowercase * (size // len(ascii_lowercase) + 2))[first:first + size].encode()


async def answer_client(task, reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(task.param["delay_ms"] / 1000)
            text = page(task, int(head.split()[1].removeprefix(b"/page/")))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()  # the client has what it wanted


async def serve(task, listener):
    server = await asyncio.start_server(partial(answer_client, task), sock=listener)
    await server.serve_forever()


@contextmanager
def website(task):
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listener:
        server = Process(target=lambda: asyncio.run(serve(task, listener)), daemon=True)
        server.start()
        port = listener.getsockname()[1]
    yield port
    server.kill()  # not terminate(): a process that has just been forked may miss that
    server.join()


# ---- the clients ----

local = threading.local()  # a connection for each worker, whether that is a thread or a process


def connect(port):
    local.connection = HTTPConnection("127.0.0.1", port)


def fetch(number):
    local.connection.request("GET", f"/page/{number}")
    response = local.connection.getresponse()
    return number, response.status, response.read()


def handle(pages, response):
    """The callback: looks at what has come."""
    number, status, text = response
    pages[number] = status, len(text), sum(i * byte for i, byte in enumerate(text, 1)), os.getpid()


def fetch_at_once(pool, task):
    pages = {}
    results = [pool.apply_async(fetch, (number,), callback=partial(handle, pages)) for number in range(task.n)]
    for result in results:
        result.get()
    return pages


@contextmanager
def serial(task):
    def fetch_all():
        pages = {}
        for number in range(task.n):
            handle(pages, fetch(number))
        return pages

    with website(task) as port:
        connect(port)
        yield fetch_all
        local.connection.close()


@contextmanager
def threads(task):
    with website(task) as port, ThreadPool(task.workers, connect, (port,)) as pool:
        yield lambda: fetch_at_once(pool, task)
        pool.close()
        pool.join()


@contextmanager
def processes(task):
    with website(task) as port, Pool(task.workers, connect, (port,)) as pool:
        yield lambda: fetch_at_once(pool, task)
        pool.close()
        pool.join()


def show(task, answer):
    listed = range(task.n if task.n <= LISTED else 0)
    lines = [f"page {k}: status {answer[k][0]}, {answer[k][1]} bytes\n" for k in listed]
    return "".join(lines) + (f"{task.n} pages, {sum(size for _, size, _, _ in answer.values())} bytes, "
                             f"{sum(pid == os.getpid() for *_, pid in answer.values())} callbacks in the parent\n")


if __name__ == "__main__":
    original.main(serial=serial, threads=threads, processes=processes, show=show)
