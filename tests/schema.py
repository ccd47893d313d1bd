"""Schemas: the one inside the package, held against what the program prints, and those of others."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from regdoctor.report.schema import schema_text
from tests.lab.programs import give_up

KINDS = {"sets": "report", "causes": "summary", "findings": "explanation"}
"""The field by which each kind of answer is known; a report has findings, too."""


@functools.cache
def validator(kind: str) -> Draft202012Validator:
    """The schema of a kind of answer, and no field that it does not name.

    The one that is published lets later versions add some.
    """
    whole = closed(json.loads(schema_text()))
    own = whole if kind == "report" else {"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]}
    return Draft202012Validator(own)


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, in which every object has the fields that are named and no others."""
    strict = copy.deepcopy(schema)
    extended = strict["$defs"]["explained"]
    base = strict["$defs"][extended.pop("$ref").rpartition("/")[2]]
    extended |= {
        "type": "object",
        "required": base["required"] + extended["required"],
        "properties": base["properties"] | extended["properties"],
    }
    _close(strict)
    return strict


def _close(schema: Any) -> None:
    if isinstance(schema, dict):
        if "object" in schema.get("type", ()) and "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            _close(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _close(inner)


def validate(value: Any) -> None:
    """Fail if an answer of the program is not what the schema says."""
    kind = next(kind for field, kind in KINDS.items() if field in value)
    faults = [f"{fault.json_path}: {fault.message[:300]}" for fault in validator(kind).iter_errors(value)]
    assert faults == []


def oracle(path: str) -> Path:
    """A schema that somebody else wrote; tests/run installs them."""
    found = Path(__file__).parents[1] / ".venv" / "oracles" / path
    if not found.exists():
        give_up(f"no {path} in .venv/oracles (tests/run installs it)")
    return found
