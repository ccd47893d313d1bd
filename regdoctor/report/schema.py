"""What the JSON of a report is made of, as a JSON Schema (draft 2020-12)."""

from __future__ import annotations


def schema_text() -> str:
    """The schema that lies beside this file; a resource, since the package may lie in a zip file."""
    from pkgutil import get_data

    return (get_data("regdoctor.report", "schema.json") or b"").decode()
