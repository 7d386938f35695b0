"""The first values below a header, by column letter: what a person looks at to confirm a form."""

from bpr.read.cells import Refusal, column_letter, read_sheets, to_text


def read_samples(
    data: bytes, sheet: str, header_row: int, last_row: int, count: int
) -> dict[str, list[str]]:
    """First `count` different values of each column, between two 1-based Excel rows.

    Columns without any value are left out; so is everything where the sheet cannot be read.
    """
    sheets = read_sheets(data, lambda name, _visible: name != sheet)
    if isinstance(sheets, Refusal):
        return {}
    found: dict[str, list[str]] = {}
    for each in sheets:
        for row in each.rows[header_row:last_row] if each.name == sheet else ():
            for index, cell in enumerate(row):
                text = to_text(cell)
                known = found.setdefault(column_letter(index), []) if text else []
                if text and text not in known and len(known) < count:
                    known.append(text)
    return dict(sorted(found.items(), key=lambda item: (len(item[0]), item[0])))
