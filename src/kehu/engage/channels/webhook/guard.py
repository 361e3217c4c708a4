"""Where a webhook may go: to the public internet, or to hosts that the installation names; never to what lies inside.

A name is resolved once and the connection goes to that very address: a second answer of the name's server changes nothing.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from kehu.platform.errors import Invalid
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text

_PORTS = {"http": 80, "https": 443}
_DENIED = tuple(
    ip_network(one)
    for one in (
        "100.64.0.0/10",  # shared address space; Alibaba Cloud's metadata lies here, 100.100.100.200
        "169.254.0.0/16",  # link-local: metadata of most clouds, Tencent's 169.254.0.23
        "192.0.0.0/24",  # Oracle Cloud's metadata, 192.0.0.192
        "192.88.99.0/24",  # relays of 6to4
        "::/96",  # IPv4 written as IPv6
        "64:ff9b::/96",  # NAT64 leads to any IPv4
        "64:ff9b:1::/48",  # the same, locally
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local, though retired
        "fd00:ec2::/32",  # Amazon's metadata
    )
)
Address = IPv4Address | IPv6Address


class TargetRefused(Invalid):
    """The address leads inside, or is none that a webhook may go to."""

    code = "target_refused"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这个地址不能用：它指向内网、本机或云平台的内部地址。确需发往内网时，请管理员把主机加进 KEHU_INTERNAL_HOSTS。",
                "This address cannot be used: it leads to an internal host. If it must, ask the administrator to add the host to KEHU_INTERNAL_HOSTS.",
            )
        )


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, decided: the address is never looked up again."""

    is_encrypted: bool
    host: str
    port: int
    address: str
    path: str

    @property
    def host_header(self) -> str:
        """The host as the request names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return (
            name if self.port == _PORTS["https" if self.is_encrypted else "http"] else f"{name}:{self.port}"
        )


def resolve_target(url: str) -> Target:
    """Return where a webhook's address leads. Raises TargetRefused, or OSError where the name has no address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise TargetRefused from None
    if parts.scheme not in _PORTS or not host or parts.username is not None or parts.password is not None:
        raise TargetRefused
    if any(c in url for c in "\\\r\n\t ") or "%" in host:
        raise TargetRefused
    port = port or _PORTS[parts.scheme]
    found = [info[4][0] for info in socket.getaddrinfo(_ascii(host), port, type=socket.SOCK_STREAM)]
    addresses = [ip_address(str(one).partition("%")[0]) for one in found]
    if not addresses or not all(may_reach(host, one) for one in addresses):
        raise TargetRefused
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", _ascii(host), port, str(addresses[0]), path)


def may_reach(host: str, address: Address) -> bool:
    """Whether an address may be connected to, under the name that was given for it."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if _is_named(host, address):
        return True
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address in network for network in _DENIED if network.version == address.version)


def _is_named(host: str, address: Address) -> bool:
    for one in environment().internal_hosts:
        try:
            if address in ip_network(one, strict=False):
                return True
        except (ValueError, TypeError):
            if one.casefold() == host.casefold():
                return True
    return False


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise TargetRefused from None
