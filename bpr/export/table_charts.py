"""Native charts of the published tables, drawn below them from their own cells."""

from typing import Final

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles

SHADES: Final = ("0017C1", "3460FB", "7096F8", "C5D7FB")
_COMPARED: Final = ("0017C1", "767676", "C5D7FB")


def chart_shares(sheet: Worksheet, first: int, count: int, at: int) -> None:
    """Draw 図表9: the share of every class here, on the mean of 96 towns, in Ami."""
    chart = BarChart()
    for column, name in ((4, "この調査"), (10, "96団体平均"), (7, "阿見町")):
        values = Reference(sheet, min_col=column, min_row=first, max_row=first + count - 1)
        chart.append(Series(values, title=name))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=first + count - 1))
    _finish(chart, "業務の性質の割合（全職員、年間作業時間）", "0%", _COMPARED)
    sheet.add_chart(chart, f"A{at}")


def chart_media(sheet: Worksheet, first: int, count: int, at: int) -> None:
    """Draw 図表10: the hours of every medium, parted by class."""
    if not count:
        return
    chart = BarChart()
    last = first + count - 1
    data = Reference(sheet, min_col=2, max_col=5, min_row=first - 1, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.grouping, chart.overlap = "stacked", 100
    _finish(chart, "処理媒体ごとの年間作業時間（時間）", styles.COUNT, SHADES)
    sheet.add_chart(chart, f"A{at}")


def chart_seals(sheet: Worksheet, header: int, first: int, at: int) -> None:
    """Draw 図表11: the share of cases with a seal by class, here and in Ami."""
    chart = BarChart()
    data = Reference(sheet, min_col=1, max_col=6, min_row=first, max_row=first + 3)
    chart.add_data(data, from_rows=True, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, max_col=6, min_row=header))
    _finish(chart, "印鑑を使う件数の割合", "0%", ("0017C1", "C5D7FB", "4D4D4D", "BFBFBF"))
    sheet.add_chart(chart, f"A{at}")


def _finish(chart: BarChart, title: str, number_format: str, shades: tuple[str, ...]) -> None:
    """Lay a chart on its side in the house's shades; each bar has an edge, so that grey suffices."""
    chart.type, chart.title, chart.gapWidth = "bar", title, 60
    for series, shade in zip(chart.series, shades, strict=False):
        series.graphicalProperties = GraphicalProperties(solidFill=shade)
        series.graphicalProperties.line.solidFill = "4D4D4D"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.numFmt, chart.y_axis.scaling.min = number_format, 0
    if chart.legend is not None:
        chart.legend.position = "b"
    chart.width, chart.height = 27, 9.5
