"""Options that several commands share about whom to ask: the list of divisions, the due day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bpr.errors import InputError
from bpr.export.template import Office
from bpr.read.offices import read_date, read_office_list
from bpr.settings.survey import SurveySettings

OFFICE_LIST = click.option(
    "--list",
    "office_list",
    type=click.Path(path_type=Path),
    metavar="一覧",
    help="課の一覧（.xlsx か .csv）。「課」の列と、あれば「部」「正規職員数」「非正規職員数」「提出期限」の列を読む。",
)
DUE = click.option(
    "--due", metavar="日付", help="提出期限（例 --due 2027-06-30）。一覧の期限が優先。"
)


def read_due(text: str | None) -> date | None:
    """Day of the option; InputError where it is none."""
    found = read_date(text) if text else None
    if text and found is None:
        msg = f"--due「{text}」は日付として読めません。--due 2027-06-30 のように書いてください。"
        raise InputError(msg)
    return found


def read_list(path: Path, survey: SurveySettings, plain: Office) -> list[Office]:
    """Read the divisions of a list; what it does not say is as in `plain`."""
    return [
        replace(
            plain,
            division=listed.division,
            department=listed.department,
            regular_staff=listed.regular_staff,
            nonregular_staff=listed.nonregular_staff,
            due=listed.due or plain.due,
        )
        for listed in read_office_list(str(path), read_list_bytes(path), survey)
    ]


def read_list_bytes(path: Path) -> bytes:
    """Bytes of a list; InputError where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"一覧「{path}」を開けません。場所と名前を確かめてください。"
        raise InputError(msg) from error
