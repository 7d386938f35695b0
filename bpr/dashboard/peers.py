"""Where a request comes from: its address, its scheme, and the proxies that are believed (security.toml)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

import flask

from bpr.errors import SettingsError
from bpr.settings.security import ProxyRules

LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_LONGEST: Final = 64
"""An address is never longer; what stands in a header may be anything."""

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Peers:
    """Whom the server believes: proxies by their networks, itself by its names."""

    header: str
    trusted: tuple[Network, ...]
    hosts: frozenset[str]
    """Names, beyond those of this machine, under which people with accounts may come."""

    @classmethod
    def known(cls, rules: ProxyRules, hosts: Collection[str]) -> "Peers":
        """Read the rules once; `SettingsError` for what is no address."""
        names = (_bracketed(name.strip().lower()) for name in hosts)
        trusted = tuple(_network(one) for one in rules.trusted)
        return cls(rules.header, trusted, frozenset(filter(None, names)))

    def is_trusted(self) -> bool:
        """Tell whether the one who speaks to us is a proxy of ours."""
        return self._believes(flask.request.remote_addr or "")

    def place(self) -> str:
        """Return the address of the person: the last one that no proxy of ours has."""
        peer = flask.request.remote_addr or ""
        if not self.is_trusted():
            return peer
        told = flask.request.headers.get("X-Forwarded-For", "").split(",")
        passed = [_portless(one.strip()) for one in told if one.strip()]
        foreign = [one for one in passed if not self._believes(one)]
        return [peer, *passed[:1], *foreign][-1][:_LONGEST]

    def is_local(self) -> bool:
        """Tell whether the person sits at this machine."""
        address = _address(self.place())
        return address is not None and address.is_loopback

    def is_https(self) -> bool:
        """Tell whether the person came by HTTPS, as far as we or a proxy of ours can tell."""
        told = flask.request.headers.get("X-Forwarded-Proto", "") if self.is_trusted() else ""
        return flask.request.is_secure or told.strip().lower() == "https"

    def vouched(self) -> list[str]:
        """Names of the one that a proxy of ours vouches for: as told, and without a domain."""
        if not self.header or not self.is_trusted():
            return []
        name = flask.request.headers.get(self.header, "").strip()
        return [one for one in (name, name.rpartition("\\")[2]) if one]

    def serves(self, *, beyond: bool) -> bool:
        """Tell whether the request names a host of ours (else somebody has bent a name to us)."""
        known = LOOPBACK_HOSTS | self.hosts if beyond else LOOPBACK_HOSTS
        return _host_name(flask.request.host) in known

    def is_own_origin(self) -> bool:
        """Tell whether a write comes from a page of ours, where the browser says from which."""
        if flask.request.headers.get("Sec-Fetch-Site", "same-origin") not in {
            "same-origin",
            "none",
        }:
            return False
        origin = flask.request.headers.get("Origin")
        if origin is None:
            return True
        place = origin.partition("://")[2].lower()
        return place == flask.request.host.lower() or _host_name(place) in self.hosts

    def _believes(self, text: str) -> bool:
        address = _address(text)
        return address is not None and any(address in network for network in self.trusted)


def split_hosts(text: str | None) -> Sequence[str]:
    """Names that BPR_HOSTS lists, separated by commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _host_name(host: str) -> str:
    """`bpr.example:8050` -> `bpr.example`; an IPv6 address keeps its brackets."""
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.lower()


def _portless(address: str) -> str:
    """`192.0.2.9:51234` -> `192.0.2.9`: some proxies (IIS) tell the port too."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        msg = f"security.toml の proxy.trusted「{text}」は番地として読めません。127.0.0.1 や 10.0.0.0/24 のように書いてください。"
        raise SettingsError(msg) from error
