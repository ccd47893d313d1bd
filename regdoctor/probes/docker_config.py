"""Docker's configuration, read as docker reads it: which login it would send to a registry. Never written.

Source: docker/cli, cli/config/config.go, cli/config/configfile/file.go (the order of DOCKER_AUTH_CONFIG,
helpers and file) and cli/config/credentials (keys of old versions, helpers, the store that is taken without
being named). DOCKER_AUTH_CONFIG counts since docker 28.3. `~/.dockercfg`, which docker has ceased to read, is
not read either.
"""

from __future__ import annotations

import os
import stat
import threading

from regdoctor.probes.credential_helper import PREFIX, ask_helper, find_helper, program_in_path
from regdoctor.probes.failure import ProbeFailure, words_of
from regdoctor.record import Record
from regdoctor.registries import may_be_asked
from regdoctor.registries.credentials import secret_parts
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regdoctor.model import Severity
    from regdoctor.probes.config_json import Config, Login
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import Memory
    from regdoctor.secret import Redactor

HUB_KEY = "https://index.docker.io/v1/"
"""The name under which docker keeps a login to Docker Hub."""
VARIABLE = "DOCKER_AUTH_CONFIG"

_LARGEST = 1 << 20
"""Bytes of a configuration. Docker knows no limit, but no real one comes near."""


class Fault(Record):
    """Something that keeps docker from its logins."""

    failure: ProbeFailure
    severity: Severity = "error"
    in_variable: bool = False


