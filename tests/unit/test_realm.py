"""May a credential go where a challenge asks for it?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.address import endpoint_of
from regdoctor.checks.realm import distrust
from regdoctor.registries import PLAIN, recognise


def why_not(realm: str, server: str, port: int | None = None) -> str | None:
    return distrust(realm, endpoint_of(server, port), recognise(server))


@pytest.mark.parametrize(
    ("server", "realm"),
    [
        ("registry.example.com", "https://registry.example.com/token"),
        ("registry.example.com", "https://registry.example.com:5001/token"),
        ("registry.example.com", "https://REGISTRY.example.com./token"),
        ("registry.example.com", "https://auth.example.com/token"),
        ("registry.example.com", "https://example.com/token?x=y"),
        ("registry.team.example.co.uk", "https://auth.example.co.uk/token"),
        ("192.0.2.7", "https://192.0.2.7/token"),
        ("registry-1.docker.io", "https://auth.docker.io/token"),
        ("ghcr.io", "https://ghcr.io/token"),
        ("quay.io", "https://quay.io/v2/auth"),
        ("registry.gitlab.com", "https://gitlab.com/jwt/auth"),
        ("registry.digitalocean.com", "https://api.digitalocean.com/v2/registry/auth"),
        ("registry.redhat.io", "https://registry.redhat.io/auth/realms/rhcc/protocol/redhat-docker-v2/auth"),
        ("registry.redhat.io", "https://sso.redhat.com/auth/realms/rhcc/protocol/redhat-docker-v2/auth"),
        ("mycompany.azurecr.io", "https://mycompany.azurecr.io/oauth2/token"),
        ("europe-west1-docker.pkg.dev", "https://europe-west1-docker.pkg.dev/v2/token"),
        ("us.icr.io", "https://us.icr.io/oauth/token"),
        ("rg.fr-par.scw.cloud", "https://api.scaleway.com/registry-internal/v1/token"),
        ("registry.cn-hangzhou.aliyuncs.com", "https://dockerauth.cn-hangzhou.aliyuncs.com/auth"),
        ("fra.ocir.io", "https://fra.ocir.io/20180419/docker/token"),
    ],
)
def test_a_credential_may_go_to_the_registry_its_site_and_its_vendor(server: str, realm: str) -> None:
    assert why_not(realm, server) is None


@pytest.mark.parametrize(
    ("server", "realm"),
    [
        ("registry.example.com", "https://registry.example.net/token"),
        ("registry.example.com", "https://evil.example/registry.example.com"),
        ("registry.example.com", "https://registry.example.com.evil.example/token"),
        ("registry.example.com", "https://evilexample.com/token"),
        ("registry.example.co.uk", "https://other.co.uk/token"),
        ("example.co.uk", "https://co.uk/token"),
        ("team-a.github.io", "https://team-b.github.io/token"),
        ("one.blob.core.windows.net", "https://two.blob.core.windows.net/token"),
        ("one.azurecr.io", "https://two.azurecr.io/oauth2/token"),
        ("one.jfrog.io", "https://two.jfrog.io/token"),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com", "https://other.amazonaws.com/token"),
        ("one.herokuapp.com", "https://two.herokuapp.com/token"),
        ("ghcr.io", "https://auth.docker.io/token"),
        ("registry.example.com", "https://192.0.2.7/token"),
        ("192.0.2.7", "https://192.0.2.8/token"),
        ("192.0.2.7", "https://[2001:db8::1]/token"),
        ("10.1.2.3", "https://1.2.3/token"),
        ("registry.example.com", "https://localhost/token"),
        ("registry.example.com", "https://127.0.0.1:8080/token"),
        ("us-docker.pkg.dev", "https://evil-docker.pkg.dev/token"),
    ],
)
def test_a_credential_does_not_go_to_strangers_and_neighbours(server: str, realm: str) -> None:
    why = why_not(realm, server)
    assert why is not None
    assert "does not belong to" in why


@pytest.mark.parametrize("realm", ["http://registry.example.com/token", "HTTP://registry.example.com/token"])
def test_a_credential_does_not_travel_unencrypted(realm: str) -> None:
    assert why_not(realm, "registry.example.com") == "the password would travel unencrypted"


@pytest.mark.parametrize("realm", ["http://localhost/token", "http://127.0.0.1:5001/token"])
def test_another_machine_may_not_point_to_this_one(realm: str) -> None:
    assert why_not(realm, "registry.example.com") == "the password would travel unencrypted"


@pytest.mark.parametrize("server", ["localhost", "127.0.0.1", "::1"])
@pytest.mark.parametrize(
    "realm",
    [
        "http://127.0.0.1:5001/token",
        "http://localhost:5001/token",
        "http://[::1]:5001/token",
        "https://localhost/token",
    ],
)
def test_on_this_machine_all_roads_are_private(server: str, realm: str) -> None:
    assert why_not(realm, server, 5000) is None


def test_this_machine_may_not_send_it_elsewhere_unencrypted() -> None:
    assert why_not("http://registry.example.com/token", "localhost", 5000) is not None


@pytest.mark.parametrize(
    "realm",
    [
        "",
        "token",
        "/token",
        "//registry.example.com/token",
        "ftp://registry.example.com/token",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///token",
        "https://[::1/token",
        "https://registry.example.com:0/token",
        "https://registry.example.com:99999/token",
        "https://registry.example.com:x/token",
        "https://u@registry.example.com/token",
        "https://u:p@registry.example.com/token",
        "https://registry.example.com@evil.example/token",
        "https://@registry.example.com/token",
        "https://exa mple.com/token",
        "https://" + "a" * 300 + ".example.com/token",
        "https://registry.example.com\\@evil.example/token",
        "https://..../token",
    ],
)
def test_what_is_no_proper_address_gets_nothing(realm: str) -> None:
    assert why_not(realm, "registry.example.com")


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda text: f"https://{text}"),
        st.text().map(lambda t: f"https://{t}/token"),
    )
)
@settings(max_examples=120, deadline=None)
def test_no_realm_breaks_the_judgement(realm: str) -> None:
    why = distrust(realm, endpoint_of("registry.example.com"), PLAIN)
    assert why is None or (why and realm not in why) or len(realm) < 12
