"""比較: ids of the page."""

from enum import StrEnum
from hashlib import blake2b


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "compare-answer"
    BODY = "compare-body"
    CHART = "compare-chart"
    BEFORE = "compare-before"
    AFTER = "compare-after"
    DIVISION = "compare-division"
    CONFIRM_ALL = "compare-confirm-all"
    EXCEL = "compare-excel"
    LINKS = "compare-links"
    POPULATION = "compare-population"
    EXPORT = "compare-export"
    TOWN = "compare-town"
    UPLOAD = "compare-upload"
    UPLOAD_BUTTON = "compare-upload-button"
    DOWNLOAD = "compare-download"
    KEPT = "compare-kept"
    VISITED = "compare-visited"


class Parts(StrEnum):
    """Kinds of buttons that come many times; a button's id is (kind, of)."""

    SAME = "compare-same"
    OTHER = "compare-other"
    WITHDRAW = "compare-withdraw"


def part_id(kind: Parts, of: str) -> dict[str, str]:
    """Id of one button; `of` is a token, never a text of a survey."""
    return {"type": kind.value, "of": of}


def token(*names: str | None) -> str:
    """Stand-in for names where only plain letters may stand."""
    text = "\0".join(name or "" for name in names)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
