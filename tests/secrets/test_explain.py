"""Pasted texts and logs that hold credentials: what is shown of them holds none."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.explain import explain, known_to
from regdoctor.report.explanation import as_json, as_markdown, as_text
from regdoctor.secret import MASK, Secret
from tests.lab.certificates import Authority
from tests.secrets.credentials import Maker
from tests.secrets.program import run
from tests.secrets.scene import Scene, raised
from tests.secrets.traces import SPELLINGS, Credential, Spell, traces
from tests.unit.support import a_set

Known = tuple[Mapping[str, str], Callable[[str], str]]

FORMS = ("text", "json", "markdown")
LINES = (
    "Error response from daemon: Get https://ghcr.io/v2/: denied: {} was refused",
    "{} unauthorized: incorrect username or password",
    "docker login -u octocat -p {} ghcr.io: error: unauthorized: authentication required",
    'time=2026-01-31T12:00:00Z level=error msg="error from registry: {}: access forbidden"',
    "failed to solve: ghcr.io/octo/app: failed to authorize: failed to fetch oauth token: {}: 403 Forbidden",
    "something of ours failed: {}",
    "ERROR " + "x" * 250 + " {} unauthorized: authentication required",
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Scene]:
    with raised(tmp_path_factory.mktemp("scene") / "run", authority, "explain") as scene:
        yield scene


def knowing(environ: Mapping[str, str]) -> Known:
    """What is known where these are the variables."""
    return known_to({name: Secret(value) for name, value in environ.items()}, environ)


def explained(known: Known, text: str) -> str:
    """All that is said of a text, in every form."""
    servers, clean = known
    found = explain(io.BytesIO(text.encode("utf-8", "surrogateescape")), servers=servers, clean=clean)
    return as_json(found) + as_markdown(found) + "\n".join(line.text for line in as_text(found))


def known_to_the_environment(scene: Scene) -> list[Credential]:
    """The credentials that stand in a variable."""
    values = "\n".join(scene.environ.values())
    return [each for each in scene.maker.made if each.value in values]


@pytest.mark.parametrize("line", LINES)
def test_no_credential_of_the_environment_is_shown(scene: Scene, line: str) -> None:
    known = known_to_the_environment(scene)
    assert len(known) > 45
    at_hand = knowing(scene.environ)
    masked = 0
    for each in known:
        shown = explained(at_hand, line.format(each.value))
        assert traces([each], shown) == {}
        masked += MASK in shown
    # What characters of all kinds make of a line may be told of no failure, and then it is not shown at all.
    assert masked >= len(known) - 3


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=list(SPELLINGS))
@given(number=st.integers(0, 1 << 32), line=st.sampled_from(LINES))
@settings(max_examples=10, deadline=None)
def test_no_spelling_of_a_password_is_shown(spell: Spell, number: int, line: str) -> None:
    password = Maker(f"explain {number}").password("password")
    shown = explained(knowing(a_set(password=password)), line.format(spell(password)))
    assert traces([Credential("password", password)], shown) == {}


@pytest.mark.parametrize("line", LINES)
def test_a_token_of_nobody_is_not_shown_though_a_line_is_cut(line: str) -> None:
    make = Maker(f"nobody's {line}")
    tokens = make.github("github"), make.web_token("web token"), make.docker("docker"), make.gitlab("gitlab")
    for token in tokens:
        for before in range(0, 320, 40):
            shown = explained(knowing({}), f"{'y' * before} {line.format(token)}")
            assert traces(make.made, shown) == {}


def test_a_login_in_an_address_is_not_shown_as_a_host() -> None:
    make = Maker("addresses")
    password = make.word("password")
    for address in (f"https://octocat:{password}@ghcr.io/v2/", f"octocat:{password}@ghcr.io/octo/app:1"):
        shown = explained(knowing({}), f'Error response from daemon: Get "{address}": denied: denied')
        assert "ghcr" in shown
        assert traces(make.made, shown) == {}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", [False, True], ids=["printed", "written"])
def test_the_command_gives_nothing_away(scene: Scene, tmp_path: Path, form: str, written: bool) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    known = known_to_the_environment(scene)
    text = "\n".join(LINES[number % len(LINES)].format(each.value) for number, each in enumerate(known))
    options = ("--output", "answer") if written else ()
    ended = run(folder, "explain", "--format", form, *options, environ=scene.environ, stdin=text.encode())
    shown = b"\n".join((ended.stdout, ended.stderr, *(path.read_bytes() for path in ended.files)))
    assert MASK.encode() in shown
    assert [path.name for path in ended.files] == (["answer"] if written else [])
    assert traces(scene.maker.made, shown) == {}
    if form == "json" and not written:
        assert json.loads(ended.stdout)["findings"]
