"""The environment and the arguments as texts: what Codespaces stores is UTF-8, whatever the locale is."""

from __future__ import annotations

import os
import sys

from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.model import Variables


def variables_of(environ: Mapping[str, str]) -> Variables:
    """The variables of an environment."""
    if sys.getfilesystemencoding() == "utf-8":
        return {name: Secret(value) for name, value in environ.items()}
    return {as_utf8(name): Secret(as_utf8(value)) for name, value in environ.items()}


def as_utf8(text: str) -> str:
    """A text that Python read in the locale's encoding; bytes that are no UTF-8 are kept."""
    return os.fsencode(text).decode("utf-8", "surrogateescape")
