"""The codespace, as its environment shows it.

https://docs.github.com/codespaces/developing-in-a-codespace/default-environment-variables-for-your-codespace
"""

from __future__ import annotations

from regdoctor.model import Environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def environment_of(environ: Mapping[str, str]) -> Environment:
    """Whether this is a codespace, which repository it belongs to, and whether it is a recovery container."""
    return Environment(
        codespace=environ.get("CODESPACES") == "true",
        recovery_container=environ.get("CODESPACES_RECOVERY_CONTAINER") == "true",
        repository=environ.get("GITHUB_REPOSITORY") or None,
    )
