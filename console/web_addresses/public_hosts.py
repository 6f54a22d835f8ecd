"""Which machines may be asked at all: those of the public internet, never this server's own network."""

import ipaddress
from collections.abc import Callable

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
MayAsk = Callable[[IpAddress, int], bool]
_PORTS = frozenset({80, 443, 8080, 8443})
# Addresses in which others are written: NAT64 and 6to4 would lead into the network behind them.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: IpAddress, port: int) -> bool:
    """Return whether an address and port is one at which a public website may be."""
    inner = _written_in(address)
    return port in _PORTS and inner.is_global and not inner.is_multicast and not inner.is_reserved


def _written_in(address: IpAddress) -> IpAddress:
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address
