"""How things are said and drawn, without an app."""

from __future__ import annotations

import re
import string

import pytest
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.model import CheckResult, Credential, Finding, SetResult, Step
from regdoctor.tui.board import Entry, SetState
from regdoctor.tui.finding_text import finding_blocks, guide_blocks, step_blocks
from regdoctor.tui.phrases import cause_title, credential_name, duration, number_of, one_line, registry_name
from regdoctor.tui.signs import ASCII, UNICODE, WORDS, Signs, signs_for
from regdoctor.tui.widgets.prose import Block, Prose, wrapped
from regdoctor.tui.widgets.row import columns_for, row
from regdoctor.tui.widgets.stages import stages_of
from tests.tui.scripted import blank, finding, ill, well


def known(result: SetResult) -> SetState:
    return SetState(result, known=True)


@pytest.mark.parametrize(
    ("encodings", "term", "signs"),
    [
        (("utf-8", "UTF-8"), "xterm-256color", UNICODE),
        (("utf8", None), "", UNICODE),
        (("iso8859-1", "utf-8"), "xterm", ASCII),
        (("utf-8", "ascii"), "xterm", ASCII),
        (("utf-8", "utf-8"), "linux", ASCII),
        (("utf-8", "utf-8"), "dumb", ASCII),
    ],
)
def test_signs_are_those_that_the_terminal_can_show(
    encodings: tuple[str | None, ...], term: str, signs: Signs
) -> None:
    assert signs_for(encodings, term) == signs


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
def test_every_status_has_a_sign_of_one_column_and_a_word(signs: Signs) -> None:
    assert set(signs.marks) == set(WORDS)
    assert {cell_len(sign) for sign in signs.marks.values()} == {1}
    assert len({signs.label(mark)[0] for mark in signs.marks}) == len(WORDS)


def test_plain_signs_are_ascii_and_make_ascii_of_what_comes_from_outside() -> None:
    lines = (ASCII.ellipsis, ASCII.between, ASCII.then, ASCII.done, ASCII.left, ASCII.bar)
    drawn = (*ASCII.marks.values(), *lines)
    assert all(sign.isascii() for sign in drawn)
    assert ASCII.text("Müller … ✓").isascii()


def test_a_text_that_is_too_long_is_cut_to_the_columns_there_are() -> None:
    assert UNICODE.fit("registry.example.com", 9) == "registry…"
    assert UNICODE.fit("ok", 4) == "ok  "
    assert [cell_len(UNICODE.fit("登録簿登録簿", width)) for width in range(8)] == list(range(8))


def test_lengths_of_time_are_short() -> None:
    assert [duration(value) for value in (0.2, 3.4, 999, 1234)] == ["<1 ms", "3 ms", "999 ms", "1.2 s"]
    assert (number_of(1, "error"), number_of(0, "error")) == ("1 error", "0 errors")


def test_vendors_and_credentials_have_names() -> None:
    assert registry_name("acr") == "Azure Container Registry"
    assert credential_name(Credential("github-classic-token")) == "a GitHub token (classic)"
    assert (
        credential_name(Credential("password", expires_at=0)) == "a password, good until 1970-01-01 00:00 UTC"
    )
    assert cause_title("token-expired", "ACR") == "The token of set ACR has expired"
    assert cause_title("a-cause-of-tomorrow", None) == "a-cause-of-tomorrow"


def test_a_row_does_not_repeat_its_identifier() -> None:
    facts = {
        "id": "ACR",
        "server_variable": "ACR_CONTAINER_REGISTRY_SERVER",
        "variable": "ACR_X",
        "other": "B",
    }
    lines = {
        cause: one_line(known(ill("ACR", say(CAUSES[cause], facts))))
        for cause in ("token-expired", "server-has-path", "set-incomplete", "set-duplicate-server")
    }
    assert lines == {
        "token-expired": "The token has expired",
        "server-has-path": "SERVER holds more than a host name",
        "set-incomplete": "Lacks ACR_X",
        "set-duplicate-server": "Set ACR and B log in to the same registry",
    }


def test_an_ok_set_tells_whether_a_login_was_shown() -> None:
    assert one_line(known(well("A"))) == "Login works"
    assert one_line(known(blank("A"))) == "No fault found; no login was tried"
    assert one_line(known(well("A").but(findings=(finding("A hint", "info"),)))) == "Login works; A hint"


