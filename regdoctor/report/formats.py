"""Every form in which a report can be written. Adding one is a line here, and a module beside this one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from regdoctor.model import Report

    class Renderer(Protocol):
        """The function `render` of a module that knows one form."""

        def __call__(self, report: Report, *, trace: bool = False) -> str: ...


FORMATS: dict[str, tuple[str, str]] = {
    "text": ("text", "txt"),
    "json": ("json_report", "json"),
    "markdown": ("markdown", "md"),
    "junit": ("junit", "xml"),
    "sarif": ("sarif", "sarif"),
    "github": ("github", "log"),
}
"""The name of each form, its module, and how the name of a file ends that holds it."""


def render(report: Report, form: str, *, trace: bool = False) -> str:
    """A report in one form; with every network call if `trace` is set."""
    import importlib

    module, _ = FORMATS[form]
    renderer: Renderer = importlib.import_module(f"regdoctor.report.{module}").render
    return renderer(report, trace=trace)
