"""Owns the lab's certificates: a throw-away authority and what it signs, each with any fault wanted."""

from __future__ import annotations

import datetime
import ipaddress
import itertools
import os
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID

When = datetime.datetime | datetime.timedelta
"""A moment, or its distance from now: `timedelta(days=-1)` is yesterday."""
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

DAY = datetime.timedelta(days=1)
_serial = itertools.count(1)


@dataclass(frozen=True)
class Certificate:
    """A certificate in PEM (with the intermediates that go with it) and its key."""

    cert_file: str
    key_file: str

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert_file, self.key_file)
        return context


class Authority:
    """A certificate authority; with a `parent` an intermediate one, signed by it."""

    def __init__(
        self, folder: str | os.PathLike[str], *, name: str = "Lab CA", parent: Authority | None = None
    ):
        self.folder = os.fspath(folder)
        self.name = _name(name)
        self.parent = parent
        self._key = new_key()
        start, end = _lifetime(None, None)
        builder = _builder(self.name, self._key, start, end, parent, self)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
        self.certificate = builder.sign(parent._key if parent else self._key, hashes.SHA256())
        self.ca_file = _write(self.folder, "ca.crt", _pem(self.certificate))

    def issue(
        self,
        *names: str,
        not_before: When | None = None,
        not_after: When | None = None,
        cn: str | None = None,
        key: Key | None = None,
        with_chain: bool = True,
        raw_names: Sequence[bytes] = (),
    ) -> Certificate:
        """A certificate for these names and addresses, for servers and clients.

        Without names it has only the common name `cn`. `with_chain=False` leaves the intermediates out, as a
        badly set up server does. `raw_names` are names more, of any bytes.
        """
        key = key or new_key()
        builder = _leaf(names, cn, key, _lifetime(not_before, not_after), self, raw_names)
        chain = [builder.sign(self._key, hashes.SHA256())]
        above: Authority | None = self
        while with_chain and above is not None and above.parent is not None:
            chain.append(above.certificate)
            above = above.parent
        return _store(self.folder, chain, key)

    def client_context(self) -> ssl.SSLContext:
        """A context that trusts this authority alone."""
        return ssl.create_default_context(cafile=self.ca_file)


def self_signed(
    folder: str | os.PathLike[str],
    *names: str,
    not_before: When | None = None,
    not_after: When | None = None,
    cn: str | None = None,
    key: Key | None = None,
) -> Certificate:
    """A server certificate that nobody but itself vouches for."""
    key = key or new_key()
    builder = _leaf(names, cn, key, _lifetime(not_before, not_after), None)
    return _store(os.fspath(folder), [builder.sign(key, hashes.SHA256())], key)


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _leaf(
    names: tuple[str, ...],
    cn: str | None,
    key: Key,
    lifetime: tuple[datetime.datetime, datetime.datetime],
    issuer: Authority | None,
    raw_names: Sequence[bytes] = (),
) -> x509.CertificateBuilder:
    subject = _name(cn or (names[0] if names else "nameless"))
    builder = _builder(subject, key, *lifetime, issuer, None)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    uses = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    builder = builder.add_extension(uses, critical=False)
    if raw_names:
        every = [*(name.encode() for name in names), *raw_names]
        listed = b"".join(_der(0x82, name) for name in every)
        alternatives: x509.ExtensionType = x509.UnrecognizedExtension(
            ExtensionOID.SUBJECT_ALTERNATIVE_NAME, _der(0x30, listed)
        )
        builder = builder.add_extension(alternatives, critical=False)
    elif names:
        alternatives = x509.SubjectAlternativeName([_general_name(name) for name in names])
        builder = builder.add_extension(alternatives, critical=False)
    return builder


def _builder(
    subject: x509.Name,
    key: Key,
    not_before: datetime.datetime,
    not_after: datetime.datetime,
    issuer: Authority | None,
    own: Authority | None,
) -> x509.CertificateBuilder:
    signer = issuer or own
    signing_key = signer._key if signer else key
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.name if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=not signs_certificates,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _lifetime(not_before: When | None, not_after: When | None) -> tuple[datetime.datetime, datetime.datetime]:
    """From yesterday for thirty days; the end that was not given moves so that it stays before or after."""
    now = datetime.datetime.now(datetime.UTC)
    start = now + not_before if isinstance(not_before, datetime.timedelta) else not_before
    end = now + not_after if isinstance(not_after, datetime.timedelta) else not_after
    if start is None:
        start = min(now, end) - DAY if end else now - DAY
    if end is None:
        end = max(now, start) + 30 * DAY
    return start, end


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _der(tag: int, content: bytes) -> bytes:
    """A value of less than 128 bytes as ASN.1 encodes it."""
    assert len(content) < 128
    return bytes([tag, len(content)]) + content


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _store(folder: str, chain: list[x509.Certificate], key: Key) -> Certificate:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    cert_file = _write(folder, "cert.pem", b"".join(map(_pem, chain)))
    return Certificate(cert_file, _write(folder, "key.pem", private))


def _write(folder: str, name: str, content: bytes) -> str:
    path = os.path.join(folder, f"{next(_serial)}-{name}")
    with open(path, "wb") as file:
        file.write(content)
    return path
