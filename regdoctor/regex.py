"""Regular expressions that are compiled when something is first looked for.

Compiling takes far more time than searching a short text, and a run asks few of the patterns that there are.
"""

from __future__ import annotations

from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_COMPILING = allocate_lock()
"""Threads that come to a pattern at the same moment would all compile it."""


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, as far as its methods go."""
    return _Uncompiled(text, flags)  # type: ignore[return-value]  # it has every method of what it stands for


class _Uncompiled:
    def __init__(self, text: str, flags: int) -> None:
        self._wanted = text, flags

    def __getattr__(self, name: str) -> object:
        import re

        with _COMPILING:
            # Kept as an attribute of its own, so that it is found without coming here from now on.
            method = self.__dict__[name] = getattr(re.compile(*self._wanted), name)
        return method
