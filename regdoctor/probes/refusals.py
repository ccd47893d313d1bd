"""Credentials that were refused where one refusal too many locks somebody out.

They outlive a run: the app examines a set as often as one likes, and what its registry has refused is sent
once more only if that is wanted.
"""

from __future__ import annotations

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.address import Endpoint
    from regdoctor.secret import Secret

    Answers = Mapping[object, object]
    """As a `Memory` keeps them."""


class Sent(Record):
    """A credential, and the registry that it is for."""

    endpoint: Endpoint
    user: str
    password: Secret
    identity_token: Secret | None = None


class Refused(Record):
    """That a registry has refused a credential."""

    registry: str
    locks: str
    """What it does after failed logins, as it stands behind its name."""
    at: float
    """Seconds since the epoch."""
    source: str = ""
    """Where the credential comes from, if it is no set's."""


class Refusals:
    """What is known of refused credentials. Any thread may call its methods."""

    def __init__(self) -> None:
        self._known: dict[Sent, tuple[Refused, Answers]] = {}

    def of(self, sent: Sent) -> Refused | None:
        """That a credential was refused, if it was."""
        known = self._known.get(sent)
        return known[0] if known is not None else None

    def note(self, sent: Sent, refused: Refused, answers: Answers) -> None:
        """Remember a refusal, and all that was answered to the credential."""
        self._known[sent] = (refused, answers)

    def forget(self, sent: Sent) -> None:
        """Forget a refusal: the credential was accepted since."""
        self._known.pop(sent, None)

    def besides_sets(self) -> tuple[Refused, ...]:
        """The refusals of credentials that no set holds."""
        return tuple(refused for refused, _ in tuple(self._known.values()) if refused.source)

    def copy(self) -> Refusals:
        """What is known now, whatever comes to be known later."""
        same = Refusals()
        same._known = dict(self._known)
        return same

    def answers(self) -> Answers:
        """All that was answered to refused credentials."""
        return {key: answer for _, answers in self._known.values() for key, answer in answers.items()}
