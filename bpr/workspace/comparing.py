"""How we differ: exchange files of other towns, and word on many links between years at once."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr.errors import InputError
from bpr.export.exchange import write_exchange
from bpr.frames import DataFrame
from bpr.frames.exchange import ExchangeCells, ExchangeFile
from bpr.match.wordings import find_wordings
from bpr.read.exchange import read_exchange
from bpr.store import Edition, TownFile
from bpr.tabulate.exchange import digest_families, list_cells, sum_cells, suppress_cells
from bpr.text import normalize
from bpr.workspace.rights import Right, needs
from bpr.workspace.tabulating import TableCases

LONGEST_TOWN: Final = 40
_POPULATIONS: Final = range(100, 20_000_001)
_CLASS_ENDS: Final = {
    "under_10000": 10_000,
    "10000_30000": 30_000,
    "30000_50000": 50_000,
    "50000_100000": 100_000,
    "100000_300000": 300_000,
}


@dataclass(frozen=True)
class Town:
    """Another town under the name we gave it; `same_families`: it sorts common work as we do."""

    name: str
    file: ExchangeFile
    same_families: bool


class ComparisonCases(TableCases):
    """The workspace's use cases about comparing; `Workspace` inherits them."""

    @needs(Right.WHOLE)
    def list_surveyed(self) -> list[Edition]:
        """Editions into which workbooks came, the first first: those that can be compared."""
        editions = self.store.list_editions()
        return [one for one in editions if self._has_workbooks(one)]

    @needs(Right.WEIGH)
    def confirm_division_links(self, before: int, after: int, division: str | None) -> int:
        """Confirm every unconfirmed pair of a division (of the later year); return how many."""
        changes, _ = self.compare_editions(before, after)
        pairs = changes.filter(
            ~pl.col("confirmed"),
            pl.col("before_id").is_not_null(),
            pl.col("after_id").is_not_null(),
            pl.col("after_division").eq_missing(pl.lit(division)),
        )
        for before_id, after_id in pairs.select("before_id", "after_id").iter_rows():
            self.say_of_link(before, after, before_id, after_id, "confirm")
        return pairs.height

    @needs(Right.WHOLE)
    def own_cells(self) -> DataFrame[ExchangeCells]:
        """Our own aggregates, nothing suppressed: they stay in the house."""
        return self._remember(("cells",), lambda: self._sum(None))

    @needs(Right.WHOLE)
    def export_exchange(self, population: int) -> bytes:
        """Workbook of anonymous aggregates for other towns; small cells are suppressed."""
        if population not in _POPULATIONS:
            msg = f"人口「{population}」は使えません。{_POPULATIONS[0]:,}～{_POPULATIONS[-1]:,} の整数で入れてください。"
            raise InputError(msg)
        cells = self._sum(population)
        if not cells["tasks"].sum():
            raise InputError(
                "年間作業時間の分かる業務がありません。調査票を取り込んでから書き出してください。"
            )
        told = self._whole().fiscal_year
        year = self.edition().fiscal_year if told is None else told
        if year is None:
            raise InputError(
                "年度が分かりません。調査票に年度を書くか、bpr edition open で年度をつけた調査に取り込んでください。"
            )
        families = self.settings.common_work.families
        file = ExchangeFile(
            fiscal_year=year,
            population_class=classify_population(population),
            definitions=digest_families(families),
            cells=suppress_cells(cells),
        )
        return write_exchange(file, {name: one.label for name, one in families.items()})

    @needs(Right.COLLECT)
    def add_town(self, name: str, data: bytes) -> ExchangeFile:
        """Keep another town's exchange file under a name; `InputError` where it cannot be used."""
        town = normalize(name)
        if not town or len(town) > LONGEST_TOWN:
            msg = f"団体の呼び名を、1～{LONGEST_TOWN} 文字で入れてください（例：湖町、A町）。"
            raise InputError(msg)
        file = self._read(data)
        if not self.store.add_town_file(TownFile(town, data), self._act()):
            msg = f"「{town}」のこのファイルは、もう登録してあります。"
            raise InputError(msg)
        return file

    @needs(Right.COLLECT)
    def withdraw_town(self, name: str) -> None:
        """Take another town out of the comparison; its file and this decision are kept."""
        if not self.store.withdraw_town_file(name, self._act()):
            msg = f"「{name}」は登録されていません。画面を開き直してください。"
            raise InputError(msg)

    @needs(Right.WHOLE)
    def list_towns(self) -> list[Town]:
        """Other towns, by name, with what their files tell."""
        digest = digest_families(self.settings.common_work.families)
        read = ((one.town, self._read(one.data)) for one in self.store.list_town_files())
        return [Town(name, file, file.definitions == digest) for name, file in read]

    def _read(self, data: bytes) -> ExchangeFile:
        families = self.settings.common_work.families
        return read_exchange(data, list_cells(families), digest_families(families))

    def _sum(self, population: int | None) -> DataFrame[ExchangeCells]:
        tasks, families = self._whole().tasks, self.settings.common_work.families
        return sum_cells(tasks, find_wordings(tasks, families), families, population)


def classify_population(population: int) -> str:
    """Class of a town by its inhabitants.

    >>> classify_population(9_999), classify_population(10_000)
    ('under_10000', '10000_30000')
    """
    return next((name for name, end in _CLASS_ENDS.items() if population < end), "over_300000")
