"""Causes in regdoctor itself, and failures that fit no cause."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.model import Step

FAMILY = "In regdoctor itself"

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="internal-error",
        family=FAMILY,
        title="One of regdoctor's own checks crashed",
        explanation=(
            "A check stopped because of a fault in regdoctor; it says nothing about your registry or your "
            "secrets. What the other checks found still holds."
        ),
        steps=(
            Step(
                "See whether it happens again.",
                command="regdoctor report",
            ),
            Step(
                "If it does, report it to the makers of regdoctor with what this prints. Names of hosts and "
                "users are replaced in it, and passwords never appear; read it through all the same.",
                command="regdoctor report --anonymize --trace",
            ),
        ),
    ),
    Cause(
        id="package-missing",
        family=FAMILY,
        title="A package that regdoctor needs cannot be loaded",
        explanation=(
            "regdoctor uses packages of others, and one of them could not be loaded. Most likely the single "
            "file could not be unpacked, because the disk is full or read-only; or regdoctor was installed "
            "without that package. Your secrets are not to blame, and what the other checks found still "
            "holds."
        ),
        steps=(
            Step(
                "See whether the disk is full.",
                command="df -h",
            ),
            Step(
                "If it is full or read-only, name a folder that can be written to.",
                command='TMPDIR="$HOME" python3 regdoctor.pyz report',
            ),
            Step(
                "If regdoctor was installed as a package, install it again with everything that it needs.",
            ),
        ),
    ),
    Cause(
        id="unknown",
        family=FAMILY,
        title="The failure fits no cause that regdoctor knows",
        explanation=(
            "Something failed, and it fits none of the causes that regdoctor knows. Everything that was seen "
            "is shown with this finding. A guess would only cost you time, so there is none."
        ),
        steps=(
            Step(
                "Look for the registry's own words in its documentation.",
                url="{documentation}",
            ),
            Step(
                "See every network call.",
                command="regdoctor report --trace",
            ),
            Step(
                "To ask others for help, show them what this prints. Names of hosts and users are replaced "
                "in it, and passwords never appear; read it through all the same.",
                command="regdoctor report --anonymize --trace",
            ),
        ),
    ),
)
