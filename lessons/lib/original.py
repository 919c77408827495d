# SPDX-License-Identifier: MIT
"""original.py -- main() of the documents' programs: the same options and rows as the C programs beside them.

A lesson's original.py gives three ways to solve a task and one to print the answer:

    @contextmanager
    def processes(task):                        # task.n, task.workers, task.param["name"]: whole numbers
        with Pool(task.workers) as pool:        # before the yield: start-up
            yield lambda: pool.map(f, items)    # timed, called once per run; returns the answer
                                                # after it: tear-down
    original.main(serial=..., threads=..., processes=..., show=...)

and show(task, answer) returns, as text, what the document's program printed: the same as the C program's --answer, to
the byte.  The build installs each original.py three times beside the C programs, and this module, too; the name tells
which way is meant: python_serial, python_threads, python_processes.  (So what Python caches lies in the build folder.)

What differs from the C programs: title, parameters, bounds and examples are asked of the C program `serial` beside us,
so that no second list of them can drift; n, workers and parameters that are not given are those of the document's first
example; nothing tells when which worker began, so there are no lanes, but for serial's; a worker cannot be bound by
itself, so --pus binds all of them to the whole set; and no answer is verified by another route: every run's must equal
the first one's, and at the document's size what the document printed.  (Tests compare with the C programs.)
"""
import sys

if sys.version_info < (3, 9):
    sys.stderr.write("%s: needs Python 3.9 or later, this is %s\n" % (sys.argv[0], sys.version.split()[0]))
    sys.exit(77)  # skipped: see bench/check.h

import argparse
import json
import multiprocessing
import os
import resource
import signal
import subprocess
from time import monotonic_ns, thread_time_ns  # monotonic: CLOCK_MONOTONIC, as in C
from types import SimpleNamespace

ROWS_FD = 3
IDEAS = {  # bench/run/card.c has them, too: a test compares
    "python_serial": "the document's program in Python: one after the other",
    "python_threads": "the same in threads, which share one interpreter lock",
    "python_processes": "the same in processes, each with its own interpreter",
}


def split(n, parts, i):
    """Piece i of range(n) in `parts` pieces whose sizes differ by at most one: see split.h."""
    size, extra = divmod(n, parts)
    begin = size * i + min(i, extra)
    return range(begin, begin + size + (i < extra))


class Params(dict):
    """The lesson's parameters by name."""

    def __missing__(self, name):
        die(f"this lesson has no parameter '{name}': it has {', '.join(self) or 'none'}; see its lesson.c")


def die(sentence):
    sys.exit(f"{program()}: {sentence}")


def program():
    return os.path.basename(sys.argv[0])


# ---- the command line ----

def read_card():
    """What the C program beside us knows of the lesson."""
    serial = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "serial")
    try:
        card = json.loads(subprocess.run([serial, "--describe"], stdout=subprocess.PIPE).stdout)
    except (OSError, ValueError) as error:
        die(f"{serial} --describe gave no lesson card ({error}): run make")
    card.update(idea=IDEAS[program()], expect="correct")
    return card


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(1, f"{self.prog}: {message}\nTry `{self.prog} --help'.\n")


def whole(least, most):
    """A whole number from least to most, both included."""
    def parse(text):
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from {least} to {most}")
        return int(text)
    return parse


def param_type(card):
    """NAME=VALUE as (NAME, VALUE)."""
    known = {param["name"]: param for param in card["params"]}

    def parse(text):
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise argparse.ArgumentTypeError(f"{text}: write NAME=VALUE")
        if name not in known:
            raise argparse.ArgumentTypeError(f"this lesson has no parameter '{name}': it has "
                                             f"{', '.join(known) or 'none'}")
        return name, whole(known[name]["least"], known[name]["most"])(value)
    return parse


def pus(text):
    """0,2 or -,- as a list of numbers and None."""
    return [None if word == "-" else whole(0, 2**32 - 2)(word) for word in text.split(",")]


