"""Reports in which everything that comes from outside would like to act."""

from __future__ import annotations

from regdoctor.model import (
    Call,
    CheckResult,
    Docker,
    Environment,
    Finding,
    Fix,
    Image,
    ImageResult,
    Location,
    Report,
    SetResult,
    Step,
)
from tests.report.everything import a_set

WORDS = (
    "![x](https://evil.example/x.png)",
    "[click](https://evil.example)",
    "<https://evil.example>",
    "https://evil.example/?a=1",
    "www.evil.example",
    "mona@evil.example",
    "<img src=x onerror=alert(1)>",
    "</summary></details><script>alert(1)</script>",
    "<!-- hidden",
    "@octocat @octo-org/team",
    "#12 octo/app#12 GH-12 octo/app@a5c3785ed8d6a35868bc169f07e40e889087fd2e",
    "`code` ``code`` ``` ```` ~~~",
    "**bold** _it_ ~~no~~ $math$ :smile: [^1] [x]: https://evil.example",
    "| a | b \\| c \\\\| d |",
    "1. one",
    "1) one",
    "- one",
    "+ one",
    "# heading",
    "> quote",
    "---",
    "===",
    "&lt;b&gt; &amp;",
    "\\",
    "::add-mask::x",
    "##[add-mask]x",
    "%0A::error::x",
    "\n::error::x",
    "\r::error::x",
    "]]>",
    '" onmouseover="x',
    "\x00\x01\x08\x1b[31m\x7f\x85\u2028\u2029",
    "\ud800\udfff\ufffe\uffff\U0001fffe",
    "\u202e\u2066\u200b\ufeff\u061c",
    "{0} {{x}} %s {title}",
    "😀 ü 日本",
)


def hostile(word: str) -> Report:
    """A report in which one text stands wherever a text from outside can stand."""
    finding = Finding(
        "bad-credentials",
        "error",
        f"Refused by {word}".replace("\n", " "),
        f"The registry {word} refused {word}.",
        evidence=(word, f"its words: {word}"),
        also_possible=("token-expired",),
        remediation=(
            Step(f"Ask {word}.", f"docker login '{word}'", "https://docs.github.com/packages"),
            Step("See its page.", url=f"https://{word}"),
        ),
        fixes=(Fix("set", "TEAM_CONTAINER_REGISTRY_SERVER", value=word),),
        location=Location(word, 3, 4),
    )
    warning = finding.but(cause="server-has-path", severity="warning", location=None, fixes=())
    checks = (
        CheckResult("dns", "ok", 1.0, word),
        CheckResult("login", "error", 1.0, None, findings=(finding,)),
        CheckResult("engine", "skipped", reason=word),
    )
    image = Image(word, word, Location(word, 1))
    return Report(
        1_769_860_800.0,
        412,
        Environment(True, False, word, Docker("ok", word)),
        (SetResult(a_set(word, word, word), "other", checks=checks, findings=(finding, warning)),),
        (ImageResult(image, word, checks=(checks[1].but(name="pull"),), findings=(warning,)),),
        (finding, warning, finding.but(severity="info")),
        (Call("GET", word, word, 1.0),),
    )
