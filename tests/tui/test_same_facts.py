"""What the app shows is in the JSON report, and what is in the report the app shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from regdoctor.causes import CAUSES
from regdoctor.demo import Demo
from regdoctor.model import Fix
from regdoctor.report.json_report import as_object
from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.finding_text import STEPS
from regdoctor.tui.phrases import (
    cause_title,
    credential_name,
    duration,
    fix_in_words,
    outcome,
    registry_name,
)
from regdoctor.tui.screens.calls import CallsScreen
from regdoctor.tui.signs import UNICODE, WORDS
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.prose import Prose
from regdoctor.tui.widgets.set_list import SetList
from regdoctor.tui.widgets.stages import stages_of
from tests.tui.demo_app import demo_app
from tests.tui.scripted import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.model import Report
    from regdoctor.tui.app import RegdoctorApp

LABELS = {"Seen", "Also possible", STEPS, "Facts", "tried: it works. Nothing is stored yet.", "Login works"}
"""What the app says of itself."""


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with Demo() as demo:
        yield demo


def lines_of(app: RegdoctorApp) -> list[str]:
    """Every paragraph in the detail, and what stands before it."""
    detail = app.screen.query_one(Detail)
    found = []
    for widget in detail.query(Prose):
        if widget.display:
            for block in widget.blocks():
                found += [" ".join(block.before.plain.split()), block.text.plain]
    return [line for line in found if line]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def finding_facts(finding: dict[str, Any], set_id: str | None) -> Iterator[str]:
    """What the app has to show of a finding."""
    yield finding["title"]
    yield finding["explanation"]
    yield finding["cause"]
    yield WORDS[finding["severity"]]
    yield from finding["evidence"]
    for cause in finding["also_possible"]:
        yield cause_title(cause, set_id)
    for step in finding["remediation"]:
        yield step["text"]
        yield from (step["command"] or "").splitlines()
        if step["url"]:
            yield step["url"]
    for fix in finding["fixes"]:
        words = {("other" if key == "with" else key): value for key, value in fix.items()}
        yield fix_in_words(Fix(**words))
    if finding["verified"]:
        yield "tried: it works"
    if finding.get("location"):
        yield f"{finding['location']['file']}, line {finding['location']['line']}"


def check_facts(checks: list[dict[str, Any]]) -> Iterator[str]:
    for check in checks:
        if check["name"] == "exchange" and check["status"] == "skipped":
            continue  # a stage for which most sets have no use
        yield check["name"]
        if check["status"] == "skipped":
            yield check["reason"]
        else:
            yield WORDS[check["status"]]
            yield duration(check["duration_ms"])
            if check["detail"]:
                yield check["detail"]


def set_facts(found: dict[str, Any]) -> Iterator[str]:
    """What the app has to show of a set."""
    yield found["id"]
    yield from (name for name in found["variables"].values() if name)
    yield from (value for value in (found["server"], found["user"]) if value)
    yield found["registry"]
    if found["credential"]:
        yield found["credential"]["kind"]
        if found["credential"]["expires_at"]:
            yield found["credential"]["expires_at"].replace("T", " ").replace("Z", " UTC")
    yield "shown in this run" if found["proved"] else "not shown in this run"
    yield from check_facts(found["checks"])
    for finding in found["findings"]:
        yield from finding_facts(finding, found["id"])


def image_facts(found: dict[str, Any]) -> Iterator[str]:
    """What the app has to show of an image."""
    yield found["reference"]
    yield found["source"]
    yield f"set {found['set']}" if found["set"] else "without a set"
    yield "shown in this run" if found["proved"] else "not shown in this run"
    yield from check_facts(found["checks"])
    for finding in found["findings"]:
        yield from finding_facts(finding, found["set"])


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def derived_from(found: dict[str, Any], report: Report) -> Iterator[str]:
    """What the app says in its own words of something that the report holds."""
    yield from LABELS
    yield ", ".join(name for name in found.get("variables", {}).values() if name)
    if (found.get("credential") or {}).get("expires_at"):
        yield found["credential"]["expires_at"].replace("T", " ").replace("Z", " UTC")
    yield from (f"{UNICODE.marks[mark]} {word}" for mark, word in WORDS.items())
    yield from WORDS.values()
    yield registry_name(found.get("registry", ""))
    yield from (duration(check["duration_ms"]) for check in found.get("checks", ()))
    for finding in found.get("findings", [found]):
        yield from finding_facts(finding, found.get("id") or found.get("set"))
    image = next((each for each in report.images if each.image.reference == found.get("reference")), None)
    if image is not None:
        yield outcome(image)
        location = image.image.location
        yield f"named in {image.image.source}" + (f", line {location.line}" if location else "")
        yield f"pulled with set {image.set_id}"
        for stage in stages_of(ImageState(image, known=True), UNICODE):
            yield f"{UNICODE.marks[stage.mark]} {WORDS[stage.mark]} {stage.name} {stage.duration}"
            yield f"{stage.name}: {stage.words}" if stage.words else stage.name
    result = next((each for each in report.sets if each.secret_set.id == found.get("id")), None)
    if result is not None:
        yield outcome(result)
        if result.credential is not None:
            yield credential_name(result.credential)
        for stage in stages_of(SetState(result, known=True), UNICODE):
            yield f"{UNICODE.marks[stage.mark]} {WORDS[stage.mark]} {stage.name} {stage.duration}"
            yield f"{stage.name}: {stage.words}" if stage.words else stage.name


async def test_app_and_report_tell_the_same(demo: Demo) -> None:
    app = demo_app(demo)
    missing: list[str] = []
    strange: list[str] = []
    async with app.run_test(size=(140, 60)) as pilot:
        await until(pilot, lambda: app.board.found and not app.board.busy)
        report = app.report
        assert report is not None
        said = as_object(report, trace=True)
        rows = app.screen.query_one(SetList)
        wanted = [(f"set:{found['id']}", found, tuple(set_facts(found))) for found in said["sets"]]
        wanted += [
            (f"image:{found['reference']}", found, tuple(image_facts(found))) for found in said["images"]
        ]
        wanted += [
            (f"finding:{at}", found, tuple(finding_facts(found, None)))
            for at, found in enumerate(said["findings"])
        ]
        for key, found, facts in wanted:
            rows.choose(key)
            await pilot.pause()
            lines = [squeezed(line) for line in lines_of(app)]
            text = "\n".join(lines)
            missing += [f"{key}: {fact}" for fact in facts if squeezed(UNICODE.text(fact)) not in text]
            known = "\n".join(
                squeezed(UNICODE.text(each)) for each in (*texts_in(found), *derived_from(found, report))
            )
            for line in lines:
                strange += [f"{key}: {part}" for part in parts_of(line) if part and part not in known]
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, CallsScreen))
        await pilot.pause()
        page = calls_page(app)
        missing += [f"trace: {call}" for call in said["trace"] if not call_is_shown(call, page)]
        missing += [f"run: {fact}" for fact in run_facts(said) if fact not in page]
    assert missing == []
    assert strange == []


def parts_of(line: str) -> list[str]:
    """A line without signs, numbers of steps and the names of facts."""
    if line in UNICODE.marks.values() or line == UNICODE.bar:
        return []
    if line.rstrip(".").isdigit():
        return []
    for name in (
        "variables",
        "registry",
        "right to pull",
        "credential",
        "login",
        "fix",
        "place",
        "server ",
        "user ",
    ):
        line = line.removeprefix(name).strip()
    if line in ("shown in this run", "not shown in this run") or line in WORDS.values():
        return []
    pieces = []
    for piece in line.split(" · "):
        piece = piece.removeprefix("server ").removeprefix("user ")
        # What a credential is and when it ends is said in words; its kind stands among the facts.
        if piece in ("no password", "no user", "no server"):
            continue
        pieces += piece.split(", ends ")
    return pieces if len(pieces) > 1 else [line] if pieces else []


def calls_page(app: RegdoctorApp) -> str:
    from textual.widgets import DataTable, Static

    table = app.screen.query_one(DataTable)
    rows = [" ".join(str(cell) for cell in table.get_row_at(at)) for at in range(table.row_count)]
    about = app.screen.query_one("#about", Static)
    return "\n".join((str(about.content), *rows))


def call_is_shown(call: dict[str, Any], page: str) -> bool:
    row = f"{call['method']} {call['status']} {duration(call['duration_ms'])} {call['host']}"
    return row in page


def run_facts(said: dict[str, Any]) -> Iterator[str]:
    yield said["regdoctor_version"]
    yield said["started_at"].replace("T", " ").replace("Z", " UTC")
    yield duration(said["duration_ms"])
    yield said["environment"]["docker"]["status"]
    yield said["environment"]["repository"]
    yield "codespace"


def test_every_cause_has_a_title_that_can_be_shown() -> None:
    assert all(cause_title(cause, "ACR") for cause in CAUSES)
