"""The parsers of what the user gives: variables, the values in them, and the names of hosts and images."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from urllib.parse import quote

from hypothesis import strategies as st

from regdoctor.address import endpoint_of, is_ip_address, is_loopback, normal_host, read_address
from regdoctor.checks.case import Case
from regdoctor.codespace.kept import Kept
from regdoctor.discovery import allowed_identifier, discover, is_allowed, secrets_in, with_names
from regdoctor.env_file import EnvFileError, variables_in
from regdoctor.examination import Examination, weighed
from regdoctor.explain import known_to
from regdoctor.healing import apply_fixes
from regdoctor.model import PARTS, Fix, variable_name
from regdoctor.platforms import read_platform
from regdoctor.probes.aws import configured_endpoint
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.proxy import proxy_for
from regdoctor.probes.world import World
from regdoctor.reference import Reference, fault_of, read_reference
from regdoctor.registries import recognise_server, registries
from regdoctor.registries.credentials import (
    claims_of,
    credential_of,
    looks_secret,
    name_of_kind,
    secret_parts,
)
from regdoctor.registries.judgement import Values, troubles
from regdoctor.secret import MASK, WINDOW, Redactor, Secret, visible
from regdoctor.strays import rename_groups, stray_findings
from tests.fuzz.parser import SHORT, Parser
from tests.fuzz.promises import fit_to_be_shown, told_well
from tests.unit import examples
from tests.unit.support import OFFLINE, windows

HOSTS = (
    *("ghcr.io", "docker.io", "index.docker.io", "octo.azurecr.io", "gcr.io", "eu.gcr.io", "quay.io"),
    *("[::1]", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "public.ecr.aws", "europe-docker.pkg.dev"),
    *("localhost", "registry.gitlab.com", "docker.pkg.github.com", "registry.example.com", "127.0.0.1"),
    *("bücher.example", "uk.icr.io", "fra.ocir.io", "octo.jfrog.io", "registry.redhat.io"),
    *("rg.fr-par.scw.cloud", "10.0.0.1"),
)
_CREDENTIALS = (
    *(examples.CLASSIC, examples.FINE_GRAINED, examples.DOCKER_TOKEN, examples.ACR_PASSWORD, examples.UUID),
    *(examples.AWS_KEY_ID, examples.AWS_TEMPORARY_ID, examples.AWS_SECRET, examples.GOOGLE_TOKEN),
    *("hunter2", examples.jwt({"exp": examples.END, "iss": "Azure Container Registry"})),
    *(examples.CLIENT_SECRET, examples.ROBOT_TOKEN, "<your token>", "${{ secrets.TOKEN }}"),
    *("glpat-" + examples.MIXED,),
)
_USERS = (
    *("octocat", "_json_key", "_json_key_base64", "AWS", "oauth2accesstoken", "robot$ci", examples.UUID),
)

plain = st.sampled_from(
    ("a", "octo", "app", "Team-1", "x_y", "0", "9lives", "a.b", "-", "UPPER", "xn--bcher-kva")
)
hosts = st.sampled_from(HOSTS)
_servers = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(("", "", "https://", "http://", "oci://")),
    st.sampled_from(("", "", "", "octocat@", "octocat:hunter2hunter2@")),
    hosts,
    st.sampled_from(("", "", ":443", ":5000", ":0", ":99999")),
    st.sampled_from(("", "", "/", "/octo/app", "/v2/", "?a=b")),
)
_users = st.sampled_from(_USERS) | plain
_KEY_FILE = json.dumps(
    {
        "type": "service_account",
        "private_key_id": "0" * 40,
        "private_key": "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n",
        "client_email": "octo@octo.iam.gserviceaccount.com",
    }
)
_passwords = st.sampled_from((*_CREDENTIALS, _KEY_FILE, base64.b64encode(_KEY_FILE.encode()).decode()))
_VALUE_WORDS = (
    *("https://", "http://", "@", ":", ".", "/", "-", "[", "]", "%", "?", "#", " ", "\n", "\0", "\u200b"),
    *("\u00a0", "ghp_", "github_pat_", "eyJ", "AKIA", "ASIA", "ya29.", "glpat-", "dckr_pat_"),
    *("-----BEGIN A-----", "{", "}", '"private_key"', '"type"', '"service_account"', "ewog", "xxxx", "<"),
    *(">", "your-", "-here", '"', "'", "0", "a", "octocat", "_json_key", "AWS", ".azurecr.io", ".dkr.ecr."),
    *(".amazonaws.com", "xn--", "ß", "。", "127.0.0.1"),
)


# The environment

_PART_NAMES = (
    *("CONTAINER_REGISTRY_SERVER", "CONTAINER_REGISTRY_USER", "CONTAINER_REGISTRY_PASSWORD"),
    *("CONTAINER_REGISTRY_USERNAME", "CONTAINER_REGISTRY_TOKEN", "CONTAINER_REGISTRY_SERVR"),
    *("REGISTRY_PASSWORD", "container_registry_user", "CONTAINERREGISTRY_PASSWORD"),
    *("CONTAINER_REGSITRY_SERVER", "PASSWORD", "USER"),
)
_names = st.builds(
    "{}{}{}".format, st.sampled_from(("ACR", "GHCR", "A", "B1", "GITHUB", "")) | plain,
    st.sampled_from(("_", "_", "_", "", "-")), st.sampled_from(_PART_NAMES),
)  # fmt: skip
_pairs = st.builds("{}={}".format, _names | plain, _servers | _users | _passwords)
_environments = st.lists(_pairs, max_size=8).map("\0".join)


def _read_environment(case: bytes) -> None:
    """An environment as the kernel has it: NAME=value, and a NUL between two."""
    pairs = (os.fsdecode(entry).partition("=") for entry in case.split(b"\0") if entry)
    variables = {name: Secret(value) for name, _, value in pairs}
    found = discover(variables)
    assert [each.id for each in found.sets] == sorted({each.id for each in found.sets})
    for each in found.sets:
        password = each.text("password")
        assert (each.shown_server is None, each.shown_user is None) == (
            each.server is None,
            each.user is None,
        )
        for shown in filter(None, (each.shown_server, each.shown_user)):
            assert len(password) < WINDOW or password not in shown
    near = [*found.near_misses, *(miss for each in found.sets for miss in each.near_misses)]
    assert len({miss.variable for miss in near}) == len(near)
    assert {miss.variable for miss in near} <= variables.keys()
    assert all(isinstance(secret, Secret) for secret in secrets_in(found, variables))
    rename_groups(found)
    told_well(stray_findings(found, {}, visible, Kept()))
    for miss in near:
        with_names(miss)
        is_allowed(allowed_identifier(miss.identifier))
    known_to(variables, {})


# A dotenv file

_lines = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(("", "", "export ", "# ", "  ")),
    _names,
    st.sampled_from(("=", "=", " = ", ":", "")),
    st.sampled_from(("{}", "'{}'", '"{}"', "{} # a", "'{}")).flatmap(
        lambda quoted: _passwords.map(lambda value: quoted.replace("{}", value))
    ),
    st.sampled_from(("", " ", "\r", "\\")),
)
_env_files = st.lists(_lines, max_size=6).map("\n".join)
_ENV_WORDS = (
    *(*_PART_NAMES, "export ", "=", "'", '"', "\\", "\\'", '\\"', "\n", "\r", " ", "\t", "#", "A=", "$A"),
    *("\x0b",),
)


def _read_env_file(case: bytes) -> None:
    try:
        variables = variables_in(case, ".env")
    except EnvFileError as error:
        fit_to_be_shown(str(error))
        assert len(str(error)) < 200
        return
    assert all(isinstance(value, Secret) for value in variables.values())


# Three values, judged without the network


def _read_values(case: bytes) -> None:
    """Server, user and password, a NUL between two."""
    server, user, password = (*map(os.fsdecode, case.split(b"\0", 2)), "", "")[:3]
    given = dict(zip(PARTS, (server, user, password), strict=True))
    variables = {variable_name("TEAM", part): Secret(value) for part, value in given.items()}
    found = discover(variables)
    (secret_set,) = found.sets
    case_at_hand = Case(secret_set, None, OFFLINE, World(OFFLINE, {}, Redactor()), Deadline.after(60))
    checks = Examination(case_at_hand, lambda: None).run()
    findings = weighed(case_at_hand, checks)
    told_well(findings)
    apply_fixes(variables, (fix for each in findings for fix in each.fixes))
    for how in ("strip", "unquote", "decode"):
        apply_fixes(variables, (Fix("transform", name, how=how) for name in variables))


def _read_credential(case: bytes) -> None:
    """A user name and a password, a NUL between the two, for every registry's rules."""
    user, password = (*map(os.fsdecode, case.split(b"\0", 1)), "")[:2]
    credential = credential_of(user, password)
    name_of_kind(credential.kind)
    assert credential.expires_at is None or 0 <= credential.expires_at < 1 << 34
    looks_secret(password)
    claims_of(password)
    secret_parts(password)
    for registry in registries():
        for trouble in troubles(registry, Values("registry.example.com", user, password, credential)):
            assert all(isinstance(value, str) for _, value in trouble.facts)


