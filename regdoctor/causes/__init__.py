"""Every cause of failure that regdoctor knows, in its own words."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.causes.cause import Cause

_FAMILIES = (
    "names",
    "values",
    "network",
    "authentication",
    "cloud",
    "images",
    "docker",
    "configuration",
    "codespaces",
    "general",
)
"""A module for each heading, in the order in which a reader meets them."""


def families() -> Iterator[tuple[str, tuple[Cause, ...]]]:
    """The causes under their headings; each family is loaded when it is come to."""
    for name in _FAMILIES:
        module = importlib.import_module(f"regdoctor.causes.{name}")
        yield module.FAMILY, module.CAUSES


class _Causes(Mapping[str, "Cause"]):
    """The causes by their ids. Families are loaded until one has what is asked for: a run says few causes."""

    def __init__(self) -> None:
        self._known: dict[str, Cause] = {}

    def __getitem__(self, cause: str) -> Cause:
        if cause not in self._known:
            for _, causes in families():
                self._known |= {each.id: each for each in causes}
                if cause in self._known:
                    break
        return self._known[cause]

    def __iter__(self) -> Iterator[str]:
        return (cause.id for _, causes in families() for cause in causes)

    def __len__(self) -> int:
        return sum(len(causes) for _, causes in families())


CAUSES: Mapping[str, Cause] = _Causes()
