"""This machine, as far as a run looks at it: its Engine, docker's configuration, the log of its creation."""

from __future__ import annotations

import threading
from functools import partial

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.checks.stored_login import config_findings
from regdoctor.examination import told_of_crash
from regdoctor.model import Docker, Event
from regdoctor.probes.deadline import Deadline, run_within
from regdoctor.workers import in_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regdoctor.explain.creation_log import CreationLog
    from regdoctor.model import Finding, Severity
    from regdoctor.probes.engine import Engine
    from regdoctor.probes.world import World

_READ_ALREADY = 0.2
"""Seconds for what docker's configuration has to say at the end of a run."""


class LogRead(Event):
    """The log of the creation was looked through."""

    findings: tuple[Finding, ...]


class Machine:
    """What a run finds out besides its sets. Any thread may call the methods; they raise nothing."""

    def __init__(self, world: World, deadline: Deadline, creation_log: CreationLog | None) -> None:
        self._world = world
        self._deadline = deadline
        self._log = creation_log
        self._engine: Engine | None = None
        self._engine_known = threading.Event()

    @property
    def docker(self) -> Docker:
        """What is known of the Engine."""
        return self._engine.docker if self._engine else Docker("not-asked")

    def look(self, tell: Callable[[Event], None]) -> set[type[Event]]:
        """Begin to look; the events that will be told."""
        settings = self._world.settings
        if settings.offline or settings.engine == "direct":
            self._engine_known.set()
        else:
            in_thread(self._look_for_engine)
        if self._log is None:
            return set()
        in_thread(partial(self._read, self._log, tell))
        return {LogRead}

    def engine(self) -> Engine | None:
        """The Engine, once it is known what there is, or once it is too late."""
        self._engine_known.wait(self._deadline.left())
        return self._engine

    def findings(self, hosts: Iterable[str]) -> tuple[Finding, ...]:
        """What keeps docker from logging in, and from the logins that it keeps for registries."""
        return (*self._of_the_engine(), *self._of_the_configuration(hosts))

    def log_not_read(self) -> tuple[Finding, ...]:
        """That time ran out before the log was looked through."""
        return (not_read(self._world, self._log.path, "info"),) if self._log is not None else ()

    def _look_for_engine(self) -> None:
        from regdoctor.probes.engine import Engine, find_engine

        timeout = self._world.settings.timeout
        try:
            # What says where it is may stand on a share that does not answer.
            self._engine = run_within(
                self._deadline.within(0.6 * timeout),
                lambda: find_engine(self._world.environ, self._deadline.within(0.5 * timeout)),
            )
        except TimeoutError:
            self._engine = Engine(Docker("not-running"), "", ("it was not found in time",))
        except Exception as error:  # whatever a broken configuration makes the package raise
            self._engine = Engine(Docker("not-running"), "", (type(error).__name__,))
        finally:
            self._engine_known.set()

    def _read(self, log: CreationLog, tell: Callable[[Event], None]) -> None:
        try:
            tell(LogRead(log.findings(self._deadline, self._world.redactor)))
        except TimeoutError:
            return  # the run is over, and says so
        except OSError:
            tell(LogRead(()))  # many codespaces show it to nobody but the one who made them
        except Exception as error:  # a bug costs what the log tells, not the run
            cause, told = told_of_crash("creation log", error)
            tell(LogRead((say(CAUSES[cause], {}, evidence=(told,)),)))

    def _of_the_engine(self) -> tuple[Finding, ...]:
        engine = self._engine
        if engine is None or engine.answers:
            return ()
        severity: Severity = "error" if self._world.settings.engine == "docker" else "info"
        cause = CAUSES[f"docker-{engine.docker.status}"]
        evidence = tuple(map(self._world.clean, engine.evidence))
        return (say(cause, {}, evidence=evidence, severity=severity),)

    def _of_the_configuration(self, hosts: Iterable[str]) -> tuple[Finding, ...]:
        world = self._world
        try:
            # By now it was read long ago, or it is not read at all.
            return run_within(
                Deadline.after(_READ_ALREADY), lambda: config_findings(world.docker, hosts, world.clean)
            )
        except TimeoutError:
            return ()


def not_read(world: World, path: str, severity: Severity) -> Finding:
    """That time ran out before a file or folder was read."""
    from regdoctor.causes.network import NOT_READ

    return say(NOT_READ, {"file": world.clean(path)}, severity=severity)
