"""The certificates that the demo ships."""

from __future__ import annotations

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from regdoctor.demo.certificates import CERTIFICATES, file_of
from regdoctor.demo.sets import SETS

FAR_AHEAD = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)


def certificate(name: str) -> x509.Certificate:
    with file_of(name) as path:
        return x509.load_pem_x509_certificate(path.read_bytes())


@pytest.mark.parametrize("name", ["authority", "server", "other-name", "unknown-authority"])
def test_only_the_expired_certificate_expires_while_anybody_uses_the_demo(name: str) -> None:
    assert certificate(name).not_valid_after_utc > FAR_AHEAD
    assert certificate("expired").not_valid_after_utc < datetime.datetime.now(datetime.UTC)


def test_every_host_of_the_demo_is_in_the_certificate_that_it_shows() -> None:
    for peer in (demo_set.peer for demo_set in SETS if demo_set.peer.certificate != "other-name"):
        names = certificate(peer.certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName)
        missing = set(peer.hosts) - set(names.value.get_values_for_type(x509.DNSName))
        assert not missing, "run python -m tests.demo.make_certificates"


def test_every_certificate_that_can_be_shown_is_shown_by_a_set() -> None:
    assert {demo_set.peer.certificate for demo_set in SETS} == set(CERTIFICATES)


def test_the_key_of_the_authority_is_not_shipped() -> None:
    with file_of("private-key") as path:
        shipped = serialization.load_pem_private_key(path.read_bytes(), None).public_key()
    assert certificate("server").public_key() == shipped
    assert certificate("authority").public_key() != shipped
