"""Which images the build of a Dockerfile pulls: BuildKit is told to build, and has the last word."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import dockerfile as buildkit_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.workspace.dockerfile import read_dockerfile
from regdoctor.workspace.platforms import host_platform, normal_platform
from tests.workspace.builds import Builds
from tests.workspace.laid_out import MAIN, errors, lay_out, read, references, unknown

COPY = "COPY --from={} /hello.txt /there"
MOUNT = "RUN --mount=type=bind,from={},target=/m true"


@dataclass(frozen=True)
class Case:
    """A Dockerfile, in which REG/ stands for the registry, and what the build is told."""

    text: str
    args: dict[str, str] = field(default_factory=dict)
    target: str | None = None
    platform: str | None = None


CASES = {
    "one stage": Case("FROM REG/a:1\n"),
    "no tag": Case("from REG/a\n"),
    "unused stages are skipped": Case("FROM REG/a AS a\nFROM REG/b AS b\nFROM REG/c\n"),
    "stages by name, in any case": Case(f"FROM REG/a AS Base\nFROM REG/b\n{COPY.format('BASE')}\n"),
    "stages by number": Case(f"FROM REG/a\nFROM REG/b\nFROM scratch\n{COPY.format('1')}\n"),
    "a stage on a stage": Case("FROM REG/a AS one\nFROM one AS two\nFROM two\n"),
    "a later stage is no base": Case("FROM REG/x AS a\nFROM REG/a/a AS b\nFROM REG/y AS c\nFROM b\n"),
    "scratch": Case(f"FROM scratch\n{COPY.format('REG/tool:2')}\n"),
    "COPY from an image": Case(f"FROM REG/a\n{COPY.format('REG/tool')}\n{COPY.format('REG/tool')}\n"),
    "COPY with other options": Case("FROM REG/a\nCOPY --chown=1:1 --from=REG/b /hello.txt /x\n"),
    "COPY from a stage that comes later": Case(
        f"FROM REG/a AS a\n{COPY.format('b')}\nFROM REG/b AS b\nFROM a\n"
    ),
    "mounts": Case(f"FROM REG/a\n{MOUNT.format('REG/m:3')}\n"),
    "a cache from an image": Case("FROM REG/a\nRUN --mount=type=cache,target=/m,from=REG/m true\n"),
    "a number in a mount is no stage": Case(
        f"FROM REG/a AS x\nFROM REG/b\n{MOUNT.format('x')}\n", target=None
    ),
    "defaults of arguments": Case("ARG BASE=REG/a\nARG TAG=1\nFROM ${BASE}:$TAG\n"),
    "defaults that use others": Case('ARG V=1\nARG IMAGE="REG/a:${V}-x"\nFROM $IMAGE\n'),
    "several arguments in one line": Case("ARG A=REG/a B=2\nFROM $A:$B\n"),
    "a build argument wins": Case("ARG TAG=1\nFROM REG/a:$TAG\n", args={"TAG": "9"}),
    "an argument that is not declared": Case("FROM REG/a${TAG}\n", args={"TAG": "9"}),
    "an argument without a value": Case("ARG SUFFIX\nFROM REG/a$SUFFIX\n"),
    "an argument of a stage is none of FROM": Case("ARG T=1\nFROM REG/a:$T AS a\nARG T=2\nFROM REG/b:$T\n"),
    "an environment is none of FROM": Case("ARG T=1\nFROM REG/a AS a\nENV T=2\nFROM REG/b:$T\n"),
    ":- and :+": Case("ARG A=1\nFROM REG/a:${B:-x}${A:+y}${C:+z}\n"),
    "defaults within defaults": Case("ARG C=c\nFROM REG/a:${A:-${B:-$C}}\n"),
    "quotes": Case("FROM \"REG/a\" AS a\nFROM REG/'b'\n" + COPY.format('"a"') + "\n"),
    "continued lines": Case(
        "FROM \\\n  REG/a \\\n# no\n\n  AS a\nFROM \\\nREG/b\n" + COPY.format("a") + "\n"
    ),
    "FROM in other lines": Case(
        'FROM REG/a\nLABEL x="\\\nFROM REG/no"\n# FROM REG/no\nENV y="FROM REG/no"\n'
    ),
    "another escape character": Case("# escape=`\nFROM `\n REG/a\nLABEL a=b\\\n"),
    "directives and comments": Case("# check=skip=all\n# syntaxes=x\n\n# syntax=REG/no\nFROM REG/a\n"),
    "CRLF": Case("ARG A=REG/a\r\nFROM $A \\\r\n  AS x\r\nFROM x\r\n"),
    "a byte order mark": Case("\ufeffFROM REG/a\n"),
    "a target": Case("FROM REG/a AS a\nFROM REG/b AS b\nFROM REG/c\n", target="B"),
    "a frontend": Case("# syntax=REG/frontend:1\nFROM REG/a\n"),
    "a platform": Case("FROM --platform=linux/arm64 REG/a\n"),
    "a platform in short": Case("FROM --platform=arm64 REG/a\n"),
    "the platform of the builder": Case(
        f"FROM --platform=$BUILDPLATFORM REG/a AS a\nFROM REG/b\n{COPY.format('a')}\n", platform="linux/arm64"
    ),
    "parts of the platform": Case("FROM --platform=linux/${BUILDARCH} REG/a-$TARGETARCH\n"),
    "a platform of an argument": Case("ARG P=linux/s390x\nFROM --platform=$P REG/a\n"),
    "the platform of a copied image": Case(
        f"FROM --platform=linux/s390x REG/a\n{COPY.format('REG/b')}\n", platform="linux/arm64"
    ),
    "ONBUILD": Case("FROM REG/a\nONBUILD COPY --from=REG/no /a /b\n"),
    # what a build refuses
    "a stage in capitals": Case("FROM REG/a AS Base\nFROM Base\n"),
    "no instruction": Case("# only a comment\n"),
    "an unknown instruction": Case("FROM REG/a\nFORM REG/b\n"),
    "too much in FROM": Case("FROM REG/a AS\n"),
    "an unknown option of FROM": Case("FROM --platfrom=linux/arm64 REG/a\n"),
    "a name that is empty": Case("FROM ${NOTHING}\n"),
    "an open brace": Case("FROM REG/${A\n"),
    "a target that is not there": Case("FROM REG/a AS a\n", target="b"),
    "a bad name of a stage": Case("FROM REG/a AS 1a\n"),
    "something before FROM": Case("RUN true\nFROM REG/a\n"),
    "an empty platform": Case("FROM --platform=$NOTHING REG/a AS a\nFROM REG/b\n"),
    "a bad name that is not needed": Case("FROM REG/A AS a\nFROM REG/b\n"),
    "two escapes": Case("# escape=`\n# escape=`\nFROM REG/a\n"),
    "a demanded value": Case("FROM REG/a${B:?}\n"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_build_pulls_what_was_read(case: Case, builds: Builds, tmp_path: Path) -> None:
    host = builds.host
    text = case.text.replace("REG", host)
    build: dict[str, object] = {"dockerfile": "Dockerfile", "args": case.args}
    options = [f"--build-arg={name}={value}" for name, value in case.args.items()]
    if case.target:
        build["target"] = case.target
        options.append(f"--target={case.target}")
    if case.platform:
        build["options"] = [f"--platform={case.platform}"]
        options.append(f"--platform={case.platform}")
    folder = lay_out(tmp_path, {MAIN: {"build": build}})
    (folder / ".devcontainer" / "Dockerfile").write_bytes(text.encode())
    workspace = read(folder, {})

    outcome = builds.build(folder / ".devcontainer", "Dockerfile", options)

    assert bool(errors(workspace)) == (outcome.refused and "/frontend:1" not in text), outcome.words
    assert not unknown(workspace)
    if not outcome.refused:
        shown = {
            (_with_tag(image.reference).removeprefix(f"{host}/"), image.platform or host_platform())
            for image in workspace.images
        }
        assert shown == outcome.pulled, outcome.words
    elif "/frontend:1" in text:
        # a frontend cannot run here; that it is asked for is all that can be seen
        assert outcome.named == {"frontend:1"}
        assert references(workspace) == [f"{host}/frontend:1", f"{host}/a"]


def _with_tag(reference: str) -> str:
    return reference if ":" in reference.rpartition("/")[2] else f"{reference}:latest"


HEREDOCS = [
    "FROM a\nRUN <<EOF\nFROM b\nEOF\nCOPY --from=c x y\n",
    "FROM a\nRUN cat <<'E' >x && cat <<-\"F\" >y\nFROM b\nE\n\t\tFROM c\n\tF\nFROM d\n",
    "FROM a\nCOPY <<a.txt <<b.txt /x/\nFROM b\na.txt\nFROM c\nb.txt\nRUN true\n",
    "FROM a\nRUN echo $((1<<2)) <<<x\nFROM b\n",
    'FROM a\nRUN ["sh", "-c", "<<EOF"]\nFROM b\n',
    "FROM a\nADD --chmod=644 <<EOF /x\n# FROM b\nEOF\nFROM c\n",
    "FROM a\nRUN x \\\n <<EOF\nFROM b \\\nEOF\nFROM c\n",
    "FROM a\nENV x=<<EOF\nFROM b\n",
    "FROM a\nONBUILD RUN <<EOF\nFROM b\nEOF\nFROM c\n",
]


@pytest.mark.parametrize("text", HEREDOCS)
def test_here_documents_hold_no_instructions(text: str) -> None:
    mine = read_dockerfile(text, "Dockerfile")
    theirs = buildkit_parser.parse_string(text)
    assert [stage.base.text for stage in mine.stages] == [c.value[0] for c in theirs if c.cmd == "FROM"]
    assert [stage.base.place[0] for stage in mine.stages] == [c.start_line for c in theirs if c.cmd == "FROM"]
    assert not mine.mistakes


def test_a_here_document_without_end_is_refused() -> None:
    text = "FROM a\nRUN <<EOF\nFROM b\n"
    with pytest.raises(buildkit_parser.GoParseError):
        buildkit_parser.parse_string(text)
    assert [problem for _, problem in read_dockerfile(text, "f").mistakes]


WORDS = (
    "FROM",
    "COPY",
    "RUN",
    "ARG",
    "a",
    "--from=b",
    "AS",
    "\\",
    "`",
    "#",
    "x=1",
    '"',
    "'",
    "$A",
    "echo",
    "<<E",
    "E",
)
lines = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=8)


@given(lines.map("\n".join))
def test_instructions_are_split_as_buildkit_splits_them(text: str) -> None:
    try:
        commands = buildkit_parser.parse_string(text)
    except buildkit_parser.GoParseError:
        return
    theirs = [c.start_line for c in commands if (c.cmd or "").upper() == "FROM"]
    read = read_dockerfile(text, "f")
    empty = [node.place[0] for node, problem in read.mistakes if problem.startswith("FROM takes")]
    assert len(read.stages) <= len(theirs) <= len(read.stages) + len(empty)


@given(st.text() | lines.map("\n".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_dockerfile(text, "f")


@pytest.mark.parametrize(
    "piece", ["FROM ${", "$", "'", '"', "\\\n", "FROM a\n", "RUN <<A ", "COPY --from=", "#\n", " "]
)
def test_a_megabyte_of_anything_is_read(piece: str, tmp_path: Path) -> None:
    text = "FROM " + piece * (1_000_000 // len(piece))
    read(tmp_path, {MAIN: {"build": {"dockerfile": "D"}}, ".devcontainer/D": text})


def test_every_image_is_told_with_its_place(tmp_path: Path) -> None:
    text = (
        "# syntax=docker/dockerfile:1\n"
        "FROM --platform=arm64 \\\n  octo/a AS x\n"
        "COPY --chown=1 --from=octo/b a b\n"
        "RUN --mount=type=cache,from=octo/c,target=/x \\\n    --mount=from=octo/d,target=/y true\n"
    )
    workspace = read(tmp_path, {MAIN: {"build": {"dockerfile": "../D"}}, "D": text})
    places = {i.reference: (i.location.line, i.location.column) for i in workspace.images if i.location}
    assert places == {
        "docker/dockerfile:1": (1, 10),
        "octo/a": (3, 3),
        "octo/b": (4, 23),
        "octo/c": (5, 29),
        "octo/d": (6, 18),
    }
    assert {image.source for image in workspace.images} == {"D"}


def test_a_variable_in_an_option_is_refused_as_new_builders_do(tmp_path: Path) -> None:
    text = "ARG X=b\nFROM a\nCOPY --from=$X a b\nRUN --mount=from=${X},target=/y true\n"
    workspace = read(tmp_path, {MAIN: {"build": {"dockerfile": "D"}}, ".devcontainer/D": text})
    assert [line.partition(": ")[0] for line in errors(workspace)] == [
        ".devcontainer/D:3:13",
        ".devcontainer/D:4:18",
    ]


def test_onbuild_pulls_for_the_stage_above(tmp_path: Path) -> None:
    # since Dockerfile 1.11, <https://docs.docker.com/reference/dockerfile/#onbuild>; Engine 20.10 does not
    text = (
        "FROM a AS a\nONBUILD COPY --from=octo/b x y\nONBUILD COPY --from=c x y\n"
        "FROM octo/c AS c\nFROM a AS d\nFROM d\n"
    )
    workspace = read(tmp_path, {MAIN: {"build": {"dockerfile": "D"}}, ".devcontainer/D": text})
    assert references(workspace) == ["a", "octo/c", "octo/b"]


def test_a_file_without_a_stage_is_refused(tmp_path: Path) -> None:
    # Engine 20.10 does not survive this one
    workspace = read(tmp_path, {MAIN: {"build": {"dockerfile": "D"}}, ".devcontainer/D": "ARG A=1\n"})
    assert len(errors(workspace)) == 1


def test_stages_that_need_one_another_are_refused(tmp_path: Path) -> None:
    # Engine 20.10 does not survive this one
    text = "FROM a AS a\nCOPY --from=b x y\nFROM b AS b\nCOPY --from=a x y\n"
    workspace = read(tmp_path, {MAIN: {"build": {"dockerfile": "D"}}, ".devcontainer/D": text})
    assert len(errors(workspace)) == 1


@pytest.mark.parametrize(
    ("spelt", "platform"),
    [
        ("linux/amd64", "linux/amd64"),
        ("x86_64", "linux/amd64"),
        ("linux/aarch64", "linux/arm64"),
        ("arm64/v8", "linux/arm64"),
        ("linux/arm64/v8", "linux/arm64"),
        ("armhf", "linux/arm/v7"),
        ("linux/arm", "linux/arm/v7"),
        ("arm/v6", "linux/arm/v6"),
        ("Windows/AMD64", "windows/amd64"),
    ],
)
def test_platforms_are_spelt_in_one_way(spelt: str, platform: str) -> None:
    assert normal_platform(spelt) == platform
    assert normal_platform(platform) == platform
