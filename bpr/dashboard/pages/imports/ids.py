"""取込: ids of the page, and of the parts that come once for each file or column."""

from enum import StrEnum
from hashlib import blake2b


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "imports-answer"
    INTAKE = "imports-intake"
    TODO = "imports-todo"
    UPLOAD = "imports-upload"
    UPLOAD_BUTTON = "imports-upload-button"
    OFFICES = "imports-offices"
    OFFICES_BUTTON = "imports-offices-button"
    TEMPLATES = "imports-templates"
    RETURN_ALL = "imports-return-all"
    DOWNLOAD = "imports-download"
    JOB = "imports-job"
    POLL = "imports-poll"
    PROGRESS = "imports-progress"
    COLLECTION = "imports-collection"
    SORT = "imports-sort"
    DETAIL = "imports-detail"
    FINDINGS = "findings"
    SEVERITY = "imports-severity"
    CSV = "imports-csv"
    XLSX = "imports-xlsx"
    READINGS = "readings"
    PLACE = "imports-place"
    CONFIRM = "imports-confirm"
    WITHDRAWING = "imports-withdrawing"
    ASK = "imports-ask"
    CHANGED = "imports-changed"
    KEPT = "imports-kept"
    VISITED = "imports-visited"


class Parts(StrEnum):
    """Kinds of parts that come many times; a part's id is (kind, of)."""

    SORT = "imports-sort-by"
    RETURN = "imports-return"
    WITHDRAW = "imports-withdraw"
    RESTORE = "imports-restore"
    FIELD = "imports-field"


def part_id(kind: Parts, of: str) -> dict[str, str]:
    """Id of one part; `of` is a token or a column letter, never a text of a survey."""
    return {"type": kind.value, "of": of}


def token(name: str) -> str:
    """Stand-in for a file's name where only plain letters may stand."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
