"""Alibaba Cloud Container Registry.

Facts: https://www.alibabacloud.com/help/en/acr/ (the password is one that was set in the registry's console;
an AccessKey is none).
"""

from __future__ import annotations

import re

from regdoctor.registries.judgement import Trouble, Values, wrong_user
from regdoctor.registries.registry import Registry


def _judge(values: Values) -> tuple[Trouble, ...]:
    if re.fullmatch(r"LTAI[A-Za-z0-9]{12,20}", values.user):
        return (wrong_user(values, None, "the id of an AccessKey", severity="warning"),)
    return ()


ALIBABA = Registry(
    id="alibaba",
    name="Alibaba Cloud Container Registry",
    identifier="ALIBABA",
    hosts=(
        r"registry(-vpc|-internal|-intl)?\.[a-z0-9-]+\.aliyuncs\.com",
        r"crpi-[a-z0-9]+(-vpc)?\.[a-z0-9-]+\.personal\.cr\.aliyuncs\.com",
        r"[a-z0-9-]+-registry(-vpc)?\.[a-z0-9-]+\.cr\.aliyuncs\.com",
    ),
    # A region is cn-hangzhou or the like: under the names of storage, customers choose what stands before.
    token_hosts=(r"dockerauth(-[a-z]+)?(\.[a-z]{2}-[a-z0-9-]+)?\.aliyuncs\.com",),
    own_realm_only=True,
    realms=(r"^https://dockerauth[a-z0-9.-]*\.aliyuncs\.com/", r"^registry\.aliyuncs\.com:"),
    lifetimes=(("cr_temp_user", "within an hour of its creation"),),
    judge=_judge,
    credential="registry password set in the console",
)
