"""The certificates of the embedded registries, shipped with the package.

They belong to the demo alone: nothing else trusts them, the key of their authority was never kept, and the
registries' private key is public. tests/demo/make_certificates.py makes them.
"""

from __future__ import annotations

import ssl
from importlib.resources import as_file, files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

CERTIFICATES = ("server", "expired", "other-name", "unknown-authority")
"""What an embedded registry may show: the right certificate, or one with a fault."""


def file_of(name: str) -> AbstractContextManager[Path]:
    """A file of this folder as a path, also where the package is inside an archive."""
    return as_file(files(__name__) / f"demo-{name}.pem")


def server_contexts() -> dict[str, ssl.SSLContext]:
    """The server's side of TLS, for each certificate."""
    contexts = {}
    for name in CERTIFICATES:
        context = contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with file_of(name) as certificate, file_of("private-key") as key:
            context.load_cert_chain(certificate, key)
    return contexts
