"""TOML -> frozen dataclasses, strictly: an unknown key or a wrong value names file and key."""

import difflib
import tomllib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bpr.errors import SettingsError

T = TypeVar("T")

STRICT = ConfigDict(extra="forbid")
"""Configuration of every settings dataclass."""

_REASONS = {
    "missing": "必要な項目がありません",
    "unexpected_keyword_argument": "使えない項目です",
    "float_parsing": "数値で書いてください",
    "float_type": "数値で書いてください",
    "int_type": "整数で書いてください",
    "int_parsing": "整数で書いてください",
    "bool_parsing": "true か false で書いてください",
    "string_type": '文字列（"" で囲む）で書いてください',
    "literal_error": "選べない値です",
    "value_error": "",
}


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
        raise SettingsError(_describe(error, filename, text)) from error


def read_text(filename: str, folder: Path | None) -> str:
    """Text of a settings file: the office's own, else the product's."""
    own = folder / filename if folder else None
    if own and own.is_file():
        return own.read_text(encoding="utf-8")
    return resources.files("bpr.settings").joinpath(filename).read_text(encoding="utf-8")


def _describe(error: ValidationError, filename: str, text: str) -> str:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    reason = _REASONS.get(first["type"], "") or str(first["msg"])
    line = _line_of(place[-1] if place else "", text)
    hint = _similar_key(place, error) if first["type"] == "unexpected_keyword_argument" else ""
    where = f"{filename}（{line} 行目）" if line else filename
    return f"設定 {where} の「{'.'.join(place)}」：{reason}{hint}。値は {first['input']!r} です。"


def _line_of(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if key and key in line.split("#")[0]:
            return number
    return None


def _similar_key(place: list[str], error: ValidationError) -> str:
    missing = [str(e["loc"][-1]) for e in error.errors() if e["type"] == "missing"]
    return suggest(place[-1], missing)


def suggest(word: str, known: Iterable[str]) -> str:
    """Return 「（… のことですか）」 for the known word nearest to `word`, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"（{near[0]} のことですか）" if near else ""
