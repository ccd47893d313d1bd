"""Makes the certificates that the demo ships: python -m tests.demo.make_certificates.

To be run when a set with a new host name was added. The key of the authority is thrown away at the end, so
that nobody can make a certificate that the demo would trust.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

import regdoctor.demo.certificates
from regdoctor.demo.sets import SETS

FOLDER = Path(regdoctor.demo.certificates.__path__[0])
NOTE = "Demo material of regdoctor, public on purpose: trusted by `regdoctor demo` alone.\n"

START = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
SOON = datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
END = datetime.datetime(2120, 1, 1, tzinfo=datetime.UTC)


class Authority:
    """A certificate authority, for as long as this program runs."""

    def __init__(self, organization: str) -> None:
        self.name = _name(organization, f"{organization} CA")
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._sign(
            _builder(self.name, self._key.public_key(), END)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
        )

    def issue(
        self, key: ec.EllipticCurvePublicKey, *hosts: str, end: datetime.datetime = END
    ) -> x509.Certificate:
        """A server's certificate."""
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        return self._sign(
            _builder(_name("Octo Org", hosts[0]), key, end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(names, critical=False)
        )

    def _sign(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = builder.issuer_name(self.name).add_extension(own, critical=False)
        return builder.sign(self._key, hashes.SHA256())


def make() -> None:
    """Write every file that `regdoctor.demo.certificates` reads."""
    private_key = ec.generate_private_key(ec.SECP256R1())
    key = private_key.public_key()
    demo, stranger = Authority("regdoctor demo"), Authority("A private authority")
    certificates = {
        "authority": demo.certificate,
        "server": demo.issue(key, *_hosts("server")),
        "expired": demo.issue(key, *_hosts("expired"), end=SOON),
        "other-name": demo.issue(key, "new-name.example.com"),
        "unknown-authority": stranger.issue(key, *_hosts("unknown-authority")),
    }
    for name, certificate in certificates.items():
        _write(name, certificate.public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    _write("private-key", private_key.private_bytes(encoding, form, serialization.NoEncryption()))


def _hosts(certificate: str) -> list[str]:
    peers = [demo_set.peer for demo_set in SETS if demo_set.peer.certificate == certificate]
    return sorted({host for peer in peers for host in peer.hosts})


def _write(name: str, pem: bytes) -> None:
    (FOLDER / f"demo-{name}.pem").write_bytes(NOTE.encode() + pem)


def _builder(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, end: datetime.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(organization: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


if __name__ == "__main__":
    make()
