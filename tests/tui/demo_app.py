"""The app over the registries of the demo, as `regdoctor demo` opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdoctor.diagnosis import Diagnosis
from regdoctor.explain import explain
from regdoctor.model import named
from regdoctor.probes.refusals import Refusals
from regdoctor.settings import Settings
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.signs import UNICODE

if TYPE_CHECKING:
    from regdoctor.demo import Demo
    from regdoctor.settings import Target


def demo_app(demo: Demo) -> RegdoctorApp:
    """The app; each of its runs asks the registries of the demo."""
    settings, refusals = demo.settings(Settings()), Refusals()

    def diagnose(target: Target) -> Diagnosis:
        variables = named(target.values) if target.values else demo.variables
        return Diagnosis(variables, demo.aimed(settings, target), demo.environ, refusals=refusals)

    return RegdoctorApp(diagnose, explain, title="regdoctor demo", signs=UNICODE, refusals=refusals)
