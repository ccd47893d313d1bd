"""Runs folded into one board, without a terminal."""

from __future__ import annotations

from regdoctor.model import (
    Call,
    CheckFinished,
    CheckStarted,
    Finding,
    Finished,
    MendStarted,
    NetworkCalled,
    SetFinished,
    SetsFound,
)
from regdoctor.settings import Target
from regdoctor.tui.board import Board, Guide
from tests.tui.scripted import blank, checks, finding, ill, report, story, well


def after(board: Board, run: int, *events: object) -> Board:
    for event in events:
        board = board.after(run, event)  # type: ignore[arg-type]
    return board


def full(board: Board, run: int, *results: object, others: tuple[Finding, ...] = ()) -> Board:
    return after(board.begun(run, Target(), 5.0), run, *story(*results, others=others))  # type: ignore[arg-type]


def test_nothing_is_reported_before_it_is_known_which_sets_there_are() -> None:
    board = Board().begun(1, Target(), 5.0)
    assert board.report is None
    assert board.entries == ()


def test_sets_wait_in_their_order_as_soon_as_they_are_found() -> None:
    board = after(Board().begun(1, Target(), 5.0), 1, SetsFound((blank("B"), blank("A"))))
    assert [entry.key for entry in board.entries] == ["set:B", "set:A"]
    assert [state.mark for state in board.sets] == ["waiting", "waiting"]


def test_a_set_tells_what_is_being_done() -> None:
    board = after(
        Board().begun(1, Target(), 5.0),
        1,
        SetsFound((blank("A"),)),
        CheckStarted("A", "tls", "host.example.com"),
    )
    (state,) = board.sets
    assert (state.mark, state.doing, state.host) == ("running", "tls", "host.example.com")
    (state,) = after(board, 1, CheckFinished("A", checks()[0]), MendStarted("A")).sets
    assert (state.doing, [check.name for check in state.stages]) == ("mend", ["name"])


def test_a_check_that_is_done_twice_counts_once() -> None:
    events = (CheckFinished("A", checks()[0]), CheckFinished("A", checks()[0]))
    (state,) = after(Board().begun(1, Target(), 5.0), 1, SetsFound((blank("A"),)), *events).sets
    assert len(state.stages) == 1


def test_a_report_in_the_middle_of_a_run_holds_what_is_known_so_far() -> None:
    board = after(
        Board().begun(1, Target(), 5.0),
        1,
        SetsFound((blank("A"), blank("B"), blank("C"))),
        SetFinished(ill("A")),
        CheckFinished("B", checks()[0]),
        CheckFinished("C", checks()[0].but(findings=(finding(severity="warning"),))),
    )
    known = board.report
    assert known is not None
    assert known.started_at == 5.0
    assert [result.status for result in known.sets] == ["error", "ok", "warning"]
    assert [check.name for check in known.sets[1].checks] == ["name"]


def test_a_run_of_one_set_keeps_the_others_and_the_findings_of_no_set() -> None:
    board = full(Board(), 1, ill("A"), ill("B"), others=(finding("Docker sleeps", "info"),))
    board = board.begun(2, Target(only=("A",)), 9.0)
    assert [state.mark for state in board.sets] == ["waiting", "error"]
    assert board.report is not None
    assert board.report.sets[0].status == "error", "the latest result stands until there is a newer one"
    board = after(board, 2, *story(well("A")))
    assert [state.mark for state in board.sets] == ["ok", "error"]
    assert [found.title for found in board.findings] == ["Docker sleeps"]
    assert board.started_at == 1.0
    assert not board.busy


def test_an_older_run_has_nothing_to_say_any_more() -> None:
    board = after(Board().begun(1, Target(), 5.0), 1, SetsFound((blank("A"),)))
    board = board.begun(2, Target(), 6.0)
    late = after(board, 1, SetFinished(ill("A")), Finished(report(ill("A"), findings=(finding(),))))
    assert late == board


def test_two_runs_of_different_sets_do_not_disturb_each_other() -> None:
    board = full(Board(), 1, ill("A"), ill("B"))
    board = board.begun(2, Target(only=("A",)), 7.0).begun(3, Target(only=("B",)), 8.0)
    board = after(board, 3, SetsFound((blank("B"),)), SetFinished(well("B")))
    board = after(board, 2, SetsFound((blank("A"),)), SetFinished(well("B")), SetFinished(ill("A")))
    assert [state.mark for state in board.sets] == ["error", "ok"]
    assert board.runs == (2, 3)


def test_a_set_is_examined_again_while_the_full_run_goes_on_with_the_others() -> None:
    board = after(
        Board().begun(1, Target(), 5.0), 1, SetsFound((blank("A"), blank("B"))), SetFinished(ill("A"))
    )
    board = after(board.begun(2, Target(only=("A",)), 6.0), 2, *story(well("A")))
    board = after(board, 1, SetFinished(ill("B")), Finished(report(ill("A"), ill("B"))))
    assert [state.mark for state in board.sets] == ["ok", "error"]
    assert not board.busy


def test_a_full_run_forgets_sets_that_are_gone_and_takes_up_new_ones() -> None:
    board = full(Board(), 1, ill("A"), ill("B"))
    board = after(board.begun(2, Target(), 9.0), 2, SetsFound((blank("B"), blank("C"))))
    assert [(state.id, state.known) for state in board.sets] == [("B", True), ("C", False)]


def test_a_set_that_a_run_of_its_own_did_not_find_keeps_its_result() -> None:
    board = after(
        full(Board(), 1, ill("A")).begun(2, Target(only=("A",)), 9.0), 2, SetsFound(()), Finished(report())
    )
    assert [state.mark for state in board.sets] == ["error"]


def test_a_run_that_breaks_off_leaves_no_set_busy() -> None:
    board = after(
        Board().begun(1, Target(), 5.0), 1, SetsFound((blank("A"), blank("B"))), SetFinished(ill("A"))
    )
    board = board.ended(1)
    assert [state.mark for state in board.sets] == ["error", "skipped"]
    assert not board.busy


def test_without_sets_a_guide_stands_before_the_findings() -> None:
    board = full(Board(), 1, others=(finding("A name is misspelt"),))
    assert [type(entry.subject) for entry in board.entries] == [Guide, Finding]


def test_network_calls_are_kept_in_order() -> None:
    calls = [Call("GET", f"{name}.example.com", "200", 1.0) for name in "ab"]
    board = after(Board().begun(1, Target(), 5.0), 1, *map(NetworkCalled, calls))
    assert board.calls == tuple(calls)
