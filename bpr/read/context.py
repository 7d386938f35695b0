"""What a workbook says outside its tables: town, year, division, and how many people it has.

It stands in titles and label cells, on cover sheets, in the names of sheets and files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bpr.frames import NUMBER_FIELDS
from bpr.read.cells import Sheet, to_text
from bpr.read.header import Column
from bpr.read.qualifiers import year_of
from bpr.settings.survey import SurveySettings
from bpr.text import header_key, normalize, squeeze

_ERA = re.compile(
    r"(令和|平成|昭和|R|H|S)\s*\.?\s*(\d{1,2}|元)\s*(?:年?\s*度|年分|年?実績|年?決算)"
)
_ERA_SPAN = re.compile(
    r"(令和|平成|R|H)\s*\.?\s*(\d{1,2}|元)\s*[年.]\s*4\s*(?:月|\.)[^~〜-]{0,8}[~〜-]"
)
_WESTERN_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年?度|年分|年?実績|年?決算)")
_ERA_CELL = re.compile(r"(令和|令|平成|平|昭和|昭|R|H|S)\.?(\d{1,2}|元)(?:[年./](\d{1,2}))?")
_FIRST_MONTH: Final = 4
_ERA_START: Final = {"令": 2018, "R": 2018, "平": 1988, "H": 1988, "昭": 1925, "S": 1925}
_MUNICIPALITY = re.compile(
    r"^([^\s\d、。_()【】]{1,8}?[市町村区])(?=\s|$|役|令和|平成|業務|事務|_|\()"
)
_DIVISION = re.compile(
    r"([^\s\d_\-.()【】「」]*?[^\s\d_\-.()【】「」](?:(?<![賦公日放])課|局|室))|"
    r"([^\s\d_\-.()【】「」]*?[^\s\d_\-.()【】「」](?:センター|館|署|事務所|支所|園))(?!\S*課)"
)
_IN_DEPARTMENT = re.compile(r"^([^\s]{1,8}部)[\s　]*([^\s]{1,12}(?:課|室|局|センター|事務所))$")
_UNIT = re.compile(r"([^\s\d_\-.()【】「」]*[^\s\d_\-.()【】「」](?:係|班|担当|グループ|チーム))$")
_OFFICES: Final = (
    ("unit", re.compile(r"[^\d]{1,12}(?:係|班|グループ|チーム)")),
    ("division", re.compile(r"[^\d]{1,14}(?:(?<![賦公日放])課|局|室|センター|館|事務所|支所)")),
    ("department", re.compile(r"[^\d]{1,10}部")),
)
_SUBJECT = re.compile(r"^([^\s\d]{1,10}(?<![賦公日放])課)([^\s\d]{1,8}係)?の")
_ELSEWHERE: Final = (
    "提出先",
    "提出",
    "問合せ",
    "問い合わせ",
    "宛",
    "送付",
    "照会",
    "担当:総務",
    "まで",
)
"""Words of lines that name another office than the one that answers."""
_ASKED_BESIDE = re.compile(r"^(?:.{0,3}者|.{0,3}氏名|職名|連絡先|電話番号|内線番号|内線|電話)$")
"""What a form asks beside 所属: the next label, no answer."""
_NO_TOWNS: Final = ("都市", "地区", "学区", "農村", "中心市")
_LONGEST_TITLE: Final = 40
_LONGEST_LEAD: Final = 8
_LETTERS: Final = 5
_LETTER: Final = 1
_MOST: Final = 0.6
_CALLED = ("調査票", "業務量調査", "業務量", "提出", "回答")
_COVER_ROWS: Final = 60
_STAFF_LABELS: Final = ("regular_staff", "nonregular_staff", "staff")
_COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:人|名)?$")


@dataclass(frozen=True)
class Context:
    """Values that hold for every row of a table; `notes` are (code, value, cell) to tell."""

    values: dict[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str, str | None], ...] = ()
    staff: float | None = None
    """People of the division, where a label cell tells their number."""


def read_context(
    workbook: str,
    sheet: Sheet,
    lines: list[list[str]],
    columns: Sequence[Column],
    survey: SurveySettings,
    cover: Context,
) -> Context:
    """Gather what the lines above a table, the cover sheet, the sheet's and file's name tell.

    `columns` are those of the table itself.
    """
    own = {column.field for column in columns}
    told = _read_lines(lines, survey)
    values = {
        **cover.values,
        **told.values,
        **_of_labels([c.header.split(" / ")[0] for c in columns]),
    }
    year = max((year_of(c.header) for c in columns if c.field in NUMBER_FIELDS), default=0)
    if year:
        values["fiscal_year"] = str(year)
    notes: list[tuple[str, str, str | None]] = []
    names = (sheet.name, _stem(workbook))
    if "division" not in own and "division" not in values:
        found = next(((m[1] or m[2], n) for n in names if (m := _DIVISION.search(_plain(n)))), None)
        if found:
            found = _without_town(found[0]), found[1]
            values["division"] = found[0]
            notes.append(("division-from-name", f"{found[0]}（{found[1]}）", None))
    if "unit" not in own and "unit" not in values and (m := _UNIT.search(_plain(sheet.name))):
        values["unit"] = m[1]
    if "fiscal_year" not in own and "fiscal_year" not in values:
        named = next((y for n in names if (y := find_year(normalize(n)))), None)
        if named:
            values["fiscal_year"] = str(named)
    if "municipality" not in values and (m := _MUNICIPALITY.match(normalize(_stem(workbook)))):
        values["municipality"] = m[1]
    if m := _IN_DEPARTMENT.match(values.get("division", "")):
        values.setdefault("department", m[1])
        values["division"] = m[2]
    return Context(values, tuple(notes), told.staff if told.staff is not None else cover.staff)


def read_cover(sheets: Sequence[Sheet], survey: SurveySettings) -> Context:
    """What the sheets without a table tell of the whole workbook (表紙, 提出票)."""
    values: dict[str, str] = {}
    staff = None
    for sheet in sheets:
        lines = [[t for t in map(to_text, row) if t] for row in sheet.rows[:_COVER_ROWS]]
        told = _read_lines(lines, survey)
        values = {**told.values, **values}
        staff = told.staff if staff is None else staff
    return Context(values, staff=staff)


def find_year(text: str) -> int | None:
    """Fiscal year in a text, as the western year of its April (令和6年度 -> 2024)."""
    if match := _ERA.search(text) or _ERA_SPAN.search(text):
        return _western(match[1], match[2])
    match = _WESTERN_YEAR.search(text)
    return int(match[1]) if match else None


def read_year(text: str) -> int | None:
    """Fiscal year of a cell of a year column: 2024, 令和6年度, R6, 令6, R6.4～R7.3."""
    plain = normalize(text)
    if year := find_year(plain):
        return year
    if match := _ERA_CELL.search(plain.upper().replace(" ", "")):
        early = match[3] is not None and int(match[3]) < _FIRST_MONTH
        return _western(match[1], match[2]) - early
    digits = re.match(r"((?:19|20)\d\d)(?:[年./-](\d{1,2}))?", plain)
    if digits is None:
        return None
    return int(digits[1]) - (digits[2] is not None and int(digits[2]) < _FIRST_MONTH)


def _western(era: str, year: str) -> int:
    return _ERA_START[era[0]] + (1 if year == "元" else int(year))


def _read_lines(lines: list[list[str]], survey: SurveySettings) -> Context:
    values = _label_cells(lines, survey)
    counts = [_people(values.pop(name, None)) for name in _STAFF_LABELS]
    regular, nonregular, both = counts
    parts = [count for count in (regular, nonregular) if count is not None]
    staff = both if both is not None else (sum(parts) if parts else None)
    for text in (normalize(cell) for line in lines for cell in (*_own(line), _spelled_out(line))):
        if text.startswith("※"):
            continue
        if year := find_year(text):
            values.setdefault("fiscal_year", str(year))
        if match := _MUNICIPALITY.match(text):
            values.setdefault("municipality", match[1])
        for kind, name in _offices(text).items():
            values.setdefault(kind, name)
    return Context(values, staff=staff)


def _own(line: list[str]) -> list[str]:
    """Cells of a line without those that stand beside 「提出先」 and the like."""
    return [cell for before, cell in zip(["", *line], line, strict=False) if not _leads(before)]


def _leads(label: str) -> bool:
    return len(label) <= _LONGEST_LEAD and any(word in normalize(label) for word in _ELSEWHERE)


def _spelled_out(line: list[str]) -> str:
    """Title that is written one letter a cell; empty for any other line."""
    single = len(line) >= _LETTERS and all(len(cell) <= _LETTER for cell in line)
    return "".join(line) if single else ""


def _offices(text: str) -> dict[str, str]:
    """Offices that a title names as words of their own: 税務課　町民税係, 【建築住宅課】."""
    text = text.split("※", maxsplit=1)[0].strip()
    if match := _SUBJECT.match(text):
        return {k: v for k, v in (("division", match[1]), ("unit", match[2])) if v}
    if len(text) > _LONGEST_TITLE or any(word in text for word in _ELSEWHERE):
        return {}
    found: dict[str, str] = {}
    words = re.split(r"[ :;/、【】()\[\]<>「」《》〔〕]", text)
    for word in filter(None, words):
        for kind, pattern in _OFFICES:
            if match := pattern.fullmatch(_without_town(word)):
                found[kind] = match[0]
                break
    return found


def _without_town(name: str) -> str:
    """白鷺町総務課 -> 総務課."""
    match = re.match(r"[^\s]{1,6}[市町村区](?=[^\s]{1,12}(?:課|部|局|室)$)", name)
    town = match is not None and match[0] not in _NO_TOWNS
    return name[match.end() :] if match and town else name


def _of_labels(labels: Sequence[str]) -> dict[str, str]:
    """Office that heads the columns of a table: 【資産税係】 over 業務名, 件数, 時間."""
    found: dict[str, str] = {}
    for label in set(labels):
        if labels.count(label) >= _MOST * len(labels):
            found.update(_offices(normalize(label)))
    return found


def _people(text: str | None) -> float | None:
    match = _COUNT.search(squeeze(text)) if text else None
    return float(match[1]) if match else None


def _stem(workbook: str) -> str:
    return workbook.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _plain(name: str) -> str:
    """Name without the words that every return's name holds (調査票_税務課)."""
    text = normalize(name)
    for word in _CALLED:
        text = text.replace(word, " ")
    return text.strip()


def _label_cells(lines: list[list[str]], survey: SurveySettings) -> dict[str, str]:
    """Read 「所属：税務課」 in one cell, or 「所属」 beside 「税務課」."""
    names = survey.label_cell_index
    found: dict[str, str] = {}
    for line in lines:
        for position, cell in enumerate([] if _spelled_out(line) else line):
            label, colon, rest = normalize(cell).partition(":")
            field = names.get(squeeze(label)) or names.get(_bare(label))
            following = line[position + 1] if position + 1 < len(line) else ""
            value = rest if colon and rest.strip() else following
            if not field or not value or squeeze(value).rstrip(":") in names:
                continue
            if header_key(value) not in survey.header_index and _fits(field, value):
                found.setdefault(field, value.strip())
    return found


def _fits(field: str, value: str) -> bool:
    if _ASKED_BESIDE.search(squeeze(value)):
        return False
    return field != "unit" or bool(_UNIT.search(normalize(value)))


def _bare(label: str) -> str:
    """Label without brackets and marks around it (【所属】, 正規職員数(人), ○課名)."""
    text = re.sub(r"[(（][^)）]*[)）]$", "", squeeze(label))
    return text.strip("【】[]〔〕<>《》■●○◆・")
