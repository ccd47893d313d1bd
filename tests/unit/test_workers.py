"""The threads of a run."""

from __future__ import annotations

import threading
from functools import partial

from regdoctor.probes.deadline import Deadline
from regdoctor.workers import Workers

SECONDS = 20


def test_everything_is_done_once() -> None:
    workers, done, end = Workers(3, Deadline.after(SECONDS)), [], threading.Semaphore(0)

    def work(number: int) -> None:
        done.append(number)
        end.release()

    for number in range(50):
        workers.submit(partial(work, number))
    assert all(end.acquire(timeout=SECONDS) for _ in range(50))
    assert sorted(done) == list(range(50))


def test_never_more_than_the_limit_at_once() -> None:
    workers, lock, most, end = (
        Workers(2, Deadline.after(SECONDS)),
        threading.Lock(),
        [0, 0],
        threading.Semaphore(0),
    )
    both = threading.Barrier(2)

    def work() -> None:
        with lock:
            most[0] += 1
            most[1] = max(most)
        both.wait(SECONDS)
        with lock:
            most[0] -= 1
        end.release()

    for _ in range(10):
        workers.submit(work)
    assert all(end.acquire(timeout=SECONDS) for _ in range(10))
    assert most[1] == 2


def test_one_worker_does_things_in_their_order() -> None:
    done: list[int] = []
    workers, end = Workers(1, Deadline.after(SECONDS)), threading.Event()
    first = threading.Event()

    def begin() -> None:
        first.wait(SECONDS)

    workers.submit(begin)
    for number in range(5):
        workers.submit(partial(done.append, number))
    workers.submit(end.set)
    first.set()
    assert end.wait(SECONDS)
    assert done == [0, 1, 2, 3, 4]


def test_what_comes_after_others_waits_for_all_of_them_and_blocks_no_worker() -> None:
    workers, done, end = Workers(1, Deadline.after(SECONDS)), [], threading.Event()
    between = threading.Event()

    def last() -> None:
        done.append("after")
        end.set()

    workers.submit(last, after=("a", "b"))
    workers.submit(partial(done.append, "at once"))
    workers.submit(between.set)
    assert between.wait(SECONDS)
    workers.done("a")
    assert done == ["at once"]
    workers.done("b")
    assert end.wait(SECONDS)
    assert done == ["at once", "after"]


def test_what_comes_after_something_that_is_done_waits_for_nothing() -> None:
    workers, end = Workers(1, Deadline.after(SECONDS)), threading.Event()
    workers.done("a")
    workers.submit(end.set, after=("a",))
    assert end.wait(SECONDS)


def test_after_the_deadline_nothing_begins() -> None:
    workers, begun = Workers(1, Deadline.after(0)), threading.Event()
    workers.submit(begun.set)
    assert not begun.wait(0.2)
