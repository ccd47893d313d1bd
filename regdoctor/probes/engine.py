"""The Docker Engine that the environment points to, by its API (package `docker`)."""

from __future__ import annotations

import os
import shutil
import socket
import stat

from regdoctor.address import is_loopback, normal_host, read_address
from regdoctor.model import Docker
from regdoctor.probes.deadline import run_within
from regdoctor.probes.docker_config import content_of
from regdoctor.probes.silence import silence_http, silence_logs
from regdoctor.record import Record
from regdoctor.secret import to_bytes, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from docker import APIClient
    from requests import PreparedRequest, Response

    from regdoctor.probes.deadline import Deadline
    from regdoctor.secret import Secret

DEFAULT_HOST = "unix:///var/run/docker.sock"
_LONGEST_ANSWER = 64 << 10
"""Bytes of an answer that are read."""
_LONGEST_WORDS = 2000
"""Characters of an Engine's words that are looked at."""


class EngineRefusal(Exception):
    """The Engine's words when a login failed. They come from outside."""


class Engine(Record):
    """An Engine, or why there is none."""

    docker: Docker
    host: str
    evidence: tuple[str, ...] = ()
    tls: Any = None

    @property
    def answers(self) -> bool:
        """Whether it can be asked to log in."""
        return self.docker.status == "ok"

    @property
    def in_clear(self) -> bool:
        """Whether a login would go to another machine, and unencrypted."""
        scheme, separator, rest = self.host.rpartition("://")
        if not separator:
            scheme = "tcp"  # as docker has it for a bare host:port
        if self.tls or scheme not in ("tcp", "http") or rest.startswith(":"):
            return False  # without a host it is this machine
        address = read_address(rest)
        return address is None or not is_loopback(normal_host(address.host))


def find_engine(environ: Mapping[str, str], deadline: Deadline) -> Engine:
    """Find the Engine as docker does: DOCKER_HOST, then the current context, then the default socket."""
    try:
        host, tls, origin = _locate(environ)
    except LookupError as error:
        return Engine(Docker("not-running"), "", (str(error.args[0]),))
    if host.startswith("unix://"):
        trouble = _socket_trouble(host.removeprefix("unix://"), environ, deadline)
        if trouble is not None:
            return Engine(Docker(trouble[0]), host, (f"{host} ({origin}): {trouble[1]}",))
    try:
        version = run_within(deadline, lambda: _version(host, tls, deadline))
    except TimeoutError:
        return Engine(Docker("not-running"), host, (f"{host} ({origin}) does not answer",))
    except Exception as error:  # whatever the package raises, the Engine cannot be used
        return Engine(Docker(_status_of(error)), host, (f"{host} ({origin}): {_words_of(error)}",))
    return Engine(Docker("ok", visible(version, 40)), host, tls=tls)


def log_in(engine: Engine, server: str, user: str, password: Secret, deadline: Deadline) -> None:
    """A real `docker login`, which leaves nothing behind; raises `EngineRefusal` or TimeoutError.

    `reauth` makes the package ask the Engine instead of its own memory. What it returns holds the
    password and is thrown away.
    """

    def work() -> None:
        from docker.errors import DockerException
        from requests.exceptions import RequestException, Timeout

        client = None
        try:
            client = _client(engine.host, engine.tls, deadline)
            # os.devnull stands for docker's configuration: it must neither be used nor run a helper.
            client.login(user, password.reveal(), registry=server, reauth=True, dockercfg_path=os.devnull)
        except DockerException as error:
            words = str(getattr(error, "explanation", None) or error)
            raise EngineRefusal(words[:_LONGEST_WORDS]) from None
        except Timeout:
            raise TimeoutError from None
        except RequestException as error:
            raise EngineRefusal(str(error)[:_LONGEST_WORDS]) from None
        except Exception as error:
            # What is no answer of an Engine makes the package stumble in many ways.
            raise EngineRefusal(f"an answer that is none of an Engine ({type(error).__name__})") from None
        finally:
            if client is not None:
                client.close()

    run_within(deadline, work)


def _client(host: str, tls: Any, deadline: Deadline) -> APIClient:
    """The package's client, which asks this Engine and nobody else, and reads as much as an answer may have.

    By itself it would follow a redirect with the password in its hands, ask through the environment's proxy,
    add what ~/.netrc has, and read whatever comes to its end.
    """
    silence_logs()
    silence_http()
    from docker import APIClient
    from docker.utils import config

    # Whatever is wrong with docker's configuration is told by who reads it; the Engine is there all the same.
    config.find_config_file = lambda config_path=None: None

    class Client(APIClient):
        trust_env = property(lambda self: False, lambda self, value: None)

        def send(self, request: PreparedRequest, **options: Any) -> Response:
            response = super().send(request, **{**options, "stream": True, "allow_redirects": False})
            _read(response, deadline)
            return response

    return Client(base_url=host, version="auto", timeout=max(1, int(deadline.left())), tls=tls or False)


