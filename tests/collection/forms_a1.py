"""Returns as offices send them, part 1: ministry and vendor forms, each bent by its 課."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

import openpyxl
from openpyxl.utils import get_column_letter

from bpr.read.opening import Workbook
from tests.builder import Value, save
from tests.collection.form import Form, Task

DAYS: Final = 240
WEEKS: Final = 52
MONTHS: Final = 12


class Pen:
    """Writes a sheet row by row from the column `left`; `row` is the next row."""

    def __init__(
        self,
        title: str = "調査票",
        *,
        book: openpyxl.Workbook | None = None,
        left: int = 1,
        row: int = 1,
    ) -> None:
        self.book = book or openpyxl.Workbook()
        self.sheet = self.book.create_sheet(title) if book else self.book.worksheets[0]
        self.sheet.title = title
        self.left = left
        self.row = row

    def put(self, *values: Value) -> int:
        """Write one row; its number."""
        for column, value in enumerate(values, start=self.left):
            if value is not None:
                cell = self.sheet.cell(self.row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
        self.row += 1
        return self.row - 1

    def line(self, text: str) -> int:
        """Write one row of fields parted by |; its number."""
        return self.put(*map(shown, text.split("|")))

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def merge(self, *areas: str) -> None:
        for area in areas:
            self.sheet.merge_cells(area)

    def merge_equal(self, letter: str, first: int, last: int) -> None:
        """Merge neighbours of a column that hold the same value."""
        start = first
        for row in range(first + 1, last + 2):
            after = self.sheet[f"{letter}{row}"].value if row <= last else None
            if after != self.sheet[f"{letter}{start}"].value or row > last:
                if row - 1 > start:
                    self.merge(f"{letter}{start}:{letter}{row - 1}")
                start = row

    def percent(self, *cells: str) -> None:
        for cell in cells:
            self.sheet[cell].number_format = "0%"

    def hide(self) -> None:
        self.sheet.sheet_state = "hidden"

    def file(self, name: str) -> Workbook:
        return Workbook(name, save(self.book))


def records(text: str, fill: int = 0) -> list[list[str]]:
    """Records parted by ; or line ends, fields by |; the first `fill` fields repeat when empty."""
    rows = [[part.strip() for part in row.split("|")] for row in re.split(r"[;\n]", text.strip())]
    for above, row in pairwise(rows):
        given = next((number for number, part in enumerate(row) if part), 0)
        row[: min(given, fill)] = above[: min(given, fill)]
    return rows


def shown(field: str) -> Value:
    """What the cell holds: `12` a number; `約30分=30` the text before = (true: 30)."""
    text = field.split("=", maxsplit=1)[0]
    if "=" in field or not re.fullmatch(r"\d+(\.\d+)?", text):
        return text or None
    return float(text) if "." in text else int(text)


def true(field: str, factor: float = 1.0) -> float | None:
    """The number a field means, times `factor`; `－=` and `多数=!` mean none."""
    number = field.rsplit("=", maxsplit=1)[-1].removeprefix("!")
    return float(number) * factor if number else None


def doubtful(*cells: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Of (cell, field) those whose field is marked with =!."""
    return tuple((cell, field.split("=")[0]) for cell, field in cells if "=!" in field)


def total(fields: list[str], factor: float = 1.0) -> float:
    return sum(true(field, factor) or 0.0 for field in fields)


def letter(column: int) -> str:
    return get_column_letter(column)