@pytest.mark.parametrize("width", [30, 45, 60, 76, 100, 160])
def test_no_line_of_a_row_is_wider_than_the_list(width: int) -> None:
    names = ("A", "A_RATHER_LONG_IDENTIFIER_FOR_A_SET")
    sets = tuple(Entry(f"set:{name}", known(ill(name))) for name in names)
    entries = (*sets, Entry("finding:0", finding()))
    columns = columns_for(entries, width)
    for entry in entries:
        lines = row(entry, columns, UNICODE).plain.split("\n")
        assert max(map(cell_len, lines)) <= width
        assert len(lines) == (1 if columns.one_line or not isinstance(entry.subject, SetState) else 2)


def test_a_wide_row_names_status_identifier_registry_server_and_verdict() -> None:
    entry = Entry("set:ACR", known(blank("ACR", "mycompany.azurecr.io", "acr").but(findings=(finding(),))))
    text = row(entry, columns_for((entry,), 100), UNICODE).plain
    facts = ("✗ error", "ACR", "acr", "mycompany.azurecr.io", "User name or password refused")
    assert sorted(map(text.index, facts)) == list(map(text.index, facts))


def test_stages_that_were_skipped_for_one_reason_are_one_line() -> None:
    skipped = tuple(CheckResult(name, "skipped", reason="tls failed") for name in ("registry", "login"))
    state = known(ill("A").but(checks=(CheckResult("tls", "error", 5.0), *skipped)))
    assert [(stage.name, stage.words) for stage in stages_of(state, UNICODE)] == [
        ("tls", ""),
        ("registry, login", "tls failed"),
    ]


def said(blocks: object) -> str:
    return "\n".join(line.content.plain for line in wrapped(tuple(blocks), 200))  # type: ignore[arg-type]


def test_a_finding_is_told_in_full() -> None:
    text = said(finding_blocks(finding(verified=True), "ACR", UNICODE))
    parts = (
        "✗ error  User name or password refused",
        "knows the user name or the password, but not both",
        "HTTP 401",
        "The token of set ACR has expired",
        "tried: it works",
        "1. Store the new password",
        "gh secret set ACR_CONTAINER_REGISTRY_PASSWORD --app codespaces",
        "https://github.com/settings/codespaces",
        "2. Stop this codespace",
    )
    assert sorted(map(text.index, parts)) == list(map(text.index, parts))


def test_only_a_web_address_becomes_a_link() -> None:
    def links(url: str) -> list[str]:
        (*_, block) = step_blocks(1, Step("Look.", url=url), UNICODE)
        return [str(span.style) for span in block.text.spans if "link=" in str(span.style)]

    assert links("https://example.com/a")
    assert not links("javascript:alert(1)")
    assert not links("https://example.com/\x1b]8;;")


def test_the_guide_names_the_secrets_the_command_the_page_and_the_demo() -> None:
    text = said(guide_blocks(UNICODE))
    for part in ("SERVER", "USER", "PASSWORD"):
        assert f"<ID>_CONTAINER_REGISTRY_{part}" in text
    assert "gh secret set <ID>_CONTAINER_REGISTRY_SERVER --app codespaces" in text
    assert "https://github.com/settings/codespaces" in text
    assert "regdoctor demo" in text


def test_every_known_cause_fits_the_columns_it_is_wrapped_to() -> None:
    for cause in CAUSES.values():
        for width in (40, 78):
            for line in wrapped(tuple(finding_blocks(say(cause, {}), "A", UNICODE)), width):
                assert line.content.cell_length <= width, line.content.plain


class Sample(Prose):
    """A text for the tests below."""

    def blocks(self) -> tuple[Block, ...]:
        return (
            Block(Content("Store the new password, please."), before=Content("1. ")),
            Block(Content(f"gh secret set {string.ascii_uppercase} --app codespaces"), before=Content("   ")),
        )


@pytest.mark.parametrize("width", [16, 24, 40, 80])
def test_what_is_copied_is_the_text_before_it_was_wrapped(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from textual.geometry import Size

    monkeypatch.setattr(Sample, "content_size", Size(width, 20))
    sample = Sample()
    copied = sample.get_selection(Selection(None, None))
    assert copied is not None
    first, second = copied[0].split("\n")
    assert first == "Store the new password, please."
    assert second == f"gh secret set {string.ascii_uppercase} --app codespaces"
    start = Selection(Offset(9, 0), Offset(12, 0))
    assert sample.get_selection(start) == ("the", "\n")


def test_no_word_of_the_app_speaks_of_markup() -> None:
    hostile = Finding(
        "unknown", "error", "[red]x[/red]", "[/x] \x1b[31m", ("x" * 1_000_000,), remediation=(Step("[b]"),)
    )
    text = said(finding_blocks(hostile, "A", UNICODE))
    assert "[red]x[/red]" in text
    assert "[/x] \\x1b[31m" in text
    assert re.search(r"x{2000}", text.replace("\n│ ", ""))
    assert len(text) < 4000