# Names of hosts and images


def _read_address(case: bytes) -> None:
    server = os.fsdecode(case)
    recognise_server(server)
    address = read_address(server)
    if address is None:
        return
    endpoint = endpoint_of(address.host, address.port)
    assert 0 < endpoint.port < 65536
    assert endpoint.host.isascii() and endpoint.host and not endpoint.host.endswith("..")
    assert endpoint.host == normal_host(endpoint.host)
    is_loopback(endpoint.host)
    is_ip_address(endpoint.host)


_references = st.builds(
    "{}{}{}{}".format,
    hosts.map("{}/".format) | st.just(""),
    st.lists(plain.map(str.lower), min_size=1, max_size=3).map("/".join),
    st.sampled_from(("", ":1", ":latest", ":", ":a/b")),
    st.sampled_from(("", "", "@sha256:" + "0" * 64, "@sha512:0", "@")),
)
_REFERENCE_WORDS = (
    *(*HOSTS, "/", ":", "@", "@sha256:", "0" * 64, "library/", "latest", "-", "__", ".", "$", "{", "A"),
    *("ß",),
)


def _read_reference(case: bytes) -> None:
    text = case.decode("utf-8", "replace")
    reference, fault = read_reference(text), fault_of(text)
    assert (reference is None) != (fault is None)
    if isinstance(reference, Reference):
        again = read_reference(
            f"{reference.name}:{reference.tag}" if reference.tag else f"{reference.name}@{reference.digest}"
        )
        assert again is not None and (again.domain, again.repository) == (
            reference.domain,
            reference.repository,
        )
        return
    assert fault and len(fault) < 3000


