"""The fixtures that all tests share: a clean environment, and the real parts, started once a session."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.programs import require
from tests.lab.registry import USERS, Registry

_PREFIXES = ("AWS_", "CLOUDENV_", "CODESPACE", "DOCKER_", "GITHUB_", "REGDOCTOR_")
_NAMES = {
    "CURL_CA_BUNDLE",
    "FORCE_COLOR",
    "GH_TOKEN",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "NO_COLOR",
    "REGISTRY_AUTH_FILE",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "SSLKEYLOGFILE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_RUNTIME_DIR",
}
# A suite that is started in the background inherits ignored signals, and would hand them on.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

_SET_PARTS = "_CONTAINER_REGISTRY_"
_BARE_PARTS = "CONTAINER_REGISTRY_"


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test finds in its environment it put there itself: no sets, proxies, clouds or workspaces."""
    for name in list(os.environ):
        upper = name.upper()
        if (
            upper.startswith((*_PREFIXES, _BARE_PARTS))
            or upper in _NAMES
            or upper.endswith("_PROXY")
            or _SET_PARTS in upper
        ):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("DOCKER_CONFIG", str(home / ".docker"))
    monkeypatch.chdir(home)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate authority that nobody trusts by himself."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def real_registry() -> Iterator[Registry]:
    """The real registry on 127.0.0.1, plain HTTP, with the lab's USERS."""
    require("docker-registry", "setpriv")
    with Registry(USERS) as registry:
        yield registry


@pytest.fixture(scope="session")
def tls_registry(authority: Authority) -> Iterator[Registry]:
    """The real registry over TLS on 127.0.0.1 (also localhost), with the lab's USERS."""
    require("docker-registry", "setpriv")
    with Registry(USERS, certificate=authority.issue("localhost", "127.0.0.1")) as registry:
        yield registry


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A real dockerd; every registry on loopback is an insecure one for it."""
    require("dockerd", "containerd", "setpriv", namespaces=True)
    with Engine() as engine:
        yield engine
