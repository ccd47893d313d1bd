"""What the environment in which a text is explained knows of it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.model import Variables


def known_to(variables: Variables) -> tuple[Mapping[str, str], Callable[[str], str]]:
    """What the sets at hand add to a text: their servers, and the secrets that it may hold."""
    if not any("CONTAINER_REGISTRY" in name.upper() for name in variables):
        return {}, lambda text: text
    # Most texts are explained where there is no set: nothing is loaded for them.
    from regdoctor.discovery import discover
    from regdoctor.secret import Redactor

    sets = discover(variables).sets
    passwords = [found.password.value for found in sets if found.password is not None]
    servers = {found.id: found.shown_server for found in sets if found.shown_server}
    return servers, Redactor(passwords)