_platforms = st.lists(
    st.sampled_from(("linux", "amd64", "arm64", "arm", "v7", "v8.2", "v9", "x86_64", "")), max_size=4
)


def _read_platform(case: bytes) -> None:
    platform = read_platform(case.decode("utf-8", "replace"))
    if platform is not None:
        assert platform.runs(platform) or not platform.variant.isascii() or platform.variant
        for other in ("linux/amd64", "linux/arm64", "linux/arm/v7"):
            known = read_platform(other)
            assert known is not None
            platform.runs(known)
            known.runs(platform)


# Proxies and endpoints, as the environment names them


def _read_proxy(case: bytes) -> None:
    """The proxy's address and the hosts without it, a NUL between the two."""
    value, exceptions = (*map(os.fsdecode, case.split(b"\0", 1)), "")[:2]
    environ = {"HTTPS_PROXY": value, "NO_PROXY": exceptions, "AWS_ENDPOINT_URL": value}
    for host in ("registry.example.com", "10.0.0.1", "fe80::1"):
        proxy = proxy_for(host, 443, environ)
        if proxy is not None:
            assert 0 <= proxy.endpoint.port < 65536
            pair = proxy.credential.reveal() if proxy.credential is not None else ""
            # A short one can be part of a host by chance.
            assert len(pair) < WINDOW or pair not in proxy.shown
    with contextlib.suppress(ProbeFailure):
        configured_endpoint("ecr", environ)


_proxies = st.builds(
    "{}\0{}".format,
    _servers,
    st.lists(hosts | st.sampled_from(("*", ".example.com", "10.0.0.0/8"))).map(",".join),
)


# What takes credentials out of texts

_SECRET = "maple-finch+38/äöü&<"
_redactions = st.lists(
    st.sampled_from(
        (_SECRET, _SECRET[::-1], json.dumps(_SECRET)[1:-1], quote(_SECRET), _SECRET[3:12], " ", "b3JjaGlk")
    )
).map(lambda pieces: "\0".join((_SECRET, "".join(pieces))))


def _redact(case: bytes) -> None:
    """A secret, and a text that may hold it, a NUL between the two."""
    secret, text = (*map(os.fsdecode, case.split(b"\0", 1)), "")[:2]
    redacted = Redactor([Secret(secret)])(text)
    if len(secret) >= WINDOW:
        # What holds a star may be the mask's own.
        for form in (secret, secret[::-1], base64.b64encode(os.fsencode(secret)).decode().rstrip("=")[:-1]):
            assert not any(window in redacted for window in windows(form) if "*" not in window)
    if secret and redacted == text:
        assert len(secret) < WINDOW or secret not in text or secret == MASK
    fit_to_be_shown(visible(redacted, 1000))


PARSERS = (
    Parser(
        "environment",
        _read_environment,
        _environments,
        (*_PART_NAMES, *_VALUE_WORDS, "=", "_", "A"),
        ("discovery", "names", "strays"),
    ),
    Parser("env-file", _read_env_file, _env_files, _ENV_WORDS, ("env_file",)),
    Parser(
        "values",
        _read_values,
        st.builds("{}\0{}\0{}".format, _servers, _users, _passwords),
        _VALUE_WORDS,
        ("checks.value", "checks.name", "healing", "registries"),
    ),
    Parser(
        "credential",
        _read_credential,
        st.builds("{}\0{}".format, _users, _passwords),
        _VALUE_WORDS,
        ("registries",),
    ),
    Parser("address", _read_address, _servers, _VALUE_WORDS, ("address",)),
    Parser("reference", _read_reference, _references, _REFERENCE_WORDS, ("reference",)),
    Parser(
        "platform",
        _read_platform,
        _platforms.map("/".join),
        ("/", "linux", "arm", "v", "8", ".", "amd64", "²"),
        ("platforms",),
    ),
    Parser(
        "proxy",
        _read_proxy,
        _proxies,
        (*_VALUE_WORDS, ",", "*", "socks5://", "/8", "::"),
        ("probes.proxy", "probes.aws", "address"),
    ),
    Parser(
        "redaction",
        _redact,
        _redactions,
        ("\0", "hunter2hunter2", "*", "***", "a", "%", "\\", "\x1b[", "\u202e"),
        ("secret",),
        largest=SHORT,
    ),
)
