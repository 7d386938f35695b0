"""取込: what a click does - the workspace is told, and a sentence says what was done."""

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from bpr.dashboard.components.download import named_file
from bpr.dashboard.pages.imports.ids import token
from bpr.dashboard.pages.imports.readings import decided_fields, settled_text
from bpr.errors import InputError
from bpr.workspace import Workspace

_KIND = "application/octet-stream"


def take_files(workspace: Workspace, contents: Sequence[str], names: Sequence[str]) -> int:
    """Start to import the dropped files; return the job's id."""
    files = [
        (name, _bytes_of(name, content)) for name, content in zip(names, contents, strict=True)
    ]
    return workspace.start_import(files)


def take_offices(workspace: Workspace, content: str, name: str) -> str:
    """Keep a list of offices; return what to say."""
    rows = workspace.read_office_list(name, _bytes_of(name, content))
    workspace.set_offices(rows)
    return f"課の一覧（{len(rows)} 課）を登録しました。"


def _bytes_of(name: str, content: str) -> bytes:
    """Bytes of a data URL, as browsers make them of files; an empty file has no part after it."""
    try:
        return b64decode(content.partition(",")[2], validate=True)
    except binascii.Error as error:
        msg = f"「{name}」を受け取れませんでした。もう一度置いてください。"
        raise InputError(msg) from error


def name_of(workspace: Workspace, of: str) -> str:
    """Return the file that a button's id stands for."""
    wanted = of.partition("-")[0]
    names = [*workspace.report().workbooks["name"].to_list(), *workspace.list_withdrawn()]
    for name in names:
        if token(name) == wanted:
            return str(name)
    raise InputError("このファイルはもうありません。画面を開き直してください。")


def withdraw(workspace: Workspace, name: str) -> str:
    """Take a file out of the survey; return what to say."""
    workspace.withdraw(name)
    return f"「{name}」を取り下げました。表の下のほうの「戻す」で、いつでも戻せます。"


def restore(workspace: Workspace, name: str) -> str:
    """Put a file back into the survey; return what to say."""
    workspace.restore(name)
    return f"「{name}」を戻しました。"


def confirm(
    workspace: Workspace,
    place: Sequence[Any],
    ids: Sequence[Mapping[str, str]],
    values: Sequence[str],
) -> str:
    """Record how a form is read; return what it has settled."""
    own = (str(place[0]), str(place[1]), int(place[2]))
    decided = {one["of"]: value for one, value in zip(ids, values, strict=True)}
    workspace.confirm_form(*own, decided_fields(workspace.report(), own, decided))
    return settled_text(workspace.report(), own)


def as_download(name: str, data: bytes) -> dict[str, str | bool]:
    """File for `dcc.Download`; the browser knows its kind by its name."""
    return named_file(data, name, _KIND)


def changed() -> str:
    """Return a value unlike the last one, so that the page looks again."""
    return token_hex(6)