class DockerConfig:
    """The configuration, as one run finds it. Any thread may call its methods; they raise nothing."""

    def __init__(
        self, environ: Mapping[str, str], redactor: Redactor, answers: Memory, *, run_helpers: bool = True
    ) -> None:
        """`answers` keeps what the helpers answered: none is asked twice for one host."""
        self._environ = environ
        self._redactor = redactor
        self._answers = answers
        self._run_helpers = run_helpers
        self._lock = threading.Lock()
        self._file: Config | None = None
        self._variable: Config | None = None
        self._faults: dict[tuple[str, str], Fault] = {}
        self._helpers: dict[str, ProbeFailure | None] = {}
        """Those that were looked for, and why one cannot be run."""

    @property
    def file(self) -> str:
        """The file's name, as it may stand in a command."""
        if not self._environ.get("DOCKER_CONFIG"):
            return "~/.docker/config.json"
        import shlex

        return shlex.quote(self._path() or "")

    def faults(self, hosts: Iterable[str] = ()) -> tuple[Fault, ...]:
        """What keeps docker from its logins, as far as it is known by now.

        A helper that is missing and serves single hosts does harm only where one of them is among `hosts`.
        """
        config = self._read()[0]
        harmed = {login_key(host) for host in hosts}
        named = [(config.store, "as credsStore", True)] if config.store else []
        named += [
            (helper, f"for {host} under credHelpers", host in harmed)
            for host, helper in config.helpers.items()
            if helper
        ]
        missing: dict[str, Fault] = {}
        for helper, place, harmful in sorted(named, key=lambda each: not each[2]):
            failure = self._missing(helper)
            if failure is not None and helper not in missing:
                evidence = (f"{self.file} names {helper} {place}", *failure.evidence)
                told = self._failure(failure, evidence)
                missing[helper] = Fault(told, "error" if harmful else "warning")
        return (*self._faults.values(), *missing.values())

    def hindrance(self, host: str) -> str | None:
        """The cause that may keep docker from a login for a registry, as far as it is known by now."""
        config = self._read()[0]
        name = config.helpers.get(login_key(host), config.store)
        missing = self._missing(name) if name else None
        known = (*(fault.failure for fault in self._faults.values()), *filter(None, (missing,)))
        helper = PREFIX + name
        return next((each.cause for each in known if each.facts.get("helper", helper) == helper), None)

    def _missing(self, helper: str) -> ProbeFailure | None:
        """Why a helper cannot be run, if that is so."""
        if helper not in self._helpers:
            found: ProbeFailure | None = None
            try:
                find_helper(helper, self._environ)
            except ProbeFailure as failure:
                found = failure
            self._helpers[helper] = found
        return self._helpers[helper]

    def login_for(self, host: str, deadline: Deadline) -> Login | None:
        """What docker would send to a registry; None where it has nothing, or cannot get at it."""
        key = login_key(host)
        config, variable = self._read()
        if (login := variable.logins.get(key)) is not None:
            return login.but(source=f"the variable {VARIABLE}", in_variable=True)
        kept = _in_file(config, key)
        if helper := config.helpers.get(key, config.store):
            return self._ask(helper, key, kept, deadline) if self._run_helpers else None
        return kept.but(source=self.file) if kept is not None else None

    def _ask(self, helper: str, key: str, kept: Login | None, deadline: Deadline) -> Login | None:
        from regdoctor.probes.config_json import Login

        def ask() -> Login | None:
            if not may_be_asked(helper, key):
                words = f"it would hand {key} a credential of another vendor, so it was not asked"
                raise ProbeFailure("credential-helper-error", words, facts={"helper": PREFIX + helper})
            answer = ask_helper(helper, key, self._environ, deadline)
            if answer is None:
                return None
            self._hide(answer.secret.reveal())
            login = (kept or Login()).but(user=answer.user, source=PREFIX + helper)
            if answer.is_identity_token:
                return login.but(identity_token=answer.secret, password=Secret(""))
            return login.but(password=answer.secret, identity_token=Secret(""))

        try:
            return self._answers.once((helper, key), deadline, ask)
        except ProbeFailure as failure:
            if failure.cause == "credential-helper-error":  # a missing one is told anyhow
                fault = Fault(self._failure(failure, failure.evidence))
                self._faults.setdefault((failure.cause, helper), fault)
        except TimeoutError:
            pass  # the run is over
        return None

    # Reading

    def _path(self) -> str | None:
        """The file; None where the environment names no home."""
        folder = self._environ.get("DOCKER_CONFIG")
        if not folder and (home := self._environ.get("HOME")):
            folder = os.path.join(home, ".docker")
        return os.path.join(folder, "config.json") if folder else None

    def _read(self) -> tuple[Config, Config]:
        """The file and the variable."""
        with self._lock:
            if self._file is None or self._variable is None:
                self._variable = self._read_variable()
                self._file = self._with_default_store(self._read_file())
            return self._file, self._variable

    def _read_file(self) -> Config:
        from regdoctor.probes.config_json import Config, read_file, secrets_in

        path = self._path()
        try:
            text = content_of(path) if path is not None else ""
        except FileNotFoundError:
            text = ""  # docker goes on without one
        except NoFileError as error:
            self._note("config-json-invalid", str(error))
            text = ""
        except OSError as error:
            self._note("config-permission", f"{self.file}: {words_of(error)}")
            text = ""
        if not text:
            return Config({})
        for secret in secrets_in(text):
            self._hide(secret)
        config = read_file(text)
        if config.fault is not None:
            where = f", {config.place}" if config.place else ""
            facts = {"line": config.place} if config.place else {}
            self._note("config-json-invalid", f"{self.file}{where}: {config.fault}", facts)
        return config

    def _read_variable(self) -> Config:
        from regdoctor.probes.config_json import Config, read_variable, secrets_in

        text = self._environ.get(VARIABLE, "")
        if not text:
            return Config({})
        for secret in secrets_in(text):
            self._hide(secret)
        config = read_variable(text)
        if config.fault is not None:
            failure = ProbeFailure("config-json-invalid", f"{VARIABLE}: {config.fault}")
            self._faults["config-json-invalid", VARIABLE] = Fault(failure, "warning", in_variable=True)
        return config

    def _with_default_store(self, config: Config) -> Config:
        """Without any login in the file, docker takes a helper of its own choice if that is installed."""
        if self._path() is None or config.store or config.helpers or config.logins:
            return config
        chosen = "pass" if program_in_path("pass", self._environ) else "secretservice"
        return config.but(store=chosen if program_in_path(PREFIX + chosen, self._environ) else "")

    # Bookkeeping

    def _hide(self, secret: str) -> None:
        for part in secret_parts(secret):
            self._redactor.add(Secret(part))

    def _note(self, cause: str, evidence: str, facts: Mapping[str, str] | None = None) -> None:
        failure = ProbeFailure(cause, evidence, facts=facts)
        self._faults[cause, ""] = Fault(self._failure(failure, failure.evidence))

    def _failure(self, failure: ProbeFailure, evidence: tuple[str, ...]) -> ProbeFailure:
        return ProbeFailure(failure.cause, *evidence, facts={**failure.facts, "file": self.file})


class NoFileError(OSError):
    """What has the name of the file is something else, or far too large."""


def login_key(host: str) -> str:
    """The name under which docker keeps a login to a registry."""
    return HUB_KEY if host in ("docker.io", "index.docker.io") else host


def _in_file(config: Config, key: str) -> Login | None:
    from regdoctor.probes.config_json import hostname

    if key in config.logins:
        return config.logins[key]
    return next((login for kept, login in config.logins.items() if hostname(kept) == key), None)


def content_of(path: str) -> str:
    """What a file of docker's holds. Raises `OSError`, of which `NoFileError` is one."""
    # Opened without waiting: nobody may ever write to a pipe.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NoFileError(f"{path} is no file")
        with open(handle, "rb", closefd=False) as file:
            content = file.read(_LARGEST + 1)
    finally:
        os.close(handle)
    if len(content) > _LARGEST:
        raise NoFileError(f"{path} holds more than {_LARGEST >> 20} MiB, and was not read")
    return content.decode("utf-8", "replace")
