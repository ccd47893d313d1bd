"""The style sheets: one for what is seen first, one for the pages that are opened over it."""

from __future__ import annotations

from pkgutil import get_data


def style_sheet(name: str) -> str:
    """A style sheet by its name.

    Read as a resource: `CSS_PATH` finds nothing where the package lies in a zip file.
    """
    return (get_data("regdoctor.tui", f"{name}.tcss") or b"").decode()