def monthly_law() -> Form:
    pen = Pen()
    pen.put("業務量調査票（令和６年度実績）")
    pen.skip()
    pen.line("所属：障がい福祉課||係名：給付係||記入者：大久保|内線 2154")
    pen.put("※月によって違う業務は、ならした１か月分を書いてください。")
    pen.skip()
    pen.line("番号|業務名|根拠法令等|手順|月間時間\n（担当者計）|備考")
    pen.line("例|出張旅費の支給|旅費条例|請求書確認→支払処理|10|記入例です。消さないこと")
    data = """
        介護給付費等の支給決定|障害者総合支援法|申請受付→調査→審査会→決定通知|148
        障害支援区分の認定|同上|認定調査、医師意見書の依頼、審査会資料の作成|１１２=112
        補装具費の支給|〃|見積確認、判定依頼、支給券交付|約36時間=36
        日常生活用具の給付|要綱|申請受付、業者へ発注、請求書の確認|28.5
        自立支援医療（更生）の受給者証交付|障害者総合支援法|申請書入力、判定依頼、受給者証の印刷・郵送|６４ｈ=64
        身体障害者手帳の交付|身体障害者福祉法|申請受付、県へ進達、手帳の引渡し|72
        療育手帳の再判定案内|県要綱|対象者抽出、案内文の封入|１．５ｈ=1.5
        重度心身障害者医療費の助成|条例|レセプトデータの取込み、支給額計算、口座振込|96
        特別障害者手当の認定・支給|特別児童扶養手当法|認定請求の審査、支払調書の作成|31
        有料道路割引の証明||手帳へ押印、台帳記入|9
        タクシー利用券の交付|要綱|窓口で交付、精算書の集計|2時間30分=2.5
        国県負担金の実績報告|交付要綱|各係へ照会、集計、県へ提出|14
        国保連からの請求の審査・支払|障害者総合支援法|エラーリスト突合、過誤調整、支払決議|84"""
    tasks = []
    for number, (name, basis, steps, hours) in enumerate(records(data), 1):
        row = pen.put(number, name, shown(basis), steps, shown(hours))
        year = true(hours, MONTHS)
        tasks.append(Task(row, name, steps, "障がい福祉課", "給付係", year, year=2024))
    pen.put(None, "計", None, None, round(sum(task.hours or 0 for task in tasks) / MONTHS, 1))
    pen.skip()
    pen.put("※時間外勤務も含む。")
    return Form(
        "monthly_law",
        "F3: hours a month in five spellings, 課 in a label cell, an example row that looks real.",
        (pen.file("R6業務量調査（障がい福祉課）.xlsx"),),
        tuple(tasks),
    )


def cards() -> Form:
    data = """
        住民票の写し等の交付|住民基本台帳法第12条|32400|2250|3900|2100|2.5人=2.5
        印鑑登録・証明書の交付|印鑑条例|１８，６００件=18600|1400|2200|1300|1.4人=1.4
        転入・転出・転居の届出|住民基本台帳法第22条～第24条|9840|620|2150|480|2人=2
        戸籍届書の受理・審査|戸籍法|2760|220|290|200|1.8人=1.8
        マイナンバーカードの交付|番号法第17条|7200|560|900|450|１．５人=1.5
        住居表示の付番|住居表示に関する法律|145|－|30|5|0.2人=0.2
        埋火葬の許可|墓地、埋葬等に関する法律|1130|90|130|80|0.3人=0.3
        自動車臨時運行許可|道路運送車両法第34条|420|35|45|30|0.1人=0.1
        住民異動に伴う統計報告|住民基本台帳人口移動報告|12件=12|1|1|1|0.05人=0.05"""
    pen: Pen | None = None
    tasks = []
    for number, (name, law, count, *seasons, fte) in enumerate(records(data), 1):
        pen = Pen(f"業務説明表({number})", book=pen.book if pen else None)
        pen.put("業　務　説　明　表", None, None, None, "(整理番号)", number)
        pen.skip()
        row = pen.put("業務名", name)
        pen.put("業務の目的・概要", f"{name}に関する事務を適正に行い、市民の利便に資する。")
        pen.put("根拠法令等", law)
        pen.put("所管部署", "市民生活部　市民課")
        pen.put("業務規模\n（件）", "年間総計", shown(count))
        for label, season in zip(("通常期", "繁忙期", "閑散期"), seasons, strict=True):
            pen.put(None, label, shown(season), "月平均" if label == "通常期" else None)
        pen.put("成果指標", "窓口での待ち時間", "15分以内")
        pen.put("投入資源", "担当職員数", shown(fte))
        pen.put(None, "事業費", "別紙のとおり")
        pen.skip()
        pen.put("（注）担当職員数は、1人で2業務を担当している場合は「0.5人」等と記入する。")
        pen.merge("A1:D1", "B3:F3", "B4:F4", "B5:F5", "B6:F6", "A7:A10", "A12:A13")
        known = Task(row, name, division="市民課", count=true(count), fte=true(fte))
        tasks.append(replace(known, sheet=pen.sheet.title))
    assert pen is not None
    return Form(
        "cards",
        "F6: one card a sheet, labels left, four period values below each other, FTE as 0.5人.",
        (pen.file("業務説明表_市民課.xlsx"),),
        tuple(tasks),
    )


