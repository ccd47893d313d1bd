"""The log of a codespace's creation, and what it adds to a report.

Codespaces keeps it where `gh codespace logs` reads it (cli/cli, pkg/cmd/codespace/logs.go).
"""

from __future__ import annotations

from regdoctor.explain.verdicts import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.model import Finding

PATH = "/workspaces/.codespaces/.persistedshare/creation.log"


def findings_in(
    path: str, servers: Mapping[str, str], clean: Callable[[str], str], *, failed: bool
) -> tuple[Finding, ...]:
    """What a creation log tells of failures, as findings of no set; raises `OSError`.

    `failed` says that this machine is what a failed creation left; otherwise the log tells of the past.
    """
    with open(path, "rb") as stream:
        told = explain(stream, servers=servers, clean=clean)
    return tuple(
        each.finding.but(
            severity="error" if failed and each is told[0] else "warning" if failed else "info",
            evidence=tuple(f"the creation log, {words}" for words in each.finding.evidence),
        )
        for each in told
        if each.finding.cause != "unknown"
    )
