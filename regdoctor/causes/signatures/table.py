"""The words by which programs and registries give a cause away: all of them, in order.

One module for each family: adding a known failure is one entry there, and one recorded text in the tests.
Words of one program or vendor that mean one thing come first, then those that all share, then bare
statuses, and last what merely follows from a failure.
"""

from __future__ import annotations

from regdoctor.causes.signatures.accounts import ACCOUNTS
from regdoctor.causes.signatures.aws import AMAZON
from regdoctor.causes.signatures.azure import AZURE
from regdoctor.causes.signatures.clients import CLIENTS
from regdoctor.causes.signatures.docker import DOCKER
from regdoctor.causes.signatures.github import GITHUB_PACKAGES
from regdoctor.causes.signatures.google import GOOGLE_CLOUD
from regdoctor.causes.signatures.images import IMAGES
from regdoctor.causes.signatures.languages import LANGUAGES
from regdoctor.causes.signatures.network import LAYERS, NETWORK
from regdoctor.causes.signatures.past import PAST
from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.statuses import CONSEQUENCES, STATUSES
from regdoctor.causes.signatures.vendors import RETIRED, VENDORS

SIGNATURES: tuple[Signature, ...] = (
    *RETIRED,
    *LAYERS,
    *PAST,
    *DOCKER,
    *AMAZON,
    *AZURE,
    *GOOGLE_CLOUD,
    *GITHUB_PACKAGES,
    *VENDORS,
    *CLIENTS,
    *LANGUAGES,
    *ACCOUNTS,
    *NETWORK,
    *IMAGES,
    *STATUSES,
    *CONSEQUENCES,
)
"""From the most telling to the least: of those of one level, the first that fits is the answer."""
