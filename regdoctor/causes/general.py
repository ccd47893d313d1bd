"""Causes in regdoctor itself, and failures that fit no cause."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.model import Step

FAMILY = "In regdoctor itself"

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="internal-error",
        family=FAMILY,
        title="A check of regdoctor itself failed",
        explanation=(
            "This is a fault in regdoctor, and says nothing about your registry or your secrets. What the "
            "other checks found holds."
        ),
        steps=(
            Step("See whether it happens again.", command="regdoctor report"),
            Step(
                "If it does, report it to the makers of regdoctor with what this prints. Names of hosts "
                "and users are replaced in it, and passwords never appear; read it through all the same.",
                command="regdoctor report --anonymize --trace",
            ),
        ),
    ),
    Cause(
        id="package-missing",
        family=FAMILY,
        title="A package that regdoctor needs cannot be loaded",
        explanation=(
            "A part of the work is done by packages of others, and one of them is not there. Most likely "
            "the single file found no folder to unpack it to, because the disk is full or may only be read; "
            "or regdoctor was installed without it. Your secrets have nothing to do with it, and what the "
            "other checks found holds."
        ),
        steps=(
            Step("See whether the disk is full.", command="df -h"),
            Step(
                "If it is, or may only be read, name a folder that can be written to.",
                command='TMPDIR="$HOME" python3 regdoctor.pyz report',
            ),
            Step("If regdoctor was installed as a package, install it again with all that it needs."),
        ),
    ),
    Cause(
        id="unknown",
        family=FAMILY,
        title="The reason for this failure is not known to regdoctor",
        explanation=(
            "Something failed, and it fits none of the causes that regdoctor knows. All that was seen is "
            "shown with this finding. A guess would only cost you time, so there is none."
        ),
        steps=(
            Step("Look for the registry's own words in its documentation.", url="{documentation}"),
            Step("See each step of the exchange.", command="regdoctor report --trace"),
            Step(
                "To ask others for help, show them what this prints. Names of hosts and users are replaced "
                "in it, and passwords never appear; read it through all the same.",
                command="regdoctor report --anonymize --trace",
            ),
        ),
    ),
)
