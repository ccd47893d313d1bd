"""Docker's credential helpers: the programs to which it can leave its logins.

The protocol: https://github.com/docker/docker-credential-helpers (client/client.go and
credentials/credentials.go) and docker/cli, cli/config/credentials/native_store.go. Nothing that a helper says
is shown, not even its words about a failure: they may hold what it keeps.
"""

from __future__ import annotations

import contextlib
import os

from regdoctor.bystanders import for_other_programs
from regdoctor.probes.failure import ProbeFailure, words_of
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.secret import Secret, whole_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

    from regdoctor.probes.deadline import Deadline

PREFIX = "docker-credential-"
PATIENCE = 5.0
"""Seconds that a helper has: some ask a service of the desktop or of a cloud."""

# Docker would take a name with a slash for a path.
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LONGEST_ANSWER = 64 << 10
_NONE_KEPT = b"credentials not found in native keychain"
_TOKEN_USER = "<token>"  # noqa: S105 - a user name


class Kept(Record):
    """What a helper keeps for a host."""

    user: str
    secret: Secret
    is_identity_token: bool


def program_in_path(program: str, environ: Mapping[str, str]) -> str | None:
    """The path of a program; none from a folder that PATH names by a relative path, as Go has it."""
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, program)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def find_helper(name: str, environ: Mapping[str, str]) -> str:
    """The path of a helper's program. Raises `ProbeFailure`."""
    if not _NAME.fullmatch(name):
        raise ProbeFailure("credential-helper-missing", "that is no name of a program")
    path = program_in_path(PREFIX + name, environ)
    if path is None:
        evidence = f"there is no program {PREFIX}{name} in the folders of PATH"
        raise ProbeFailure("credential-helper-missing", evidence, facts={"helper": PREFIX + name})
    return path


def ask_helper(name: str, server: str, environ: Mapping[str, str], deadline: Deadline) -> Kept | None:
    """What a helper keeps for a server; None where it keeps nothing. Raises `ProbeFailure`."""
    path = find_helper(name, environ)
    try:
        code, output = _run(path, server, environ, deadline.within(PATIENCE))
    except OSError as error:
        raise _failed(name, f"{PREFIX}{name} cannot be run: {words_of(error)}") from None
    if code is None:
        raise _failed(name, f"{PREFIX}{name}, asked for {server}, did not answer in time")
    if code != 0:
        if output.strip() == _NONE_KEPT:
            return None
        raise _failed(name, f"{PREFIX}{name}, asked for {server}, ended with exit code {code}")
    kept = read_answer(output)
    if kept is None:
        raise _failed(name, f"{PREFIX}{name}, asked for {server}, answered with something other than a login")
    return kept


def _failed(name: str, evidence: str) -> ProbeFailure:
    return ProbeFailure("credential-helper-error", evidence, facts={"helper": PREFIX + name})


def read_answer(output: bytes) -> Kept | None:
    """What a helper printed, as a login; None where it is something else."""
    import json

    text = output.decode("utf-8", "replace").lstrip()
    try:
        answer, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    fields = {name.lower(): value for name, value in answer.items()}
    user, secret = fields.get("username", ""), fields.get("secret", "")
    if not (isinstance(user, str) and isinstance(secret, str)):
        return None
    is_token = user == _TOKEN_USER
    return Kept("" if is_token else whole_characters(user), Secret(whole_characters(secret)), is_token)


def _run(path: str, server: str, environ: Mapping[str, str], deadline: Deadline) -> tuple[int | None, bytes]:
    """A helper's exit code and output; no exit code where it was stopped."""
    import subprocess

    process = subprocess.Popen(  # noqa: S603 - docker runs the same program, with the same argument
        [path, "get"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=for_other_programs(environ),
        start_new_session=True,
    )
    try:
        _tell(process, server)
        output = _listen(process, deadline)
        if len(output) > _LONGEST_ANSWER:
            return 0, b""
        return process.wait(deadline.left()), output
    except (TimeoutError, subprocess.TimeoutExpired):
        return None, b""
    finally:
        _stop(process)


def _tell(process: subprocess.Popen[bytes], server: str) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(server.encode())
        process.stdin.close()
    except BrokenPipeError:
        pass  # it answers, or fails, without having read the question


def _listen(process: subprocess.Popen[bytes], deadline: Deadline) -> bytes:
    """All that a process writes, but for what exceeds any login. Raises TimeoutError."""
    import select

    assert process.stdout is not None
    readable = select.poll()
    readable.register(process.stdout, select.POLLIN)
    output = b""
    while len(output) <= _LONGEST_ANSWER:
        if not readable.poll(deadline.left() * 1000):
            raise TimeoutError
        piece = os.read(process.stdout.fileno(), 1 << 16)
        if not piece:
            break
        output += piece
    return output


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, and whatever it started in turn, unless it has ended."""
    import signal

    if process.returncode is None:
        # Its session is its own, so nobody else's process is in the group. Itself may have ended: as long as
        # nobody has asked how, the group keeps its number, and those in it that it left behind.
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except OSError:
            process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
