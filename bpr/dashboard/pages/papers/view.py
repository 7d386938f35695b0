"""資料: what there is -> the answer on top, and a line for every paper."""

from dataclasses import dataclass
from typing import Final

from bpr.dashboard.pages.papers.reading import Stock

EXCEL: Final = "Excel"


@dataclass(frozen=True)
class Line:
    """One paper: what it is, for whom, what it holds; without `missing` it can be made here.

    `href`: where it is made (or where what is missing comes from), under the words `link`.
    """

    paper: str
    name: str
    about: str
    readers: str
    holds: str
    form: str
    missing: str = ""
    href: str = ""
    link: str = ""

    @property
    def makes(self) -> bool:
        """Whether there is a button for it."""
        return not self.missing and not self.href


@dataclass(frozen=True)
class PapersView:
    """Everything on the page."""

    answer: list[str]
    lines: list[Line]


def view_papers(stock: Stock) -> PapersView:
    """Say what can be taken along, and of how much it is made."""
    lines = [*_decision_lines(stock), *_number_lines(stock), *_outside_lines(stock)]
    ready = sum(one.makes for one in lines)
    answer = [
        f"いま {ready:,} 種類の資料を、すぐに保存できます。",
        f"数字はどれも画面と同じで、母数は {_tasks(stock)}（調査票 {stock.workbooks:,} 冊）です。",
    ]
    return PapersView(answer, lines)


def _tasks(stock: Stock) -> str:
    unknown = stock.tasks - stock.timed
    rest = f"。時間の分からない {unknown:,} 業務を含む" if unknown else ""
    return f"{stock.tasks:,} 業務、年 {stock.hours:,.0f} 時間{rest}"


def _decision_lines(stock: Stock) -> list[Line]:
    report = Line(
        "report",
        "調査結果の報告書",
        "結論、業務の内訳、候補、BPR対象と効果、前提と限界、出典。印刷すると A4 になります。",
        "決裁・議会",
        f"{_tasks(stock)}",
        "HTML",
    )
    targets = Line(
        "targets",
        "BPR対象業務一覧",
        "決めた対象の現状と今後の方針、導入前後の時間、スケジュール、状態。",
        "決裁・財政",
        f"BPR対象 {stock.targets:,} 件（統合・取下げを除く）",
        EXCEL,
        missing="" if stock.targets else "BPR対象がまだありません。",
        href="" if stock.targets else "/candidates",
        link="「候補」で選ぶ",
    )
    candidates = Line(
        "candidates",
        "BPR対象業務一覧（候補）",
        "見直しの候補の上位。今後の方針と難易度は、会議で書き込めます。",
        "所管課",
        f"上位 {stock.top:,} 業務（候補 {stock.candidates:,} 業務のうち）",
        EXCEL,
        missing="" if stock.candidates else "手段を勧められる業務がありません。",
        href="" if stock.candidates else "/candidates",
        link="「候補」を開く",
    )
    calculation = Line(
        "calculation",
        "計算書",
        "選んだ業務の点と削減見込を、計算式で 1 行ずつ示します。",
        "財政・監査",
        "選んだ業務（一度に 50 まで）",
        EXCEL,
        href="/candidates",
        link="「候補」で選ぶ",
    )
    return [report, targets, candidates, calculation]


def _number_lines(stock: Stock) -> list[Line]:
    tables = Line(
        "tables",
        "集計表（図表9〜11）",
        "業務の性質、処理媒体、印鑑の使用を、96団体平均・阿見町と並べた表とグラフ。",
        "決裁・議会",
        f"年 {stock.hours:,.0f} 時間、{stock.cases:,.0f} 件",
        EXCEL,
    )
    kpi = Line(
        "kpi",
        "KPI進捗管理表",
        "現状値、目標値、年度ごとの実績、達成割合とグラフ。数えた業務と根拠も入ります。",
        "議会・財政",
        f"KPI {stock.kpi:,} 項目",
        EXCEL,
    )
    years = Line(
        "years",
        "前年度との比較",
        "増えた業務、減った業務、なくなった業務、新しい業務を、課ごとと業務ごとに。",
        "財政・議会",
        stock.pair.told if stock.pair else "調査が 2 つ要ります",
        EXCEL,
        missing="" if stock.pair else "比べる調査がまだありません。",
        href="" if stock.pair else "/imports",
        link="「取込」を開く",
    )
    book = Line(
        "book",
        "全部入りブック",
        "集計表、業務一覧、候補、BPR対象、KPI、指摘、前提を 1 冊に。目次から各シートへ移れます。",
        "事務局",
        f"{stock.tasks:,} 業務、指摘 {stock.findings:,} 件",
        EXCEL,
    )
    return [tables, kpi, years, book]


def _outside_lines(stock: Stock) -> list[Line]:
    data = Line(
        "open_data",
        "オープンデータ",
        "課・性質・媒体・職員区分ごとの集計と、データ定義書、コード表。業務の名前は入りません。",
        "公開",
        f"時間の分かる {stock.timed:,} 業務（5 業務に満たない数は伏せる）",
        "CSV（zip）",
        missing="" if stock.timed else "時間の分かる業務がありません。",
        href="" if stock.timed else "/imports",
        link="「取込」を開く",
    )
    exchange = Line(
        "exchange",
        "交換ファイル",
        "ほかの団体と比べるための、名前のない集計。人口を入れて作ります。",
        "ほかの団体",
        f"時間の分かる {stock.timed:,} 業務（5 業務に満たない数は伏せる）",
        EXCEL,
        href="/compare?view=towns",
        link="「比較」で作る",
    )
    return [data, exchange]