def parse_options(card):
    document = (card["examples"] or [{"n": card["n"], "workers": 2, "params": {}}])[0]
    parser = Parser(prog=program(), description=f"{card['title']}\n{card['idea']}", allow_abbrev=False,
                    formatter_class=argparse.RawDescriptionHelpFormatter,
                    epilog=f"Without --rows it times itself and prints the times. Size is counted in: {card['unit']}.")
    add = parser.add_argument
    add("-n", "--n", type=whole(0, card["n_max"]), default=document["n"], help="problem size (default: the document's)")
    add("-p", "--workers", type=whole(1, 1024), metavar="P",
        default=1 if program() == "python_serial" else document["workers"],
        help="threads or processes (default: the document's; serial: 1)")
    add("-r", "--runs", type=whole(0, 1000000), default=5, metavar="R",
        help="timed runs after the cold one and the warm-ups (default 5)")
    add("--warmups", type=whole(0, 1000), default=0, metavar="W", help="recorded, not counted (default 0)")
    add("--param", type=param_type(card), action="append", default=[], metavar="NAME=VALUE",
        help="a parameter of the lesson (default: the document's); may be repeated")
    add("--pus", type=pus, metavar="LIST", help="bind all workers to the PUs of LIST, as 0,2 or -,- (-: not bound)")
    add("--topology", metavar="FILE", help="not needed here")
    add("--show", nargs="?", type=whole(0, max(len(card["examples"]) - 1, 0)), const=-1, metavar="I",
        help="solve the document's examples (only the I-th) and print the result")
    add("--answer", action="store_true", help="solve once, and print the result alone")
    add("--describe", action="store_true", help="write the lesson's card as JSON")
    add("--rows", action="store_true", help="write a JSON row per run on descriptor 3")
    options = parser.parse_args()
    values = {param["name"]: param["value"] for param in card["params"]}
    options.task = make_task(options.n, options.workers, {**values, **document["params"], **dict(options.param)})
    return options


def make_task(n, workers, params):
    return SimpleNamespace(n=n, workers=workers, param=Params(params))


# ---- around a run ----

def keep_off(planned):
    """Binds this process, and so every thread and process to come, to the PUs that were planned for its workers."""
    wanted = set(planned or ()) - {None}
    try:
        if wanted:
            os.sched_setaffinity(0, wanted)
    except OSError as error:
        die(f"the workers cannot be bound to the PUs {sorted(wanted)}: {error.strerror}; `--policy none` binds nobody")


def end_together():
    """No worker outlives us when we are told to end (SIGTERM, also sent when the conductor dies) as the leader of a
    process group, or by Ctrl-C, which the whole group gets: Python's own clean-up would wait for workers that wait."""
    def end(number, frame):
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, end)
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))


def stop_tracker():
    """multiprocessing's helper for named objects would outlive us by a moment, which looks like a leak."""
    tracker = sys.modules.get("multiprocessing.resource_tracker")
    stop = getattr(getattr(tracker, "_resource_tracker", None), "_stop", None)
    if stop:
        stop()


def last_pu():
    """Where this thread ran last."""
    try:
        with open("/proc/thread-self/stat") as file:
            return int(file.read().rpartition(")")[2].split()[36])
    except (OSError, IndexError, ValueError):
        return None


# ---- rows: see bench/README.md ----

