"""IBM Cloud Container Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

ICR = Registry(
    id="icr",
    name="IBM Cloud Container Registry",
    identifier="ICR",
    hosts=(r"((private|us|uk|de|es|au|jp2?|ca2?|br|in2?|cp)\.)*icr\.io",),
    aliases=(r"registry(\.(ng|eu-de|eu-gb|au-syd))?\.bluemix\.net",),
    realms=(r"icr\.io/oauth/token$",),
    credential="API key, with the user iamapikey",
    credential_page="https://cloud.ibm.com/iam/apikeys",
    documentation="https://cloud.ibm.com/docs/Registry",
)
