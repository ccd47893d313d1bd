"""What the detail is about: a set's or an image's name and the facts that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.phrases import credential_name, registry_name
from regdoctor.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs


class Heading(Prose):
    """A set's identifier and registry; below, its server, user and kind of credential."""

    subject: reactive[Subject | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """Name and facts."""
        match self.subject:
            case SetState():
                return self._of_set(self.subject)
            case ImageState():
                return self._of_image(self.subject)
        return ()

    def _of_set(self, state: SetState) -> tuple[Block, ...]:
        signs = self._signs
        found, credential = state.result.secret_set, state.result.credential
        facts = (
            f"server {signs.text(found.shown_server, 200)}" if found.server else "no server",
            f"user {signs.text(found.shown_user, 200)}" if found.user else "no user",
            signs.text(credential_name(credential), 100) if credential else "no password",
        )
        name = (signs.text(state.id, 200), "bold")
        vendor = signs.text(registry_name(state.result.registry), 60)
        return (
            Block(Content.assemble(name, signs.between, vendor)),
            Block(Content.styled(signs.between.join(facts), "$foreground-muted")),
        )

    def _of_image(self, state: ImageState) -> tuple[Block, ...]:
        signs, image = self._signs, state.result.image
        place = image.source if image.location is None else f"{image.source}, line {image.location.line}"
        used = f"pulled with set {state.result.set_id}" if state.result.set_id else "pulled without a set"
        facts = [f"named in {place}", used]
        if image.platform:
            facts.append(f"for {image.platform}")
        return (
            Block(Content.styled(signs.text(image.reference, 400), "bold")),
            Block(
                Content.styled(
                    signs.between.join(signs.text(fact, 300) for fact in facts), "$foreground-muted"
                )
            ),
        )
