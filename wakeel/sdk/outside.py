"""Addresses on the open internet and none inside: where a link from a stranger, or from a recipe, may lead."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from wakeel.sdk.errors import Rejected, Unavailable

Address = IPv4Address | IPv6Address
INSIDE = tuple(
    map(
        ip_network,
        (
            *("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10"),  # parts of the first count as global in Python
            *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"),  # they carry an IPv4 address
            "fec0::/10",
        ),
    )
)


def read(address: str) -> Address:
    """Read an address as the system gives it, without its zone; one that only wraps another is that other."""
    found = ip_address(address.partition("%")[0])
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def is_outside(address: str) -> bool:
    """Say whether an address is one of the open internet."""
    found = read(address)
    special = found.is_multicast or found.is_reserved or found.is_unspecified
    return found.is_global and not special and not any(found in net for net in INSIDE if net.version == found.version)


async def resolve(host: str, port: int, *, allow_local: bool = False) -> list[str]:
    """Return the addresses of a host, all of which are outside; connect to one of them, and not to the name again.

    Raises Rejected where any leads inside: a name may have two. `allow_local` also takes this machine's own.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise Rejected("the address has no host that can be looked up") from error
    except socket.gaierror as error:
        raise Unavailable("the address has a host that nobody knows now") from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not all(is_outside(one) or (allow_local and read(one).is_loopback) for one in addresses):
        raise Rejected("the address leads to a machine inside, not to the open internet")
    return addresses
