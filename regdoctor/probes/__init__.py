"""The world: name service, sockets, TLS, HTTP, the Docker Engine. The only code that reaches outside.

A probe returns what it learnt or raises `ProbeFailure`; what it says is already free of credentials.
"""
