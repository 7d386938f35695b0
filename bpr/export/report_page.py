"""HTML as text: every word of a survey is escaped here, and tables, figures and pages are built."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from bpr.export.cells import safe_text

LONGEST: Final = 160
"""Signs of a survey's text that the report prints of one cell."""


@dataclass(frozen=True)
class Html:
    """Markup that is ready; whatever else goes into a page is text and is escaped."""

    markup: str


_SHORT: Final = 14
"""Rows of a table that is kept on one page."""
Part = Html | str | None


def mark(part: Part) -> str:
    """Markup as it is, text escaped; nothing is a dash. Text cannot turn what stands around it."""
    if isinstance(part, Html):
        return part.markup
    if part is None or part == "":
        return "–"
    clean = safe_text(part)
    shown = clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"
    return f"<bdi>{html.escape(shown)}</bdi>"


def escape(text: str) -> str:
    """Return a sentence of ours, which may hold names from a survey, as markup."""
    return html.escape(safe_text(text))


def paragraph(text: str, kind: str = "") -> Html:
    """Return one paragraph."""
    return Html(f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>")


def listing(texts: Sequence[str]) -> Html:
    """Return a list with a point per text."""
    return Html("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>")


def section(number: int, title: str, *parts: Html) -> Html:
    """Return a numbered part of the report under a heading of its own."""
    inside = "\n".join(part.markup for part in parts)
    head = f'<h2 id="part{number}-title">{number}　{escape(title)}</h2>'
    return Html(
        f'<section id="part{number}" aria-labelledby="part{number}-title">{head}\n{inside}</section>'
    )


def heading(text: str) -> Html:
    """Return a heading within a part."""
    return Html(f"<h3>{escape(text)}</h3>")


@dataclass(frozen=True)
class Table:
    """A table: its caption, labels and rows; the first `heads` cells of a row name it.

    `notes`: for each row a sentence that stands below it over the whole width (empty: none).
    `last_is_total`: the last row sums the others up. `widths`: per cent of each column.
    """

    caption: str
    labels: Sequence[str]
    rows: Sequence[Sequence[Part]]
    heads: int = 1
    notes: Sequence[str] = ()
    last_is_total: bool = False
    widths: Sequence[float] = ()

    def build(self) -> Html:
        """Return the markup; cells that begin with a number or a sign stand to the right."""
        cols = "".join(f'<col style="width:{width:g}%">' for width in self.widths)
        labels = "".join(f'<th scope="col">{escape(label)}</th>' for label in self.labels)
        bodies = []
        for number, row in enumerate(self.rows):
            total = self.last_is_total and number == len(self.rows) - 1
            lines = f"<tr{' class=total' if total else ''}>{self._cells(row)}</tr>"
            note = self.notes[number] if number < len(self.notes) else ""
            if note:
                lines += (
                    f'<tr class="why"><td colspan="{len(self.labels)}">{escape(note)}</td></tr>'
                )
            bodies.append(f"<tbody>{lines}</tbody>" if self.notes else lines)
        inside = "".join(bodies) if self.notes else f"<tbody>{''.join(bodies)}</tbody>"
        group = f"<colgroup>{cols}</colgroup>" if cols else ""
        return Html(
            f'<div class="scroll{"" if self.notes or len(self.rows) > _SHORT else " keep"}" role="region" tabindex="0" aria-label="{escape(self.caption)}"><table>'
            f"<caption>{escape(self.caption)}</caption>{group}"
            f"<thead><tr>{labels}</tr></thead>{inside}</table></div>"
        )

    def _cells(self, row: Sequence[Part]) -> str:
        cells = []
        for column, part in enumerate(row):
            if column < self.heads:
                cells.append(f'<th scope="row">{mark(part)}</th>')
            else:
                kind = ' class="n"' if isinstance(part, str) and is_number(part) else ""
                cells.append(f"<td{kind}>{mark(part)}</td>")
        return "".join(cells)


def is_number(text: str) -> bool:
    """Tell numbers as we write them (1,234 −5 12.3% 34〜56) from words."""
    return bool(set(text) & set("0123456789–")) and not set(text) - set("0123456789,.%−〜– （）")


def document(title: str, *parts: Html) -> bytes:
    """Return the whole file in UTF-8: Japanese, offline, without a script."""
    style = resources.files("bpr.export").joinpath("report.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    inside = "\n".join(part.markup for part in parts)
    return (
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{inside}\n</main>\n</body>\n</html>\n"
    ).encode()
