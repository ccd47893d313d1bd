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
    """Seconds for one set or image, from the run's start."""
    jobs: int = 48
    ca_file: str | None = None
    overrides: tuple[Override, ...] = ()
    stored: bool = True
    """The sets are kept already, so that docker's logins are to agree with them."""
    workspace: str | None = None
    """The folder whose images are asked for; None where none is to be read."""
    images: tuple[str, ...] = ()
    """Images that are asked for besides, by their names."""
    images_alone: bool = False
    """Only those, and the sets that a pull of them uses."""
    warn_expiry_days: float = 7.0
    only: tuple[str, ...] = ()
    resend: bool = False
    """Send again what an earlier run had refused, even where that may lock somebody out."""
    ignore: tuple[str, ...] = ()
    """CAUSE or CAUSE@ID: such findings count as `info`."""

    def aimed_at(self, target: Target) -> Settings:
        """The settings of a run over a target. Values that are only tried need not agree with those kept."""
        aimed = self.but(resend=target.resend)
        if target.values:
            return aimed.but(only=(), stored=False, workspace=None, images=())
        if target.images_alone:
            return aimed.but(only=(), workspace=None, images=target.images, images_alone=True)
        images = tuple(dict.fromkeys((*self.images, *target.images)))
        return aimed.but(only=target.only or self.only, images=images)


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
    resend: bool = False
    """Whatever was refused before may be sent again."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.only and not self.values and not self.images_alone
