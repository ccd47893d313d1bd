"""The words by which programs and registries give a cause away: all of them, in order.

One module for each family: adding a known failure is one entry there, and one recorded text in the tests.
Words of one program or vendor that mean one thing come first, then those that all share, then bare
statuses, and last what merely follows from a failure.
"""

from __future__ import annotations

from regdoctor.causes.signatures.accounts import ACCOUNTS
from regdoctor.causes.signatures.aws import AMAZON
from regdoctor.causes.signatures.azure import AZURE
from regdoctor.causes.signatures.certificates import CERTIFICATES
from regdoctor.causes.signatures.clients import CLIENTS
from regdoctor.causes.signatures.clusters import CLUSTERS
from regdoctor.causes.signatures.connections import CONNECTIONS
from regdoctor.causes.signatures.consequences import CONSEQUENCES
from regdoctor.causes.signatures.devcontainer import DEV_CONTAINERS
from regdoctor.causes.signatures.dns import NAME_SERVICES
from regdoctor.causes.signatures.engine import DOCKER_ENGINE
from regdoctor.causes.signatures.github import GITHUB_PACKAGES
from regdoctor.causes.signatures.google import GOOGLE_CLOUD
from regdoctor.causes.signatures.hosted import SELF_HOSTED
from regdoctor.causes.signatures.images import IMAGES
from regdoctor.causes.signatures.languages import LANGUAGES
from regdoctor.causes.signatures.layers import LAYERS
from regdoctor.causes.signatures.libraries import LIBRARIES
from regdoctor.causes.signatures.logins import LOGINS
from regdoctor.causes.signatures.machines import MACHINES
from regdoctor.causes.signatures.names import NAMES
from regdoctor.causes.signatures.past import PAST
from regdoctor.causes.signatures.proxies import PROXIES
from regdoctor.causes.signatures.refusals import REFUSALS
from regdoctor.causes.signatures.retired import RETIRED
from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.statuses import STATUSES
from regdoctor.causes.signatures.timeouts import TIMEOUTS
from regdoctor.causes.signatures.tls import TLS
from regdoctor.causes.signatures.vendors import VENDORS

SIGNATURES: tuple[Signature, ...] = (
    *RETIRED,
    *LAYERS,
    *PAST,
    *DOCKER_ENGINE,
    *LIBRARIES,
    *LOGINS,
    *MACHINES,
    *NAMES,
    *DEV_CONTAINERS,
    *AMAZON,
    *AZURE,
    *GOOGLE_CLOUD,
    *GITHUB_PACKAGES,
    *VENDORS,
    *SELF_HOSTED,
    *CLIENTS,
    *CLUSTERS,
    *LANGUAGES,
    *ACCOUNTS,
    *PROXIES,
    *CERTIFICATES,
    *TLS,
    *NAME_SERVICES,
    *CONNECTIONS,
    *TIMEOUTS,
    *IMAGES,
    *STATUSES,
    *REFUSALS,
    *CONSEQUENCES,
)
"""From the most telling to the least: of those of one level, the first that fits is the answer."""
