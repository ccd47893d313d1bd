"""Why a codespace has no secrets at all: it may be one of those that GitHub gives none. Pure."""

from __future__ import annotations

from regdoctor.causes import codespaces as causes
from regdoctor.causes.cause import finding as say
from regdoctor.codespace import environment_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.causes.cause import Cause
    from regdoctor.codespace.facts import Told
    from regdoctor.model import Finding


def secrets_not_injected(
    environ: Mapping[str, str],
    images: tuple[str, ...],
    told: Told,
    clean: Callable[[str], str],
) -> Finding | None:
    """Why there is no set for some images that need a credential; None where the codespace explains nothing.

    `images` are the references that a registry refused without a credential, and for whose host neither the
    environment nor the files of the codespace hold a set. `told` is what GitHub's API told, if anything.
    """
    environment = environment_of(environ)
    if not environment.codespace or not images:
        return None
    reasons: list[tuple[Cause, str]] = []
    ours = told.repository
    if ours is not None and ours.may_write is False:
        reasons.append(
            (causes.NO_WRITE_ACCESS, f"GitHub's API says that you may not push to {ours.full_name}")
        )
    if ours is not None and ours.fork:
        reasons.append((causes.FORK, f"GitHub's API says that {ours.full_name} is a fork"))
    if environment.recovery_container:
        reasons.append((causes.RECOVERY, "CODESPACES_RECOVERY_CONTAINER is true"))
    if not reasons:
        return None
    evidence = [f"{image} needs a login, and there is no set for its registry" for image in images[:5]]
    evidence += [why for _, why in reasons]
    if told.prebuilt:
        evidence.append(
            "this codespace was made from a prebuild, which is given the secrets of the repository and of "
            "its organisation, never those of your own account"
        )
    return say(reasons[0][0], {}, evidence=tuple(map(clean, evidence)))
