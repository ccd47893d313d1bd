"""One image under examination, and the credential that a pull of it would use."""

from __future__ import annotations

from regdoctor.address import Endpoint, endpoint_of, read_address
from regdoctor.checks.case import Case, HostFacts
from regdoctor.model import SecretSet, Variable
from regdoctor.record import Record
from regdoctor.reference import read_reference
from regdoctor.registries import PLAIN, Registry, recognise
from regdoctor.registries.credentials import looks_secret, secret_parts
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.model import Image, SetResult
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World
    from regdoctor.registries.judgement import Values
    from regdoctor.settings import Settings

NO_CREDENTIAL = "no credential"
CODESPACES_OWN = "this codespace's own token"


class Claim(Record):
    """The credential that a pull would use."""

    set_id: str | None = None
    """The set that it is, or None where it is docker's own, the codespace's, or nobody's."""
    source: str = NO_CREDENTIAL
    """Where it comes from, as it stands in a sentence: "the set GHCR", "docker's entry for ghcr.io"."""
    user: str = ""
    password: Secret | None = None
    """None where the pull is anonymous, or an identity token stands for it."""
    identity_token: Secret | None = None
    """An OAuth2 refresh token, as `az acr login` leaves one in docker's configuration."""

    hindered_by: tuple[str, ...] = ()
    """Causes that keep a login from being used which seems to be there; `source` says how."""

    @property
    def anonymous(self) -> bool:
        """Whether nothing would be sent."""
        return self.password is None and self.identity_token is None


def pull_endpoint(domain: str) -> Endpoint | None:
    """Where docker asks for an image of this host: Docker Hub's API has a name of its own."""
    address = read_address(domain)
    if address is None:
        return None
    host = address.host.lower()
    registry = recognise(host)
    if registry.login_host and registry.is_login_host(host) and address.port is None:
        return endpoint_of(registry.login_host)
    return endpoint_of(address.host, address.port)


class PullCase(Case):
    """An image, the claim to it, and the world in which it is asked for."""

    def __init__(
        self,
        image: Image,
        claim: Claim,
        settings: Settings,
        world: World,
        deadline: Deadline,
        platform: str,
        set_result: SetResult | None = None,
        *,
        host: HostFacts | None = None,
    ) -> None:
        """`platform` is this machine's; `set_result` what is known of the claim's set; `host` what is known
        of the registry's host already, so that nothing is asked there twice."""
        domain = reference.domain if (reference := read_reference(image.reference)) else ""
        nobodys = SecretSet(
            "",
            server=Variable("", Secret(domain)),
            shown_server=domain,
            shown_user=None if looks_secret(claim.user) else claim.user,
        )
        super().__init__(set_result.secret_set if set_result else nobodys, host, settings, world, deadline)
        self.image = image
        self.reference = reference
        self.claim = claim
        self.platform = image.platform or platform
        self.set_result = set_result
        self.endpoint = pull_endpoint(domain)
        self.registry: Registry = recognise(self.endpoint.host) if self.endpoint else PLAIN
        if host is None and self.endpoint is not None:
            self.host = HostFacts(self.endpoint)
        for secret in (claim.password, claim.identity_token):
            for part in secret_parts(secret.reveal()) if secret else ():
                world.redactor.add(Secret(part))

    @property
    def user(self) -> str:
        """The user name that the pull sends."""
        return self.claim.user

    @property
    def password(self) -> Secret:
        """The password that the pull sends; empty where it sends none."""
        return self.claim.password or Secret("")

    @property
    def identity_token(self) -> Secret | None:
        """What the pull sends instead of user and password."""
        return self.claim.identity_token

    @property
    def source(self) -> str:
        """Where the credential comes from, if it is no set's."""
        return "" if self.claim.set_id is not None else self.claim.source

    @property
    def anonymous(self) -> bool:
        """Whether the pull sends nothing that says who asks."""
        return self.claim.anonymous

    @property
    def values(self) -> Values:
        """The credential of the pull, for the registry's own rules."""
        password = self.identity_token or self.password
        return self.values_of(self.host.endpoint.host, self.user, password.reveal())

    def facts(self) -> Mapping[str, str]:
        """What the texts may say of this image. A credential of no set is called by where it comes from."""
        known = {
            **super().facts(),
            "image": self.clean(self.image.reference),
            "platform": self.clean(self.platform),
        }
        if self.reference is not None:
            known |= {
                "repository": self.clean(self.reference.repository),
                "tag": self.clean(self.reference.version),
            }
        if self.claim.set_id is None:
            source = self.clean(self.claim.source)
            known |= dict.fromkeys(("holder", "variable", "user_variable", "password_variable"), source)
            known |= {"server_variable": "the image's name", "selection": f"--image '{known['image']}'"}
            known.pop("id")
        return known