def people_columns() -> Form:
    data = """
        個人住民税|申告受付会場の運営|80|160|240|240|120
        |課税資料の入力・突合|20|180|420|460|380; |特別徴収税額通知の発送|10|60|85|110|95
        |扶養否認調査||35|140|60|; |税額更正の決裁|60|110|95|70|
        軽自動車税|登録・廃車申告の受付|5|20|60|180|310; |納税通知書の印刷・封入|8|24|32|48|64
        |減免申請の審査|12|40|36||
        法人町民税|申告書の入力・調定|15|230|60||; |未申告法人への照会||64|20||
        共通|税証明の発行|10|60|120|160|420; |議会・予算・決算|260|120|40|16|
        |庁内照会への回答|95|70|48|32|; |電話・窓口応対|140|280|360|420|330"""
    people = ("係長　原田", "主査　川口", "主任　森", "主事　今井", "主事補　藤井")
    pen = Pen("町民税係", left=2)
    pen.put("業務区分ごとの職員別業務量（様式３）")
    pen.put("税務課　町民税係", *[None] * 5, "（単位：時間／年）")
    pen.skip()
    top = pen.line("大　分　類|業　　務　　名|職　　員　　別|||||備　考")
    pen.put(None, None, *people)
    pen.merge(f"B{top}:B{top + 1}", f"C{top}:C{top + 1}", f"D{top}:H{top}", f"I{top}:I{top + 1}")
    rows = records(data, fill=1)
    tasks = []
    for group in dict.fromkeys(row[0] for row in rows):
        members = [row for row in rows if row[0] == group]
        first = pen.row
        for _, name, *hours in members:
            row = pen.put(group, name, *map(shown, hours))
            known = Task(row, name, division="税務課", unit="町民税係", hours=total(hours))
            tasks.append(replace(known, sheet="町民税係"))
        pen.merge_equal("B", first, pen.row - 1)
        columns = zip(*(row[2:] for row in members), strict=True)
        pen.put(None, "小　計", *(total(list(column)) for column in columns))
        if group != "共通":
            pen.skip()
    pen.put("合　　計", None, *(total([row[i] for row in rows]) for i in range(2, 7)))
    return Form(
        "people_columns",
        "F7: the hours stand in one column per person and must be added; no total column.",
        (pen.file("様式3_税務課.xlsx"),),
        tuple(tasks),
    )


def labour_units() -> Form:
    data = """
        農業委員会総会の開催|0.1|0.3|0.2; 農地法第３条許可申請の審査|0.05|0.4|0.6
        農地転用許可申請の進達|0.05|0.5|0.65人=0.65; 農地台帳の更新||0.2|1.2
        遊休農地の利用状況調査||0.3|0.7; 経営所得安定対策の交付申請|0.1|0.6|1.4
        多面的機能支払交付金|0.05|0.45|0.5人=0.5; 有害鳥獣の捕獲許可||0.2|0.55
        新規就農者の相談・支援|0.1|0.25|0.15; 土地改良区の指導監督|0.1|0.1|－=
        農業用ため池の点検|－=|0.15|0.45; 畜産環境の苦情対応||0.05|0.1
        農産物直売所の指定管理|0.05|0.2|; 農業振興地域整備計画の変更|0.1|0.3|0.2"""
    pen = Pen("人役調べ")
    pen.put("トータルコスト予算　人役・従事人日調べ", *[None] * 5, "農林水産課")
    pen.put("人役：年間を通じて１人が専ら従事＝1.0人役（１人役＝240人日）")
    pen.line("事業名|人役||||従事人日|人件費|備考")
    pen.line("|課長級|係長級|一般職員|計")
    pen.line("|（人）|（人）|（人）|（人）|（人日）|（千円）")
    pen.merge("A3:A5", "B3:E3", "F3:F4", "G3:G4", "H3:H5")
    tasks = []
    for number, (name, *grades) in enumerate(records(data)):
        fte = round(total(grades), 2)
        days = round(fte * 240)
        text: Value = (days, f"{days}人日", f"約{days}人日")[number % 3]
        row = pen.put(name, *map(shown, grades), fte, text, round(fte * 7_680))
        known = Task(row, name, division="農林水産課", hours=days * 7.75, fte=fte)
        tasks.append(replace(known, sheet="人役調べ"))
    pen.put("合計", None, None, None, round(sum(task.fte or 0 for task in tasks), 2))
    pen.skip()
    pen.put("※人件費は平均給与×人役。非常勤職員は人役のみ記入し、人件費には含めない。")
    return Form(
        "labour_units",
        "F8: 人役 by grade with a 計 column, 人日 as text, a unit row as third header row.",
        (pen.file("R7当初_人役調べ（農林水産課）.xlsx"),),
        tuple(tasks),
    )


