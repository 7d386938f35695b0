"""TOML -> frozen dataclasses, strictly: an unknown key or a wrong value names file and key."""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import is_dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bpr.errors import SettingsError

T = TypeVar("T")

STRICT = ConfigDict(extra="forbid")
"""Configuration of every settings dataclass."""

_REASONS = {
    "missing": "必要な項目がありません",
    "unexpected_keyword_argument": "使えない項目です",
    "float": "数値で書いてください",
    "int": "整数で書いてください",
    "bool": "true か false で書いてください",
    "string_too_short": "文字がありません。文を書いてください",
    "string": '文字列（"" で囲む）で書いてください',
    "literal": "選べない値です",
    "tuple": "[ ] で囲んだ並びで書いてください",
    "too": "並びの数が合いません",
    "greater": "小さすぎます",
    "less": "大きすぎます",
    "dict": "[表] で書いてください",
    "dataclass": "[表] で書いてください",
    "union": "kind が ramp・choice・acts・words のどれかではありません",
}
"""Pydantic's kinds of errors, by full name or by their first word."""
_UNION_TAGS = frozenset({"ramp", "choice", "acts", "words"})
_LONGEST = 60


def load_settings(kind: type[T], filename: str, folder: Path | None) -> T:
    """Read `filename` from `folder` if it is there, else the file that comes with the product.

    Raises `SettingsError` with the file, the key and what was probably meant.
    """
    text = read_text(filename, folder)
    try:
        return TypeAdapter(kind).validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        msg = (
            f"設定ファイル {filename} が TOML として読めません（{error}）。書き方を直してください。"
        )
        raise SettingsError(msg) from error
    except ValidationError as error:
        raise SettingsError(_describe(error, filename, text, _list_keys(kind))) from error


def check_patterns(patterns: Iterable[str]) -> None:
    """See that every pattern is a regular expression; `ValueError` names the first that is not."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            msg = f"「{pattern}」は正規表現として読めません"
            raise ValueError(msg) from error


def read_text(filename: str, folder: Path | None) -> str:
    """Text of a settings file: the office's own, else the product's."""
    own = folder / filename if folder else None
    if own and own.is_file():
        return own.read_text(encoding="utf-8")
    return resources.files("bpr.settings").joinpath(filename).read_text(encoding="utf-8")


def _list_keys(kind: Any) -> set[str]:  # noqa: ANN401 - any annotation
    """Names of every field of a dataclass and of those below it."""
    keys: set[str] = set()
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        keys |= hints.keys()
        for hint in hints.values():
            keys |= _list_keys(hint)
    for part in get_args(kind):
        keys |= _list_keys(part)
    return keys


def _describe(error: ValidationError, filename: str, text: str, known: set[str]) -> str:
    """Name the key that was probably mistyped, else the first that is wrong."""
    errors = error.errors()
    mistyped = [e for e in errors if e["type"] == "unexpected_keyword_argument"]
    first = (mistyped or errors)[0]
    keys = first["loc"]
    path = [
        str(key)
        for place, key in enumerate(keys)
        if key not in _UNION_TAGS or place in {0, len(keys) - 1}
    ]
    if path and path[-1] in _UNION_TAGS and path[-1] not in text.split():
        path.pop()
    missing = [str(e["loc"][-1]) for e in errors if e["type"] == "missing"]
    hint = (suggest(path[-1], missing) or suggest(path[-1], sorted(known))) if mistyped else ""
    line = _line_of(path, text)
    where = f"{filename}（{line} 行目）" if line else filename
    value = "" if first["type"] == "missing" else f"値は {_shorten(repr(first['input']))} です。"
    return f"設定 {where}の「{'.'.join(path)}」：{_reason(first['type'], str(first['msg']))}{hint}。{value}"


def _reason(kind: str, message: str) -> str:
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return _REASONS.get(kind) or _REASONS.get(kind.split("_", maxsplit=1)[0]) or "値が合いません"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _line_of(path: list[str], text: str) -> int | None:
    """Line of the key, else of the nearest table that should hold it."""
    best, best_depth = None, 0
    table: list[str] = []
    items: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ITEM.match(line):
            here = table = [*match[1].split("."), str(items[match[1]])]
            items[match[1]] += 1
        elif match := _TABLE.match(line):
            here = table = match[1].split(".")
        elif match := _KEY.match(line):
            here = [*table, *match[1].replace('"', "").split(".")]
        else:
            continue
        if here == path[: len(here)] and len(here) > best_depth:
            best, best_depth = number, len(here)
    return best


_TABLE = re.compile(r"^\s*\[([^\[\]]+)\]")
_ITEM = re.compile(r"^\s*\[\[([^\[\]]+)\]\]")
_KEY = re.compile(r"^\s*([\w.-]+|\"[^\"]+\")\s*=")


def suggest(word: str, known: Iterable[str]) -> str:
    """Return 「（… のことですか）」 for the known word nearest to `word`, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"（{near[0]} のことですか）" if near else ""
