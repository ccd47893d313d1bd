"""What the environment in which a text is explained knows of it."""

from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.model import Variables
    from regdoctor.secret import Redactor


def known_to(
    variables: Variables, environ: Mapping[str, str]
) -> tuple[Mapping[str, str], Callable[[str], str]]:
    """What is at hand adds to a text: the servers of the sets, and every secret that the text may hold."""
    has_sets = any("CONTAINER_REGISTRY" in name.upper() for name in variables)
    servers = {}
    if has_sets:
        from regdoctor.discovery import discover

        servers = {found.id: found.shown_server for found in discover(variables).sets if found.shown_server}

    @functools.cache
    def redactor() -> Redactor:
        # Nothing is loaded for it before something is shown.
        from regdoctor.bystanders import bystanders
        from regdoctor.discovery import discover, secrets_in
        from regdoctor.secret import Redactor

        of_sets = secrets_in(discover(variables), variables) if has_sets else ()
        return Redactor((*of_sets, *bystanders(environ)))

    return servers, lambda text: redactor()(text)