def _read(response: Response, deadline: Deadline) -> None:
    """Read an answer as far as it may go."""
    from requests.exceptions import RequestException, Timeout

    body = bytearray()
    for piece in response.iter_content(4096):
        body += piece
        if deadline.passed:
            response.close()
            raise Timeout
        if len(body) > _LONGEST_ANSWER:
            response.close()
            raise RequestException("the Engine gives an answer without end")
    response._content = bytes(body)


def _version(host: str, tls: Any, deadline: Deadline) -> str:
    client = _client(host, tls, deadline)
    try:
        return str(client.version()["Version"])
    finally:
        client.close()


def _locate(environ: Mapping[str, str]) -> tuple[str, Any, str]:
    """The Engine's address, its TLS settings and what named it."""
    if host := environ.get("DOCKER_HOST", ""):
        tls = None
        if environ.get("DOCKER_TLS_VERIFY"):
            from docker.utils import kwargs_from_env

            tls = kwargs_from_env(environment=dict(environ)).get("tls")
        return host, tls, "from DOCKER_HOST"
    name = environ.get("DOCKER_CONTEXT") or _current_context(environ)
    if name and name != "default":
        return *_read_context(name, environ), f"from the docker context {name}"
    return DEFAULT_HOST, None, "the default socket"


def _in_config_folder(environ: Mapping[str, str], *names: str) -> str:
    """A path in the folder of docker's configuration. Raises `OSError` where nobody can tell which it is."""
    folder = environ.get("DOCKER_CONFIG")
    if not folder and not os.path.isabs(home := os.path.expanduser("~")):
        raise FileNotFoundError("there is no home")
    return os.path.join(folder or os.path.join(home, ".docker"), *names)


def _read_context(name: str, environ: Mapping[str, str]) -> tuple[str, Any]:
    """A context's Engine and TLS settings, as docker stores them (docker/cli cli/context/store).

    The package finds contexts only beside a config.json, which DOCKER_CONTEXT does not need.
    """
    import hashlib
    import json

    identifier = hashlib.sha256(to_bytes(name)).hexdigest()
    try:
        folder = _in_config_folder(environ, "contexts")
        text = content_of(os.path.join(folder, "meta", identifier, "meta.json"))
        endpoint = json.loads(text)["Endpoints"]["docker"]
        host = str(endpoint["Host"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise LookupError(f"the docker context {name} was not found") from None
    files = [
        os.path.join(folder, "tls", identifier, "docker", f"{each}.pem") for each in ("ca", "cert", "key")
    ]
    ca, cert, key = (file if os.path.isfile(file) else None for file in files)
    if not (ca or cert):
        return host, None
    from docker.tls import TLSConfig

    return host, TLSConfig(
        ca_cert=ca,
        client_cert=(cert, key) if cert and key else None,
        verify=not endpoint.get("SkipTLSVerify"),
    )


def _current_context(environ: Mapping[str, str]) -> str | None:
    import json

    try:
        name = json.loads(content_of(_in_config_folder(environ, "config.json"))).get("currentContext")
    except (OSError, ValueError, AttributeError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def _socket_trouble(path: str, environ: Mapping[str, str], deadline: Deadline) -> tuple[Any, str] | None:
    """Why a socket cannot be talked to, asked without loading the package."""
    try:
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            return "not-running", "this is no socket"
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(deadline.left() or 0.001)
            probe.connect(path)
    except FileNotFoundError:
        installed = shutil.which("docker", path=environ.get("PATH")) or shutil.which(
            "dockerd", path="/usr/sbin:/usr/bin"
        )
        return ("not-running" if installed else "not-installed"), "there is no such socket"
    except PermissionError:
        return "permission-denied", "this user may not use the socket"
    except ValueError:
        return "not-running", "no socket can have such a name"
    except OSError as error:
        return "not-running", error.strerror or str(error)
    return None


def _words_of(error: Exception) -> str:
    """What is told of an error: the words of one that nobody foresaw may hold anything."""
    foreseen = isinstance(error, OSError | ImportError) or type(error).__module__.startswith("docker.")
    return str(error) if foreseen else f"the package docker failed ({type(error).__name__})"


def _status_of(error: Exception) -> Any:
    words = str(error).lower()
    if "permission denied" in words:
        return "permission-denied"
    if "client version" in words or "no longer supported" in words:
        return "api-mismatch"
    return "not-running"
