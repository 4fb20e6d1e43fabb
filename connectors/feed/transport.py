"""Connections to the open internet only: the address that was checked is the one that is connected to."""

from __future__ import annotations

from collections.abc import Iterable

import httpcore2
import httpx2

from wakeel.sdk.outside import resolve

AT_ONCE, LINGER = 10, 5.0


class OutsideTransport(httpx2.AsyncHTTPTransport):
    """httpx2's transport on connections of ours; the name of the host stays for TLS and the Host header."""

    def __init__(self, *, allow_local: bool) -> None:
        trusted = httpx2.create_ssl_context(trust_env=False)
        super().__init__(verify=trusted, trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trusted,
            max_connections=AT_ONCE,
            keepalive_expiry=LINGER,
            network_backend=OutsideBackend(allow_local=allow_local),
        )


class OutsideBackend(httpcore2.AsyncNetworkBackend):
    """Looks a name up once, checks every address, and connects to those."""

    def __init__(self, *, allow_local: bool) -> None:
        self._allow_local = allow_local
        self._real = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address that answers."""
        failed: Exception = httpcore2.ConnectError()
        for address in await resolve(host, port, allow_local=self._allow_local):
            try:
                return await self._real.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed
