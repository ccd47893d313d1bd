"""What a run was asked to do."""

from __future__ import annotations

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import EngineMode, Variable


class Override(Record):
    """An address given by hand for one host and port, as `--resolve` of curl takes it."""

    host: str
    port: int
    address: str
    to_port: int


class Settings(Record):
    """The options of a diagnosis; the defaults are those of the command line."""

    engine: EngineMode = "auto"
    offline: bool = False
    timeout: float = 20.0
    """Seconds for one set, from the run's start."""
    jobs: int = 16
    ca_file: str | None = None
    overrides: tuple[Override, ...] = ()
    warn_expiry_days: float = 7.0
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    """CAUSE or CAUSE@ID: such findings count as `info`."""


class Target(Record):
    """What one run is to examine; everything, if nothing is named."""

    only: tuple[str, ...] = ()
    """These sets alone."""
    values: tuple[Variable, ...] = ()
    """These variables alone stand for the environment."""
    images: tuple[str, ...] = ()
    """These images besides what is found."""
    images_alone: bool = False
    """Nothing but those images, and the sets that a pull of them uses."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.only and not self.values and not self.images_alone
