"""Under which name a workbook is kept: two offices may send 「調査票.xlsx」, one may send it twice.

A file is another office's when its name is known but its divisions are others; their names are
read from the content. It is then kept as 「調査票（市民課）.xlsx」. A marked workbook that was mended
and sent back (調査票_指摘あり.xlsx) replaces the one that it was made of.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from bpr.pipeline import Workbook
from bpr.read.answers import read_answers
from bpr.read.request import Request
from bpr.settings.survey import SurveySettings
from bpr.store import Act, Store, Upload, UploadRecord, make_upload
from bpr.text import is_blank, normalize, squeeze
from bpr.workspace.returns import possible_returns

Outcome: TypeAlias = Literal["new", "replaced", "unchanged", "older", "withdrawn"]

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DEPARTMENT = re.compile(r"^\S+部 (?=\S)")
_LONGEST: Final = 200


@dataclass(frozen=True)
class Received:
    """What became of a file, and the name it is kept under.

    older: a mended one has come since; withdrawn: the same file was taken out of the count.
    """

    name: str
    outcome: Outcome


@dataclass(frozen=True)
class Intake:
    """What became of several files, in their order."""

    files: tuple[Received, ...]

    @property
    def changed(self) -> list[str]:
        """Names that are new or replace an earlier file."""
        return [f.name for f in self.files if f.outcome in {"new", "replaced"}]

    def names(self, outcome: Outcome) -> list[str]:
        """Names of the files with this outcome."""
        return [f.name for f in self.files if f.outcome == outcome]


@dataclass(frozen=True)
class Desk:
    """Where files come in: the store, how their divisions are read, who acts."""

    store: Store
    survey: SurveySettings
    request: Request
    act: Callable[[], Act]
    _known: dict[str, list[str]] = field(default_factory=dict)
    """Hash -> divisions of what was read here already."""

    def receive(self, workbook: Workbook) -> Received:
        """Keep one workbook. Decided anew where another program was quicker."""
        given = clean_name(workbook.name)
        upload = make_upload(given, workbook.data)
        while True:
            records = self.store.list_records()
            name = self._choose_name(upload, records)
            last = next((record for record in records if record.name == name), None)
            if last and last.sha256 == upload.sha256:
                return Received(name, "withdrawn" if last.withdrawn else "unchanged")
            if last and last.given_name != given and self.store.knows_upload(name, upload.sha256):
                return Received(name, "older")
            kept = Upload(name, upload.sha256, upload.data)
            seen = last.id if last else None
            if self.store.add_upload(kept, given, seen, self.act()):
                return Received(name, "replaced" if last else "new")

    def _choose_name(self, upload: Upload, records: Sequence[UploadRecord]) -> str:
        """Return the name of the earlier upload that this one is, or a name of its own."""
        given = upload.name
        known = _find_same(upload, records)
        same = [record for record in records if _may_be(given, record)]
        if known or not same:
            return known or given
        own = self._divisions(upload)
        name = _own_name(given, own) if own else given
        same += [record for record in records if record.name == name and record not in same]
        return self._find_office(own, given, same) or _free(name, records)

    def _find_office(
        self, own: Sequence[str], given: str, same: Sequence[UploadRecord]
    ) -> str | None:
        """Name of the upload of the same division, else of one whose division nobody knows."""
        ordered = sorted(same, key=lambda record: record.name != given)
        if not own:  # then the name decides, unless it fits several
            return ordered[0].name if ordered[0].name == given or len(ordered) == 1 else None
        keys = set(map(squeeze, own))
        unknown = None
        for record in ordered:
            earlier = self.store.read_upload(record.name)
            theirs = set(map(squeeze, self._divisions(earlier))) if earlier else set()
            if keys & theirs:
                return record.name
            if not theirs:
                unknown = unknown or record.name
        return unknown

    def _divisions(self, upload: Upload) -> list[str]:
        """Divisions that the content of a workbook tells; its name says nothing here."""
        if upload.sha256 not in self._known:
            answers = read_answers([Workbook("", upload.data)], self.survey, self.request).answers
            names = answers["division"].drop_nulls().unique(maintain_order=True).to_list()
            told = [_DEPARTMENT.sub("", normalize(name)) for name in names if not is_blank(name)]
            self._known[upload.sha256] = told
        return self._known[upload.sha256]


def clean_name(name: str) -> str:
    """Name that every database and file system can hold; the ending stays."""
    text = _CONTROLS.sub("", name.encode("utf-8", "replace").decode()).strip() or "名前なし"
    stem, dot, suffix = text.rpartition(".")
    return text if len(text) <= _LONGEST else f"{stem[: _LONGEST - len(suffix) - 1]}{dot}{suffix}"


def _find_same(upload: Upload, records: Sequence[UploadRecord]) -> str | None:
    """Name of the same bytes under the same name, however many of its folders were told."""
    for record in records:
        if record.sha256 == upload.sha256:
            names = (record.name, record.given_name)
            if any(_is_tail(upload.name, name) for name in names):
                return record.name
    return None


def _may_be(given: str, record: UploadRecord) -> bool:
    """Whether a file of this name may be a newer one of an upload."""
    if given in {record.given_name, record.name}:
        return True
    return given.rpartition("/")[2] in possible_returns(record.name)


def _is_tail(name: str, other: str) -> bool:
    """Whether one name is the other without its first folders (調査票.xlsx, 朝/調査票.xlsx)."""
    parts, others = name.split("/"), other.split("/")
    size = min(len(parts), len(others))
    return parts[-size:] == others[-size:]


def _own_name(given: str, divisions: Sequence[str]) -> str:
    """調査票.xlsx of 市民課 -> 調査票（市民課）.xlsx."""
    stem, dot, suffix = given.rpartition(".")
    if not dot:
        stem, suffix = given, ""
    first = divisions[0].replace("/", "／") if divisions else ""
    more = "ほか" if len(divisions) > 1 else ""
    return clean_name(f"{stem}（{first}{more}）{dot}{suffix}")


def _free(name: str, records: Sequence[UploadRecord]) -> str:
    taken = {record.name for record in records}
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem}({number}){dot}{suffix}"
    return free