def usage():
    """The whole program's use of the machine, children that were waited for included."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    try:
        with open("/proc/self/schedstat") as file:
            delay_ns = int(file.read().split()[1])
    except (OSError, IndexError, ValueError):
        delay_ns = None
    return {
        "cpu_user_us": round((own.ru_utime + children.ru_utime) * 1e6),
        "cpu_system_us": round((own.ru_stime + children.ru_stime) * 1e6),
        "switches_voluntary": own.ru_nvcsw + children.ru_nvcsw,
        "switches_involuntary": own.ru_nivcsw + children.ru_nivcsw,
        "faults_minor": own.ru_minflt + children.ru_minflt,
        "faults_major": own.ru_majflt + children.ru_majflt,
        "max_rss_kib": max(own.ru_maxrss, children.ru_maxrss),
        "run_delay_ns": delay_ns,
    }


def timed(solve, index, is_warmup, task):
    """One solve, and the row about it."""
    cpu_ns = thread_time_ns()
    begin_ns = monotonic_ns()
    answer = solve()
    end_ns = monotonic_ns()
    row = {"row": "run", "regime": "warm" if index else "cold", "run": index, "is_warmup": is_warmup,
           "pid": os.getpid(), "start_ns": begin_ns, "wall_ns": end_ns - begin_ns, "workers_seen": None,
           "pus_seen": [None] * task.workers, "lanes": [], "imbalance": None, "outcome": "ok", "reason": None}
    if program() == "python_serial":  # the one worker is ourselves
        row.update(workers_seen=1, pus_seen=[last_pu()] + [None] * (task.workers - 1), lanes=[
            {"pid": os.getpid(), "tid": os.getpid(), "enter_ns": begin_ns, "leave_ns": end_ns,
             "cpu_ns": thread_time_ns() - cpu_ns}])
    return answer, row


def run_all(mode, task, options, judge):
    """start | solve (cold) | warm-up solves | timed solves | stop: the rows, the cold one last, as the C programs."""
    rows = []
    begin_ns = monotonic_ns()
    with mode(task) as solve:
        entered_ns = monotonic_ns()
        first, cold = timed(solve, 0, False, task)
        wrong = judge(first, first)
        for index in range(1, 1 + options.warmups + options.runs):
            if wrong:
                break
            answer, row = timed(solve, index, index <= options.warmups, task)
            wrong = judge(answer, first)
            rows.append(row)
        if wrong:
            (rows or [cold])[-1].update(wall_ns=None, outcome="wrong", reason=wrong)
        left_ns = monotonic_ns()
    stop_ns = monotonic_ns() - left_ns
    if cold["outcome"] == "ok":
        solve_ns = cold["wall_ns"]
        cold.update(start_ns=begin_ns, startup_ns=entered_ns - begin_ns, solve_ns=solve_ns, stop_ns=stop_ns,
                    wall_ns=entered_ns - begin_ns + solve_ns + stop_ns)
    cold.update(usage())
    return rows + [cold], wrong


def send(rows):
    """All of them at the end: a reader that wakes up in between would disturb the next run."""
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows).encode()
    while text:
        text = text[os.write(ROWS_FD, text):]


def print_times(card, task, rows):
    ms = [row["wall_ns"] / 1e6 for row in rows]
    cold = rows[-1]
    print(f"{card['title']}\n{card['idea']}\nn = {task.n} (unit: {card['unit']}), {task.workers} worker"
          f"{'s' if task.workers > 1 else ''}\nevery answer was the same")
    print(f"cold  {ms.pop():.4g} ms  (start {cold['startup_ns'] / 1e6:.4g}, first solve {cold['solve_ns'] / 1e6:.4g}, "
          f"stop {cold['stop_ns'] / 1e6:.4g})")
    ms = sorted(time for time, row in zip(ms, rows) if not row["is_warmup"])
    if ms:
        print(f"warm  {ms[len(ms) // 2]:.4g} ms  (median of {len(ms)}; fastest {ms[0]:.4g}, slowest {ms[-1]:.4g})")


# ---- what a program does ----

def measure(mode, show, card, options):
    task = options.task
    prints = [example["prints"] for example in card["examples"] if example["n"] == task.n
              and example["workers"] == task.workers and example["params"] == task.param]

    def judge(answer, first):
        """None, or why the answer is wrong."""
        if answer != first:
            return "another answer than the first run's"
        if prints and answer is first and show(task, answer) != prints[0]:
            return f"not what the document printed: {show(task, answer).strip()}"
        return None

    keep_off(options.pus)
    rows, wrong = run_all(mode, task, options, judge)
    stop_tracker()
    if options.rows:
        send(rows + [{"row": "end", "leaked": None}])
    elif not wrong:
        print_times(card, task, rows)
    if wrong:
        print("wrong answer:", wrong, file=sys.stderr)
    return 2 if wrong else 0


def solve_once(mode, show, task):
    with mode(task) as solve:
        text = show(task, solve())
    sys.stdout.write(text)
    return text


def show_examples(mode, show, card, which):
    status = 0
    for i, example in enumerate(card["examples"]):
        if which in (-1, i):
            text = solve_once(mode, show, make_task(example["n"], example["workers"], example["params"]))
            if text != example["prints"]:
                print(f"(the document printed {example['prints']})")
                status = 2
    return status


def main(serial, threads, processes, show):
    """See the head of this file.  Ends the program: 0, 1 on an error, 2 on a wrong answer."""
    modes = {"python_serial": serial, "python_threads": threads, "python_processes": processes}
    mode = modes.get(program()) or die(f"a program's name tells what it does: call it {', '.join(modes)}")
    card = read_card()
    options = parse_options(card)
    end_together()
    multiprocessing.set_start_method("fork")  # as when the documents were written; since 3.14 it must be asked for
    if options.describe:
        print(json.dumps(card))
        status = 0
    elif options.show is not None:
        status = show_examples(mode, show, card, options.show)
    elif options.answer:
        solve_once(mode, show, options.task)
        status = 0
    else:
        if options.rows:
            try:
                os.fstat(ROWS_FD)
            except OSError:
                die("--rows writes on descriptor 3, and that is not open: add 3>&1, or leave --rows out")
        status = measure(mode, show, card, options)
    stop_tracker()
    sys.exit(status)
