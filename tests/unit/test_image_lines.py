"""Images in the printed report, and in one that is fit for everybody."""

from __future__ import annotations

import pytest

from regdoctor.model import (
    CheckResult,
    Environment,
    Finding,
    Image,
    ImageResult,
    Location,
    Report,
    SecretSet,
    SetResult,
    Step,
)
from regdoctor.report import text
from regdoctor.report.anonymous import anonymized

FILE = Location(".devcontainer/devcontainer.json", 3, 5)
DENIED = Finding(
    "pull-denied", "error", "This login is not allowed to pull", "Because.", remediation=(Step("Ask."),)
)
REFUSED = Finding("bad-credentials", "error", "ghcr.io refuses it", "Because.", remediation=(Step("Ask."),))


def image(reference: str = "ghcr.io/acme/app:1", **more: object) -> ImageResult:
    base = ImageResult(Image(reference, FILE.file, FILE), checks=(CheckResult("pull", "ok", detail="there"),))
    return base.but(**more)


def lines(*images: ImageResult, sets: tuple[SetResult, ...] = ()) -> list[str]:
    """The section of the images, and the sum."""
    printed = text.render(Report(0, 100, Environment(), sets=sets, images=images), width=110).splitlines()
    return printed[printed.index("Images") :]


def test_an_image_that_may_be_pulled_takes_a_line() -> None:
    printed = lines(image(proved=True, set_id="GHCR"), image("python:3.12", proved=True))
    assert printed[1:3] == [
        "✓ ghcr.io/acme/app:1  can be pulled, with the set GHCR  .devcontainer/devcontainer.json:3",
        "✓ python:3.12  can be pulled  .devcontainer/devcontainer.json:3",
    ]


def test_one_that_may_not_is_explained() -> None:
    checks = (CheckResult("login", "ok", detail="octocat is accepted"), CheckResult("pull", "error"))
    printed = lines(image(set_id="GHCR", checks=checks, findings=(DENIED,)))
    assert printed[1].startswith("✗ ghcr.io/acme/app:1  error, not pulled, with the set GHCR")
    assert "  ✓ login  ✗ pull" in printed
    assert any("[pull-denied]" in line for line in printed)


def test_one_whose_set_was_refused_does_not_repeat_why() -> None:
    skipped = (CheckResult("pull", "skipped", reason="set GHCR: bad-credentials"),)
    sets = (SetResult(SecretSet("GHCR"), "ghcr", findings=(REFUSED,)),)
    printed = lines(image(set_id="GHCR", checks=skipped, findings=(REFUSED,)), sets=sets)
    assert printed[1].startswith("✗ ghcr.io/acme/app:1  error, not asked: set GHCR: bad-credentials")
    assert not any("[bad-credentials]" in line for line in printed)


def test_what_keeps_several_images_from_being_pulled_is_explained_once() -> None:
    skipped = (CheckResult("dns", "error"), CheckResult("pull", "skipped", reason="dns failed"))
    down = REFUSED.but(cause="dns-not-found")
    elsewhere = down.but(location=FILE.but(line=9))
    printed = lines(
        image("a.example/x:1", checks=skipped, findings=(down,)),
        image("a.example/y:1", checks=skipped, findings=(elsewhere,)),
        image("a.example/z:1", checks=skipped, findings=(DENIED,)),
    )
    assert sum("[dns-not-found]" in line for line in printed) == 1
    at = next(number for number, line in enumerate(printed) if line.startswith("✗ a.example/y:1"))
    assert printed[at + 1] == "  for the same reason as a.example/x:1"
    assert sum("[pull-denied]" in line for line in printed) == 1


def test_images_that_need_no_set_teach_nobody_how_to_make_one() -> None:
    printed = lines(image(proved=True))
    assert "No secret set was found here, and these images need none." in printed
    assert not any("gh secret set" in line for line in printed)


def test_a_set_whose_verdict_stands_gives_information_a_line() -> None:
    findings = (REFUSED, DENIED.but(severity="info"))
    sets = (SetResult(SecretSet("GHCR"), "ghcr", findings=findings),)
    printed = text.render(Report(0, 100, Environment(), sets=sets)).splitlines()
    assert "  i This login is not allowed to pull  [pull-denied]" in printed
    assert sum("1. Ask." in line for line in printed) == 1


def test_one_that_was_not_asked_for_is_neither_good_nor_bad() -> None:
    skipped = (CheckResult("pull", "skipped", reason="--offline"),)
    assert lines(image(checks=skipped))[1].startswith("– ghcr.io/acme/app:1  not asked: --offline  ")


@pytest.mark.parametrize(
    ("sets", "images", "sum_of_both"),
    [
        (0, 1, "1 image: 1 ok, 0 warnings, 0 errors"),
        (1, 2, "1 set and 2 images: 3 ok, 0 warnings, 0 errors"),
    ],
)
def test_the_sum_counts_both(sets: int, images: int, sum_of_both: str) -> None:
    found = tuple(SetResult(SecretSet(f"S{number}"), "other", proved=True) for number in range(sets))
    printed = lines(*(image(f"ghcr.io/acme/app:{n}", proved=True) for n in range(images)), sets=found)
    assert printed[-1].startswith(sum_of_both)


# For everybody


def anonymous(result: ImageResult) -> str:
    report = Report(0, 100, Environment(), images=(result,))
    shown = anonymized(report)
    return f"{shown.images[0]} {text.render(shown, width=200)}"


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("ghcr.io/acme-corp/secret-app:1", "acme-corp"),
        ("ghcr.io/acme-corp/secret-app:1", "secret-app"),
        ("registry.acme-corp.example/secret-app:1", "acme-corp"),
        ("registry.acme-corp.example/secret-app:1", "secret-app"),
        ("acmecorp/secret-app", "acmecorp"),
        ("Acme-Corp/Secret", "Acme-Corp"),
    ],
)
def test_an_image_keeps_no_name_that_tells_whose_it_is(reference: str, name: str) -> None:
    owner = reference.partition("/")[2].rpartition(":")[0] or reference
    said = DENIED.but(
        evidence=(f"DENIED: {owner} is closed",), title=f"This login is not allowed to pull {owner}"
    )
    shown = anonymous(image(reference, findings=(said,)))
    assert name.lower() not in shown.lower()


def test_what_is_everybodys_stays_in_an_image() -> None:
    shown = anonymous(image("python:3.12"))
    assert "python:3.12" in shown
    assert ".devcontainer/devcontainer.json:3" in shown
    assert "ghcr.io/" in anonymous(image("ghcr.io/acme-corp/secret-app:1"))


def test_a_files_own_name_is_replaced() -> None:
    file = ".devcontainer/acme-secret/devcontainer.json"
    result = image().but(image=Image("python:3.12", file, Location(file, 7)))
    assert "acme-secret" not in anonymous(result)


def test_the_identifier_of_the_set_stays() -> None:
    assert anonymized(Report(0, 1, Environment(), images=(image(set_id="GHCR"),))).images[0].set_id == "GHCR"
