"""The way into the single file. Read by any Python, so that one which is too old gets a sentence."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - nobody has checked before
    sys.stderr.write("regdoctor: it needs Python 3.11 or later, and this is %d.%d\n" % sys.version_info[:2])  # noqa: UP031
    sys.exit(3)

import unpacking

unpacking.run(sys.path[0])
