"""Passwords: rules for new ones, hashes by argon2id; nothing here keeps or logs a password."""

import secrets
from contextlib import suppress
from functools import cache
from math import ceil
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bpr.errors import InputError
from bpr.settings.security import PasswordRules

_HASHER: Final = PasswordHasher()
"""argon2id with the library's parameters (RFC 9106, low memory)."""
_LONGEST: Final = 256
_CLEAR: Final = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
_GROUP: Final = 4
_GROUPS: Final = 4
_TRIES: Final = 1000


@cache
def _hash_of_nobody() -> str:
    """Return what is checked where there is no such account, so that the answer takes as long."""
    return _HASHER.hash("nobody")


def make_password(account: str, rules: PasswordRules) -> str:
    """Return a password by chance that keeps the rules, without letters that look alike."""
    groups = max(_GROUPS, ceil((rules.min_length + 1) / (_GROUP + 1)))
    for _ in range(_TRIES):
        parts = ["".join(secrets.choice(_CLEAR) for _ in range(_GROUP)) for _ in range(groups)]
        found = "-".join(parts)
        with suppress(InputError):
            check_password(found, account, rules)
            return found
    msg = "no password keeps the rules of security.toml"
    raise AssertionError(msg)


def check_password(password: str, account: str, rules: PasswordRules) -> None:
    """Raise `InputError` where a new password breaks the rules."""
    if len(password) < rules.min_length:
        msg = f"パスワードは {rules.min_length} 文字以上にしてください。"
        raise InputError(msg)
    if len(password) > _LONGEST:
        msg = f"パスワードは {_LONGEST} 文字までにしてください。"
        raise InputError(msg)
    kinds = (str.isupper, str.islower, str.isdigit, _is_other)
    if sum(any(map(kind, password)) for kind in kinds) < rules.must_mix:
        msg = f"パスワードには、英大文字・英小文字・数字・その他（記号、かな、漢字）のうち {rules.must_mix} 種類以上を混ぜてください。"
        raise InputError(msg)
    if account.casefold() in password.casefold():
        raise InputError("パスワードにアカウントの名前を入れないでください。")


def _is_other(character: str) -> bool:
    """Whether it is a sign, or a letter of a script without capitals."""
    return not (character.isupper() or character.islower() or character.isdigit())


def hash_password(password: str) -> str:
    """Return what may be kept of a password."""
    return _HASHER.hash(password)


def is_password(kept: str | None, given: str) -> bool:
    """Tell whether a password is the one that was kept; takes as long where none was kept."""
    try:
        return _HASHER.verify(kept or _hash_of_nobody(), given[:_LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
