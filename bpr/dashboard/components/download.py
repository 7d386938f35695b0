"""A workbook as what `dcc.Download` takes."""

from base64 import b64encode

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel_file(data: bytes, name: str) -> dict[str, str | bool]:
    """Bytes of an .xlsx under a file name."""
    content = b64encode(data).decode("ascii")
    return {"content": content, "filename": name, "type": _XLSX, "base64": True}
