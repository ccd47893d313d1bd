"""Owns the moto server: an imitation of AWS whose ECR knows the keys that were made in its IAM.

It checks keys, signatures and policies, but not regions, and its ECR refuses in XML, which AWS's does not:
it proves the wiring, and `tests.lab.aws` the words.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import boto3

from tests.lab.aws import Key
from tests.lab.programs import plain_environment
from tests.lab.service import Service

ACCOUNT = "123456789012"
"""moto's only account, if nobody asks for another."""
TOKEN = f"{ACCOUNT}-auth-token"
"""The password that it gives everybody for the user AWS, with an end in 2015."""
_START_SECONDS = 30.0


class Moto:
    """A server of its own process, which listens on 127.0.0.1 in plain HTTP."""

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lab-moto-"))
            command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", "0"]
            self._service = Service(command, folder, plain_environment(folder))
            stack.callback(self._service.stop)
            self.url = self._service.wait_until("says where it listens", self._address, _START_SECONDS)
            self._check_everything(True)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def make_key(self, user: str, *allowed: str) -> Key:
        """A new IAM user who may do what is named, and an access key of his."""
        with self._unchecked(), contextlib.closing(self._iam()) as iam:
            iam.create_user(UserName=user)
            statement = {"Effect": "Allow", "Action": [*allowed, "iam:GetUser"], "Resource": "*"}
            document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            iam.put_user_policy(UserName=user, PolicyName="lab", PolicyDocument=document)
            made = iam.create_access_key(UserName=user)["AccessKey"]
        return Key(made["AccessKeyId"], made["SecretAccessKey"], user, ACCOUNT)

    def _iam(self) -> Any:
        nobody = boto3.Session("nobody", "nothing", region_name="us-east-1")
        return nobody.client("iam", endpoint_url=self.url)

    @contextlib.contextmanager
    def _unchecked(self) -> Iterator[None]:
        self._check_everything(False)
        try:
            yield
        finally:
            self._check_everything(True)

    def _check_everything(self, wanted: bool) -> None:
        """After how many more requests it looks at who asks."""
        body = b"0" if wanted else b"inf"
        request = urllib.request.Request(
            f"{self.url}/moto-api/reset-auth", body, {"Content-Type": "text/plain"}, method="POST"
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            assert answer.status == 200

    def _address(self) -> str | None:
        found = re.search(r"Running on (http://127\.0\.0\.1:[1-9]\d*)", self._service.err())
        return found[1] if found else None
