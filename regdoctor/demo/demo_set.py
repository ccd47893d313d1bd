"""What a set of the demo is: its values, its registry, and what a diagnosis must say of it."""

from __future__ import annotations

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.demo.conduct import Peer


class DemoSet(Record):
    """One set of the demo."""

    id: str
    peer: Peer
    """Its registry. Two sets may share one."""
    values: Mapping[str, str | Callable[[], str]]
    """Last word of a variable's name → value, or what makes it where that depends on the clock.

    Without a SERVER, that is the registry's host.
    """
    verdict: str | None
    """The cause of its first finding; None where there is nothing to find."""
    mended: bool = False
    """The diagnosis finds fixes, and shows that the set works with them."""

    def variables(self) -> dict[str, str]:
        """Its variables, as Codespaces would put them into the environment."""
        values = {"SERVER": self.peer.host, **self.values}
        return {
            f"{self.id}_CONTAINER_REGISTRY_{word}": value if isinstance(value, str) else value()
            for word, value in values.items()
        }