def rpa_survey() -> Form:
    data = """
        市民税課|給与支払報告書の入力|本格導入|WinActor|1,240時間=1240|6|310時間|2|高
        〃|特別徴収の異動届入力|実証実験|WinActor|480時間=480|3|160時間|2|中
        保育課|保育所入所申請の入力|本格導入|AI-OCR+RPA|９００ｈ=900|5|380ｈ|3|高
        〃|児童手当の現況届登録|導入予定|未定|260=260|4||1|低
        会計課|口座振替データの作成|本格導入|UiPath|360時間=360|2|90時間|1|中
        人事課|時間外勤務の集計|本格導入|WinActor|年144時間=144|1|36時間|1|低
        同上|通勤手当の認定入力|実証実験|〃|多数=!|2|不明|1|中
        水道課|検針データの取込み|導入予定|UiPath|192時間=192|2||1|低
        健康増進課|予防接種予診票の入力|実証実験|AI-OCR+RPA|７２０時間=720|8|240時間|3|高
        契約検査課|入札参加資格の登録|本格導入|UiPath|300時間=300|3|75時間|1|中"""
    pen = Pen("別紙")
    pen.put("別紙　RPA導入状況調査票")
    pen.put("団体名", "さくら川市")
    pen.put("※時間は担当者全員の延べの年間時間とし、単位を付けて記入すること（自由記載）。")
    pen.line("No|所属|業務名|段階|ツール|導入前||導入後||削減効果||難易度")
    pen.line("|||||時間|人数|時間|人数|時間数|（率）|（高/中/低）")
    pen.merge("F4:G4", "H4:I4", "J4:K4", *(f"{column}4:{column}5" for column in "ABCDE"))
    tasks = []
    codes: tuple[tuple[str, str], ...] = ()
    division = ""
    for number, row in enumerate(records(data), 1):
        place, name, stage, tool, before, people, after, fewer, level = row
        division = division if place in {"〃", "同上"} else place
        hours = true(before)
        left = re.match(r"\d+", after)
        saved = hours - float(left[0]) if hours and left else None
        at = pen.put(number, *map(shown, (place, name, stage, tool, before, people, after, fewer)))
        if saved and hours:
            pen.sheet[f"J{at}"] = f"{saved:g}時間"
            pen.sheet[f"K{at}"] = round(saved / hours, 3)
        pen.sheet[f"L{at}"] = level
        pen.percent(f"K{at}")
        tasks.append(Task(at, name, division=division, hours=hours, sheet="別紙"))
        codes += doubtful((f"F{at}", before))
    return Form(
        "rpa_survey",
        "F9: hours before and after RPA side by side, only the former counts; unit in the cell.",
        (pen.file("別紙_RPA導入状況（さくら川市）.xlsx"),),
        tuple(tasks),
        codes,
    )


FORMS: tuple[Form, ...] = (monthly_law(), cards(), people_columns(), labour_units(), rpa_survey())
