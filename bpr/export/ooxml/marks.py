"""Marks on the cells of a workbook: those of an earlier return go, new ones come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bpr.export.ooxml.book import Book, SheetPart
from bpr.export.ooxml.comments import Comments
from bpr.export.ooxml.grid import Grid, Place, address
from bpr.export.ooxml.listing import NAME, Line, add_list, is_fresh_list, is_list
from bpr.export.ooxml.package import Package
from bpr.export.ooxml.styles import Styles

_REWRITERS: Final = (b"LibreOffice", b"OpenOffice")
"""Programs that write the hidden color of a fill anew."""
_SEVERITIES: Final = ("error", "warning")


@dataclass(frozen=True)
class Note:
    """What is to be said at a cell."""

    place: Place
    severity: str
    lines: tuple[str, ...]


class MarkedBook:
    """A workbook without earlier marks, to be marked and saved once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._book = Book(package)
        self._styles = Styles(package)
        self._grids: dict[str, Grid] = {}
        self._comments = {
            sheet.path: Comments(package, sheet.path)
            for sheet in self._book.sheets
            if sheet.has_cells
        }
        self._erase()
        self.sheets: Final = {s.name: s for s in self._book.sheets if s.has_cells}
        """Sheets with cells, by name, in order."""

    def _erase(self) -> None:
        named = [s for s in self._book.sheets if s.has_cells and s.name.startswith(NAME)]
        lists = [sheet for sheet in named if is_list(self._package, sheet.path)]
        fresh = any(is_fresh_list(self._package, sheet.path) for sheet in lists)
        noted = [path for path, comments in self._comments.items() if comments.has_ours()]
        for path in noted:
            self._comments[path].erase()
        if lists or noted or self._styles.has_marks():
            self._styles.unmark(trusted=fresh or not self._is_rewritten())
        for sheet in lists:
            self._book.remove(sheet)
            del self._comments[sheet.path]

    def _is_rewritten(self) -> bool:
        """Tell whether the workbook was last saved by a program that forgets hidden colors."""
        told = self._package.target("", "extended-properties")
        return told is not None and any(n in self._package.data(told) for n in _REWRITERS)

    def mark(self, sheet: SheetPart, notes: Iterable[Note]) -> None:
        """Color cells and comment on them; of a merged range, the cell that is seen."""
        grid = self._grid(sheet.path)
        by_place: dict[Place, list[Note]] = {}
        for note in notes:
            by_place.setdefault(grid.shown_at(note.place), []).append(note)
        for place, told in sorted(by_place.items()):
            severity = min((note.severity for note in told), key=_SEVERITIES.index)
            grid.set_style(place, self._styles.marked(grid.style(place), severity))
            self._comments[sheet.path].put(grid, place, _lines(place, told))

    def save(self, notes: Sequence[str], lines: Sequence[Line]) -> bytes:
        """Bytes of the workbook, with the list of findings in front."""
        for path, comments in self._comments.items():
            comments.close(partial(self._grid, path))
        self._book.stop_sharing()
        add_list(self._package, self._book, self._styles, notes, lines)
        return self._package.save()

    def _grid(self, path: str) -> Grid:
        if path not in self._grids:
            self._grids[path] = Grid(self._package, path)
        return self._grids[path]


def _lines(place: Place, notes: Iterable[Note]) -> list[str]:
    """Lines of a comment; each note is set off, and names its cell if that is another one."""
    lines: list[str] = []
    for note in notes:
        lines += [""] if lines else []
        lines += [] if note.place == place else [f"（{address(note.place)}）"]
        lines += note.lines
    return lines
