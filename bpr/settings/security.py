"""Accounts and logins: passwords, sessions, throttling, a proxy that may vouch (security.toml)."""

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT

Positive = Annotated[int, Field(gt=0)]


@dataclass(config=STRICT, frozen=True)
class PasswordRules:
    """What a password must be: its length, and how many kinds of characters it mixes."""

    min_length: Annotated[int, Field(ge=8)]
    must_mix: Annotated[int, Field(ge=1, le=4)]


@dataclass(config=STRICT, frozen=True)
class SessionRules:
    """When a login ends by itself."""

    idle_minutes: Positive
    longest_hours: Positive


@dataclass(config=STRICT, frozen=True)
class LoginRules:
    """How many failed logins are borne within some minutes."""

    tries_per_name: Positive
    tries_per_place: Positive
    within_minutes: Positive


@dataclass(config=STRICT, frozen=True)
class ProxyRules:
    """The header in which a server in front names the person, and the addresses it comes from."""

    header: str
    trusted: tuple[str, ...]


@dataclass(config=STRICT, frozen=True)
class Retention:
    """How many days the bytes of replaced and withdrawn workbooks are kept."""

    uploads_days: Positive


@dataclass(config=STRICT, frozen=True)
class SecuritySettings:
    """All of security.toml."""

    password: PasswordRules
    session: SessionRules
    login: LoginRules
    proxy: ProxyRules
    retention: Retention
