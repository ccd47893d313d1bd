"""Which registry a server or an answer belongs to, and what is true of that one alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import botocore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.address import endpoint_of
from regdoctor.causes import CAUSES
from regdoctor.checks.case import login_endpoint, right_server
from regdoctor.checks.realm import distrust
from regdoctor.discovery import is_allowed
from regdoctor.model import variable_name
from regdoctor.registries import (
    PLAIN,
    Registry,
    recognise,
    recognise_answer,
    recognise_server,
    registries,
    registry_of,
)
from regdoctor.registries.credentials import FORMS, name_of_kind
from regdoctor.registries.registry import Exchange
from tests.unit.examples import AWS_KEY_ID, AWS_SECRET, FINE_GRAINED, ecr_token
from tests.unit.support import a_set, diagnose, only_set

BY_ID = {registry.id: registry for registry in registries()}
ACCOUNT = "210987654321"

LOGIN_HOSTS: dict[str, tuple[str, ...]] = {
    "dockerhub": ("docker.io", "index.docker.io"),
    "ghcr": (
        "ghcr.io",
        "containers.octo.ghe.com",
        "containers.github.example.com",
        "docker.github.corp.example",
    ),
    "github-packages": ("docker.pkg.github.com",),
    "acr": (
        "octoshop.azurecr.io",
        "octoshop-a1b2c3.azurecr.io",
        "octoshop.azurecr.cn",
        "octoshop.azurecr.us",
        "octoshop.westeurope.geo.azurecr.io",
        "octoshop-a1b2c3.westeurope.geo.azurecr.io",
    ),
    "ecr": (
        f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com",
        f"{ACCOUNT}.dkr-ecr.eu-west-1.on.aws",
        f"{ACCOUNT}.dkr-ecr-fips.us-east-2.on.aws",
        f"{ACCOUNT}.dkr.ecr-fips.us-gov-east-1.amazonaws.com",
        f"{ACCOUNT}.dkr.ecr.cn-northwest-1.amazonaws.com.cn",
        f"{ACCOUNT}.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
        f"{ACCOUNT}.dkr.ecr.eusc-de-east-1.amazonaws.eu",
        f"{ACCOUNT}.dkr.ecr.us-iso-east-1.c2s.ic.gov",
        f"{ACCOUNT}.dkr.ecr.us-isob-east-1.sc2s.sgov.gov",
        f"{ACCOUNT}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk",
        f"{ACCOUNT}.dkr.ecr.us-isof-south-1.csp.hci.ic.gov",
    ),
    "ecr-public": ("public.ecr.aws", "ecr-public.aws.com"),
    "gcr": (
        "gcr.io",
        "us.gcr.io",
        "eu.gcr.io",
        "asia.gcr.io",
        "marketplace.gcr.io",
        "mirror.gcr.io",
        "k8s.gcr.io",
    ),
    "gar": (
        "us-docker.pkg.dev",
        "europe-docker.pkg.dev",
        "asia-docker.pkg.dev",
        "northamerica-northeast1-docker.pkg.dev",
        "europe-west12-docker.pkg.dev",
        "docker.europe-west3.rep.pkg.dev",
    ),
    "quay": ("quay.io",),
    "gitlab": (
        "registry.gitlab.com",
        "registry.gitlab.example.com",
        "gitlab.example.com",
        "registry.git.example.com",
    ),
    "artifactory": ("octo.jfrog.io", "octo-docker-local.jfrog.io"),
    "redhat": (
        "registry.redhat.io",
        "registry.connect.redhat.com",
        "registry.access.redhat.com",
        "registry.stage.redhat.io",
    ),
    "digitalocean": ("registry.digitalocean.com",),
    "ocir": ("phx.ocir.io", "sa-santiago-1.ocir.io", "ocir.eu-frankfurt-1.oci.oraclecloud.com"),
    "icr": ("icr.io", "us.icr.io", "jp2.icr.io", "private.icr.io", "private.uk.icr.io", "cp.icr.io"),
    "alibaba": (
        "registry.cn-shanghai.aliyuncs.com",
        "registry-vpc.cn-shanghai.aliyuncs.com",
        "registry-internal.ap-southeast-1.aliyuncs.com",
        "crpi-a1b2c3.cn-beijing.personal.cr.aliyuncs.com",
        "crpi-a1b2c3-vpc.cn-beijing.personal.cr.aliyuncs.com",
        "octo-registry.cn-hangzhou.cr.aliyuncs.com",
        "octo-registry-vpc.cn-hangzhou.cr.aliyuncs.com",
    ),
    "scaleway": ("rg.fr-par.scw.cloud", "rg.nl-ams.scw.cloud", "rg.pl-waw.scw.cloud"),
    "other": ("registry.example.com", "localhost", "192.0.2.7", "mcr.microsoft.com"),
}
"""Hosts to log in to, of every form that each vendor has."""

ALIASES: dict[str, dict[str, str]] = {
    "dockerhub": dict.fromkeys(
        (
            "registry-1.docker.io",
            "hub.docker.com",
            "hub.docker.io",
            "www.docker.com",
            "app.docker.com",
            "login.docker.com",
            "auth.docker.io",
            "registry.docker.io",
            "registry.hub.docker.com",
            "cloud.docker.com",
            "production.cloudflare.docker.com",
            "docker.com",
        ),
        "https://index.docker.io/v1/",
    ),
    "ghcr": dict.fromkeys(("github.com", "www.github.com", "www.ghcr.io"), "ghcr.io"),
    "github-packages": dict.fromkeys(
        ("npm.pkg.github.com", "maven.pkg.github.com", "nuget.pkg.github.com", "rubygems.pkg.github.com"),
        "ghcr.io",
    ),
    "acr": {
        "octoshop.westeurope.data.azurecr.io": "octoshop.azurecr.io",
        "octoshop-a1b2c3.westeurope.data.azurecr.io": "octoshop-a1b2c3.azurecr.io",
        "octoshop.chinaeast2.data.azurecr.cn": "octoshop.azurecr.cn",
    },
    "ecr": {
        "2109-8765-4321.dkr.ecr.eu-west-1.amazonaws.com": f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com",
        "2109-8765-4321.dkr-ecr.eu-west-1.on.aws": f"{ACCOUNT}.dkr-ecr.eu-west-1.on.aws",
        "2109-8765-4321.dkr.ecr.cn-north-1.amazonaws.com.cn": (
            f"{ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn"
        ),
    },
    "ecr-public": {"gallery.ecr.aws": "public.ecr.aws"},
    "gar": {
        "us-npm.pkg.dev": "us-docker.pkg.dev",
        "us-central1-maven.pkg.dev": "us-central1-docker.pkg.dev",
        "northamerica-northeast1-python.pkg.dev": "northamerica-northeast1-docker.pkg.dev",
        "europe-west12-go.pkg.dev": "europe-west12-docker.pkg.dev",
        "asia-apt.pkg.dev": "asia-docker.pkg.dev",
        "asia-east1-yum.pkg.dev": "asia-east1-docker.pkg.dev",
        "us-generic.pkg.dev": "us-docker.pkg.dev",
        "us-kfp.pkg.dev": "us-docker.pkg.dev",
    },
    "gitlab": dict.fromkeys(("gitlab.com", "www.gitlab.com"), "registry.gitlab.com"),
    "icr": {
        "registry.bluemix.net": "icr.io",
        "registry.ng.bluemix.net": "us.icr.io",
        "registry.eu-de.bluemix.net": "de.icr.io",
        "registry.eu-gb.bluemix.net": "uk.icr.io",
        "registry.au-syd.bluemix.net": "au.icr.io",
    },
}
"""Hosts of each vendor that are not the ones to log in to, and the servers that were meant."""

WITHOUT_A_RIGHT_ONE: dict[str, tuple[str, ...]] = {
    "ecr": (
        "dkr.ecr.eu-west-1.amazonaws.com",
        "none.dkr.ecr.eu-west-1.amazonaws.com",
        "21098765432.dkr.ecr.eu-west-1.amazonaws.com",
        "2109876543210.dkr.ecr.eu-west-1.amazonaws.com",
        "api.ecr.eu-west-1.amazonaws.com",
        "ecr.eu-west-1.api.aws",
        "ecr-fips.us-east-2.api.aws",
        "api.ecr-fips.us-east-2.amazonaws.com",
        "api.ecr.cn-north-1.amazonaws.com.cn",
    ),
}
"""Hosts that are not the ones to log in to, and do not say which is."""

HOSTS = (
    *((vendor, host) for vendor, hosts in LOGIN_HOSTS.items() for host in hosts),
    *((vendor, host) for vendor, hosts in ALIASES.items() for host in hosts),
    *((vendor, host) for vendor, hosts in WITHOUT_A_RIGHT_ONE.items() for host in hosts),
)

SPELLINGS = {
    "as it is": "{}",
    "with a scheme": "https://{}",
    "with another scheme": "http://{}",
    "with the scheme of an image": "docker://{}",
    "with a port": "{}:443",
    "with an unusual port": "{}:5005",
    "with a path": "{}/team/app",
    "with a scheme, a port and a path": "https://{}:443/v2/",
    "with a last slash": "{}/",
    "with a question": "{}?x=1",
    "with a user": "mona@{}",
    "with a line end": "{}\n",
    "with spaces around": "  {}\t",
    "with a last dot": "{}.",
    "with a last dot and a port": "{}.:443",
    "with a scheme, a last dot and a path": "https://{}./v2/",
}


def test_every_registry_has_hosts_or_is_known_by_its_answers() -> None:
    by_answer = {registry.id for registry in registries() if not registry.hosts} - {"other"}
    assert by_answer == {"harbor", "nexus"}
    assert {*LOGIN_HOSTS} | by_answer == {*BY_ID}


@pytest.mark.parametrize(("vendor", "host"), HOSTS)
def test_a_host_is_its_vendors(vendor: str, host: str) -> None:
    assert recognise(host).id == vendor


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=list(SPELLINGS))
def test_a_server_is_recognised_however_it_is_written(spelling: str) -> None:
    letters = (str.lower, str.upper, str.title)
    written = {spelling.format(write(host)): vendor for vendor, host in HOSTS for write in letters}
    assert {server: recognise_server(server).id for server in written} == written


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=list(SPELLINGS))
def test_a_set_is_judged_by_its_registrys_rules_however_the_server_is_written(spelling: str) -> None:
    for vendor, host in (("ghcr", "ghcr.io"), ("ecr", f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com")):
        assert only_set(diagnose(a_set(spelling.format(host)))).registry == vendor


def test_a_last_dot_does_not_make_a_good_key_of_aws_a_wrong_kind() -> None:
    server = f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com."
    result = only_set(diagnose(a_set(server, AWS_KEY_ID, AWS_SECRET, "ECR")))
    assert [(finding.cause, finding.severity) for finding in result.findings] == [("server-alias", "warning")]


def test_a_last_dot_does_not_make_a_wrong_kind_of_token_a_good_one() -> None:
    result = only_set(diagnose(a_set("ghcr.io.", "octocat", FINE_GRAINED)))
    assert result.findings[0].cause == "token-kind-unsupported"


def test_a_last_dot_does_not_hide_what_has_expired() -> None:
    server = f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com."
    result = only_set(diagnose(a_set(server, "AWS", ecr_token(1_600_000_000), "ECR")))
    assert "ecr-token-expired" in [finding.cause for finding in result.findings]


@pytest.mark.parametrize(
    "server",
    [
        "",
        " ",
        "registry",
        "azurecr.io",
        "octoshop.azurecr.io.example.com",
        "octoshop.azurecr.com",
        "evilghcr.io",
        "ghcr.io.example.com",
        "quay.io.example.com",
        "notdocker.io",
        "docker.io.example.com",
        f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com.example.com",
        "s3.eu-west-1.amazonaws.com",
        "public.ecr.aws.example.com",
        "notgcr.io",
        "gcr.io.example.com",
        "docker.pkg.dev.example.com",
        "jfrog.io",
        "jfrog.io.example.com",
        "ocir.io",
        "scw.cloud",
        "registry.aliyuncs.com.example.com",
        "containers.example.com",
        "docker.example.com",
        "my registry",
    ],
)
def test_what_only_resembles_a_vendors_host_is_any_registry(server: str) -> None:
    assert recognise_server(server) is PLAIN


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_server_breaks_the_recognition(server: str) -> None:
    assert recognise_server(server).id in BY_ID
    assert right_server(server) is None or login_endpoint(server) is not None


# The right server


@pytest.mark.parametrize(("vendor", "host"), HOSTS)
def test_a_host_is_one_to_log_in_to_or_an_alias_and_never_both(vendor: str, host: str) -> None:
    registry = BY_ID[vendor]
    assert registry.is_login_host(host) is (host in LOGIN_HOSTS[vendor] and vendor != "other")
    assert registry.is_alias(host) is (host not in LOGIN_HOSTS[vendor])


@pytest.mark.parametrize(
    ("host", "right"), [pair for hosts in ALIASES.values() for pair in hosts.items()], ids=str
)
def test_an_alias_gives_away_the_right_server(host: str, right: str) -> None:
    for spelling in ("{}", "https://{}", "{}:443", "{}/team/app", "{}."):
        assert right_server(spelling.format(host)) == right
    assert recognise_server(right) is recognise(host) or recognise(host).id == "github-packages"
    assert not recognise_server(right).is_alias(right)


@pytest.mark.parametrize(
    ("host", "right"), [pair for hosts in ALIASES.values() for pair in hosts.items()], ids=str
)
def test_what_an_alias_stands_for_is_asked_in_its_place(host: str, right: str) -> None:
    assert login_endpoint(host) == login_endpoint(right)


@pytest.mark.parametrize("host", [host for hosts in WITHOUT_A_RIGHT_ONE.values() for host in hosts])
def test_a_host_that_says_nothing_of_the_right_one_gets_no_guess(host: str) -> None:
    assert recognise(host).right_host(host) is None
    assert right_server(host) == host


@pytest.mark.parametrize(
    "host",
    [host for vendor, hosts in LOGIN_HOSTS.items() for host in hosts if vendor not in ("dockerhub", "other")],
)
def test_a_host_to_log_in_to_is_the_right_server_as_it_stands(host: str) -> None:
    assert right_server(host) == host
    assert login_endpoint(host) == endpoint_of(host)


@pytest.mark.parametrize(
    "server", ["docker.io", "index.docker.io", "docker.io.", "https://index.docker.io/v1"]
)
def test_docker_hub_has_one_right_server_and_one_host_that_is_asked(server: str) -> None:
    assert right_server(server) == "https://index.docker.io/v1/"
    assert login_endpoint(server) == endpoint_of("registry-1.docker.io")


def test_a_port_is_kept_where_it_is_not_the_usual_one() -> None:
    assert right_server("registry.gitlab.example.com:5050") == "registry.gitlab.example.com:5050"
    assert right_server("registry.gitlab.example.com:443") == "registry.gitlab.example.com"


@pytest.mark.parametrize(
    ("host", "replacement"),
    [
        ("gcr.io", "us-docker.pkg.dev"),
        ("us.gcr.io", "us-docker.pkg.dev"),
        ("eu.gcr.io", "europe-docker.pkg.dev"),
        ("asia.gcr.io", "asia-docker.pkg.dev"),
        ("k8s.gcr.io", "registry.k8s.io"),
        ("marketplace.gcr.io", None),
        ("mirror.gcr.io", None),
        ("docker.pkg.github.com", "ghcr.io"),
        ("npm.pkg.github.com", None),
    ],
)
def test_a_retired_host_has_one_that_replaced_it(host: str, replacement: str | None) -> None:
    assert recognise(host).replacement_of(host) == replacement


@pytest.mark.parametrize(
    ("vendor", "host"), [pair for pair in HOSTS if pair[0] not in ("gcr", "github-packages")]
)
def test_no_host_is_retired_that_is_in_use(vendor: str, host: str) -> None:
    assert BY_ID[vendor].replacement_of(host) is None


# Recognition by an answer

CHALLENGES: tuple[tuple[str, str, str], ...] = (
    ("dockerhub", "https://auth.docker.io/token", "registry.docker.io"),
    ("dockerhub", "", "registry.docker.io"),
    ("ghcr", "https://ghcr.io/token", "ghcr.io"),
    ("ghcr", "https://containers.octo.ghe.com/token", "containers.octo.ghe.com"),
    ("github-packages", "GitHub Package Registry", ""),
    ("acr", "https://octoshop.azurecr.io/oauth2/token", "octoshop.azurecr.io"),
    ("acr", "", "octoshop.azurecr.cn"),
    ("ecr", f"https://{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/", "ecr.amazonaws.com"),
    ("ecr-public", "https://public.ecr.aws/token/", "public.ecr.aws"),
    ("gcr", "https://gcr.io/v2/token", "gcr.io"),
    ("gcr", "https://eu.gcr.io/v2/token", "eu.gcr.io"),
    ("gar", "https://europe-west1-docker.pkg.dev/v2/token", ""),
    ("gar", "", "europe-west1-docker.pkg.dev"),
    ("quay", "https://quay.io/v2/auth", "quay.io"),
    ("quay", "https://quay.corp.example/v2/auth", "quay.corp.example"),
    ("gitlab", "https://gitlab.com/jwt/auth", "container_registry"),
    ("gitlab", "https://code.corp.example/jwt/auth", "container_registry"),
    ("artifactory", "https://art.corp.example/artifactory/api/docker/null/v2/token", "art.corp.example"),
    ("artifactory", "https://art.corp.example/api/docker/team/v2/token", "art.corp.example"),
    ("artifactory", "Artifactory Realm", ""),
    ("harbor", "https://images.corp.example/service/token", "harbor-registry"),
    ("harbor", "", "harbor-registry"),
    ("nexus", "Sonatype Nexus Repository Manager", ""),
    (
        "redhat",
        "https://registry.redhat.io/auth/realms/rhcc/protocol/redhat-docker-v2/auth",
        "docker-registry",
    ),
    ("digitalocean", "https://api.digitalocean.com/v2/registry/auth", "registry.digitalocean.com"),
    ("ocir", "https://phx.ocir.io/20180419/docker/token", "phx.ocir.io"),
    ("ocir", "https://ocir.us-phoenix-1.oci.oraclecloud.com/20180419/docker/token", ""),
    ("icr", "https://us.icr.io/oauth/token", "registry"),
    (
        "alibaba",
        "https://dockerauth.cn-hangzhou.aliyuncs.com/auth",
        "registry.aliyuncs.com:cn-hangzhou:26842",
    ),
    ("alibaba", "", "registry.aliyuncs.com:cn-hangzhou:26842"),
    ("scaleway", "https://api.scaleway.com/registry-internal/v1/regions/fr-par/tokens", "registry"),
)


@pytest.mark.parametrize(("vendor", "realm", "service"), CHALLENGES)
def test_a_challenge_gives_its_registry_away(vendor: str, realm: str, service: str) -> None:
    assert recognise_answer([(realm, service)]).id == vendor
    assert recognise_answer([("Restricted", ""), (realm, service)]).id == vendor


def test_every_registry_but_a_plain_one_is_known_by_its_challenge() -> None:
    assert {vendor for vendor, _, _ in CHALLENGES} == {*BY_ID} - {"other"}


@pytest.mark.parametrize(
    ("vendor", "header"),
    [
        ("artifactory", ("X-JFrog-Version", "Artifactory/7.98.9 79809900")),
        ("artifactory", ("X-Artifactory-Id", "a1b2c3:-4d5e6f")),
        ("artifactory", ("SERVER", "Artifactory/6.23.3")),
        ("nexus", ("Server", "Nexus/3.76.0-03 (OSS)")),
        ("other", ("Server", "nginx")),
        ("other", ("X-Powered-By", "server: nexus")),
        ("other", ("Server", "")),
    ],
)
def test_a_header_gives_its_registry_away(vendor: str, header: tuple[str, str]) -> None:
    assert recognise_answer([("https://images.corp.example/token", "images")], [header]).id == vendor


def test_a_challenge_says_more_than_a_header() -> None:
    challenge = ("https://images.corp.example/service/token", "harbor-registry")
    assert recognise_answer([challenge], [("Server", "Nexus/3.76.0")]).id == "harbor"


@pytest.mark.parametrize(
    ("realm", "service"),
    [
        ("", ""),
        ("Registry Realm", ""),
        ("https://auth.corp.example/token", "images.corp.example"),
        ("https://corp.example/auth.docker.io/token", "images"),
        ("https://ghcr.io.corp.example/token", "ghcr.io.corp.example"),
        ("https://octoshop.azurecr.io.corp.example/", "x"),
        ("https://corp.example/service/tokens", "harbor"),
        ("https://corp.example/jwt/authenticate", "registry"),
    ],
)
def test_an_answer_that_says_nothing_is_any_registrys(realm: str, service: str) -> None:
    assert recognise_answer([(realm, service)]) is PLAIN


def test_no_answer_is_any_registrys() -> None:
    assert recognise_answer([]) is PLAIN


@given(realm=st.text(), service=st.text(), name=st.text(), value=st.text())
@settings(max_examples=100, deadline=None)
def test_no_answer_breaks_the_recognition(realm: str, service: str, name: str, value: str) -> None:
    assert recognise_answer([(realm, service)], [(name, value)]).id in BY_ID


@pytest.mark.parametrize(
    ("server", "realm"),
    [
        (
            "docker.corp.example",
            "https://artifactory.corp.example/artifactory/api/docker/null/v2/token",
        ),
        ("images.corp.example", "https://harbor.corp.example/service/token"),
        ("registry.corp.example", "https://gitlab.corp.example/jwt/auth"),
        ("registry.corp.example", "https://quay.corp.example/v2/auth"),
    ],
)
def test_recognising_a_registry_of_ones_own_does_not_make_its_realm_a_strangers(
    server: str, realm: str
) -> None:
    assert distrust(realm, endpoint_of(server), PLAIN) is None
    assert distrust(realm, endpoint_of(server), recognise_answer([(realm, "")])) is None


# Pages


@pytest.mark.parametrize(
    ("vendor", "host", "page"),
    [
        ("ghcr", "ghcr.io", "https://github.com/settings/tokens"),
        ("ghcr", "containers.octo.ghe.com", "https://octo.ghe.com/settings/tokens"),
        ("ghcr", "containers.github.example.com", "https://github.example.com/settings/tokens"),
        ("ghcr", "docker.github.example.com", "https://github.example.com/settings/tokens"),
        ("github-packages", "docker.pkg.github.com", "https://github.com/settings/tokens"),
        ("github-packages", "npm.pkg.github.com", "https://github.com/settings/tokens"),
        (
            "gitlab",
            "registry.gitlab.com",
            "https://gitlab.com/-/user_settings/personal_access_tokens",
        ),
        ("gitlab", "registry.gitlab.example.com", None),
        ("gitlab", "gitlab.example.com", None),
        ("gitlab", "registry.notgitlab.com", None),
        ("gitlab", "gitlab.com.example.com", None),
        ("quay", "quay.io", "https://quay.io/organization/"),
        ("quay", "quay.corp.example", None),
        ("dockerhub", "registry-1.docker.io", "https://app.docker.com/settings/personal-access-tokens"),
        ("other", "registry.example.com", None),
        ("harbor", "harbor.corp.example", None),
    ],
)
def test_the_page_for_a_credential_is_that_of_the_hosts_own_site(
    vendor: str, host: str, page: str | None
) -> None:
    assert BY_ID[vendor].page_for(host) == page


@pytest.mark.parametrize(("vendor", "host"), HOSTS)
def test_no_page_keeps_a_gap(vendor: str, host: str) -> None:
    page = BY_ID[vendor].page_for(host)
    assert page is None or re.fullmatch(r"https://[^{}\s]+", page)


# Exchange


@pytest.mark.parametrize(
    ("host", "exchange"),
    [
        (
            f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com",
            Exchange("ecr", "eu-west-1", ACCOUNT),
        ),
        (
            f"{ACCOUNT}.dkr.ecr-fips.us-gov-east-1.amazonaws.com",
            Exchange("ecr", "us-gov-east-1", ACCOUNT, fips=True),
        ),
        (f"{ACCOUNT}.dkr-ecr.eu-west-1.on.aws", Exchange("ecr", "eu-west-1", ACCOUNT, dual_stack=True)),
        (
            f"{ACCOUNT}.dkr-ecr-fips.us-east-2.on.aws",
            Exchange("ecr", "us-east-2", ACCOUNT, fips=True, dual_stack=True),
        ),
        (
            f"{ACCOUNT}.dkr.ecr.cn-northwest-1.amazonaws.com.cn",
            Exchange("ecr", "cn-northwest-1", ACCOUNT),
        ),
        (
            f"{ACCOUNT}.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
            Exchange("ecr", "cn-north-1", ACCOUNT, dual_stack=True),
        ),
        (
            f"{ACCOUNT}.dkr.ecr.eusc-de-east-1.amazonaws.eu",
            Exchange("ecr", "eusc-de-east-1", ACCOUNT),
        ),
        (f"{ACCOUNT}.dkr.ecr.us-iso-east-1.c2s.ic.gov", Exchange("ecr", "us-iso-east-1", ACCOUNT)),
        (f"{ACCOUNT}.dkr.ecr.us-isob-east-1.sc2s.sgov.gov", Exchange("ecr", "us-isob-east-1", ACCOUNT)),
        (f"{ACCOUNT}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk", Exchange("ecr", "eu-isoe-west-1", ACCOUNT)),
        (f"{ACCOUNT}.dkr.ecr.us-isof-south-1.csp.hci.ic.gov", Exchange("ecr", "us-isof-south-1", ACCOUNT)),
        # a region that nobody knows yet
        (f"{ACCOUNT}.dkr.ecr.xx-moon-9.amazonaws.com", Exchange("ecr", "xx-moon-9", ACCOUNT)),
        ("public.ecr.aws", Exchange("ecr-public", "us-east-1")),
        ("ecr-public.aws.com", Exchange("ecr-public", "us-east-1")),
    ],
)
def test_a_host_of_aws_says_where_its_tokens_come_from(host: str, exchange: Exchange) -> None:
    assert recognise(host).exchange(host) == exchange


@pytest.mark.parametrize(
    "host",
    [
        *WITHOUT_A_RIGHT_ONE["ecr"],
        *ALIASES["ecr"],
        "registry.corp.example",
        f"{ACCOUNT}.dkr.ecr..amazonaws.com",
        f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com.example.com",
        f"x{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com",
        "",
    ],
)
def test_a_host_without_a_proper_account_says_nothing(host: str) -> None:
    assert BY_ID["ecr"].exchange(host) is None


def test_only_the_registries_of_aws_exchange_keys() -> None:
    exchanging = {vendor for vendor, host in HOSTS if BY_ID[vendor].exchange(host) is not None}
    assert exchanging == {"ecr", "ecr-public"}


def _partitions() -> list[tuple[str, str]]:
    """The regions of botocore's own list, each with the suffix of its partition's hosts."""
    path = Path(botocore.__file__).parent / "data" / "partitions.json"
    return [
        (region, partition["outputs"]["dnsSuffix"])
        for partition in json.loads(path.read_text())["partitions"]
        for region in partition["regions"]
        if not region.endswith("-global")
    ]


def test_no_region_that_aws_has_is_taken_for_a_mistake() -> None:
    hosts = [f"{ACCOUNT}.dkr.ecr.{region}.{suffix}" for region, suffix in _partitions()]
    assert len(hosts) > 35
    assert {host for host in hosts if recognise(host).id != "ecr"} == set()
    assert {host for host in hosts if BY_ID["ecr"].absent(host) is not None} == set()


# What is said of each


@pytest.mark.parametrize("registry", registries(), ids=lambda registry: registry.id)
def test_what_a_registry_says_of_itself_holds_together(registry: Registry) -> None:
    kinds = {*registry.takes, *(kind for kind, _ in registry.users)}
    assert all(map(name_of_kind, kinds))
    assert {kind for kind, _ in registry.users} <= {*registry.takes}
    assert registry.expired in CAUSES
    assert is_allowed(variable_name(registry.identifier, "server"))
    for link in (registry.documentation, registry.credential_page):
        assert link is None or link.startswith("https://")
    if registry.right_server is not None:
        servers = (registry.right_server, *registry.accepted_servers)
        assert {recognise_server(server).id for server in servers} <= {registry.id, "ghcr"}
    if registry.token_api is not None:
        assert {*registry.token_api.kinds} <= {*registry.takes}


def test_no_two_registries_share_an_id() -> None:
    assert len(BY_ID) == len(registries())


def test_every_kind_of_credential_is_taken_somewhere_or_nowhere_on_purpose() -> None:
    taken = {kind for registry in registries() for kind in registry.takes}
    nowhere = {form.kind for form in FORMS} - taken
    assert nowhere == {
        "github-fine-grained-token",
        "github-refresh-token",
        "ecr-authorization-token",
        "google-api-key",
        "gitlab-other-token",
        "jfrog-api-key",  # Artifactory takes any text
        "jfrog-reference-token",
        "npm-token",
        "openshift-token",
        "pem",
    }


@pytest.mark.parametrize("registry", registries(), ids=lambda registry: registry.id)
def test_what_a_registry_hides_is_told_with_what_would_tell(registry: Registry) -> None:
    hiding = registry.hiding
    if hiding is None:
        assert registry.id == "ecr"  # which has words of its own for each
        return
    assert set(hiding.statuses) <= {401, 403, 404}
    assert hiding.words.endswith(".")
    assert re.search("tells? which it is|see which it is", hiding.words)


def test_every_form_of_a_server_is_recognised_as_that_of_its_registry() -> None:
    for registry in registries():
        if registry.server_form:
            filled = registry.server_form.replace("<account>", "123456789012").replace("<registry>", "octo")
            for region in ("eu-west-1", "europe-west1", "fra", "fr-par"):
                found = recognise_server(filled.replace("<region>", region))
                if found is registry:
                    break
            assert found is registry, registry.id


@pytest.mark.parametrize("registry", registries(), ids=lambda registry: registry.id)
def test_every_host_that_a_registry_says_is_its_own_has_one_of_its_words(registry: Registry) -> None:
    """Only what has one of the words is asked about, so that a registry is not loaded in vain."""
    patterns = (*registry.hosts, *registry.aliases)

    @given(st.one_of(*(st.from_regex(pattern, fullmatch=True) for pattern in patterns)))
    @settings(max_examples=100, derandomize=True, database=None)
    def check(name: str) -> None:
        host = name.removesuffix(".")
        asked = (each for each in registries() if each.is_login_host(host) or each.is_alias(host))
        assert recognise(host) is next(asked)

    if patterns:
        check()


@pytest.mark.parametrize("registry", registries(), ids=lambda registry: registry.id)
def test_a_registry_is_found_by_its_id(registry: Registry) -> None:
    assert registry_of(registry.id) is registry
