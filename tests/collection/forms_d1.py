"""Hold-out, part 1: returns of ten ordinary offices and one list that is none."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import time
from typing import Final

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bpr.read.opening import Workbook
from tests.builder import save
from tests.collection.form import Form, Task

_TOTAL: Final = PatternFill("solid", fgColor="FFF2CC")
_MINUTES: Final = {"日": 465.0, "時間": 60.0, "h": 60.0}
_YEARLY: Final = {"日": 240, "週": 52, "月": 12}
_STAFF: Final = {"正": "regular", "会": "nonregular", "パ": "nonregular"}
_MEDIA: Final = {
    "紙": "paper",
    "紙のみ": "paper",
    "電子＋紙": "mixed",
    "紙と電子の併用": "mixed",
    "電子": "electronic",
    "電子のみ": "electronic",
    "紙（量多い）": "paper_many",
    "電子+紙（量多い）": "mixed_many",
    "紙（量少ない）": "paper_few",
    "電子+紙（量少ない）": "mixed_few",
    "該当なし": "none",
}


def form(file: str, idea: str, fields: str, text: str) -> Form:
    """A return of one workbook and what it says.

    `===` opens a sheet, a line's end or `;` ends a row, `|` a cell. `<` and `^` are merged with
    the cell left or above, `.` is an empty row, `⏎` a break in a cell, `'1` a number as text,
    `0:30` a time. Tasks lie between two `---`; there, `#` is a coloured total and `!` another row
    that is no task. `fields` tells where a task's fields are: a column from 0, `3+4` two columns
    (unit and number), `4,5` those of regular and other staff, `6*12` times 12, or a constant.
    """
    spec = dict(part.split("=") for part in fields.split())
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    tasks: list[Task] = []
    codes: list[tuple[str, str]] = []
    left = int(spec.get("left", 1))
    for page in text.split("===")[1:]:
        title, *lines = page.strip().replace("\n", ";").split(";")
        sheet = book.create_sheet(title)
        for row, cells in _fill(sheet, lines, left):
            tasks += _tasks(row, cells, spec, title)
            doubtful = [index for index, cell in enumerate(cells) if cell in ("随時", "10～15")]
            codes += [
                (sheet.cell(row, index + left).coordinate, cells[index]) for index in doubtful
            ]
        for letter in spec.get("hide", ""):
            sheet.column_dimensions[letter].hidden = True
    return Form(f"d {file}", idea, (Workbook(file, save(book)),), tuple(tasks), tuple(codes))


def _fill(sheet: Worksheet, lines: list[str], left: int) -> Iterator[tuple[int, list[str]]]:
    """Write rows; give number and meaning of those that hold tasks."""
    part, row = 0, 0
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    meant: dict[tuple[int, int], str] = {}
    for line in lines:
        if line == "---":
            part += 1
            continue
        row += 1
        for column, text in enumerate(line.lstrip("#!.").split("|"), start=left):
            place, above, before = (row, column), (row - 1, column), (row, column - 1)
            source = {"<": before, "^": above}.get(text)
            anchors[place] = anchors[source] if source else place
            meant[place] = meant[source or above] if source or text == "〃" else text.lstrip("'")
            if source is None:
                _write(sheet.cell(row, column), text, total=line.startswith(("#", "!例")))
        if part == 1 and line[0] not in "#!":
            yield row, [meant.get((row, column), "") for column in range(left, left + 30)]
    for top, under in {anchor: place for place, anchor in anchors.items()}.items():
        if top != under:
            sheet.merge_cells(None, *top, *under)


def _write(cell: Cell | MergedCell, text: str, *, total: bool) -> None:
    if re.fullmatch(r"[0-9]+:[0-9]{2}", text):
        hour, minute = text.split(":")
        cell.value = time(int(hour), int(minute))
    elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        cell.value = float(text) if "." in text else int(text)
    else:
        cell.value = text.removeprefix("'").replace("⏎", "\n") or None
    if total:
        cell.fill, cell.font = _TOTAL, Font(bold=True)


def _tasks(row: int, cells: list[str], spec: dict[str, str], sheet: str) -> Iterator[Task]:
    def word(field: str) -> str | None:
        place = sheet if spec.get(field) == "sheet" else spec.get(field)
        return cells[int(place)] if place and place.isdigit() else place

    def amount(field: str, which: int) -> float | None:
        columns, _, factor = spec.get(field, "29").partition("*")
        chosen = columns.split(",")
        text = "".join(cells[int(each)] for each in chosen[which % len(chosen)].split("+"))
        found = _measure(text, field)
        return None if found is None else found * float(factor or 1)

    split = any("," in place for place in spec.values())
    for which, staff in enumerate(("正", "会") if split else (word("staff") or " ",)):
        hours, count, minutes, fte = (
            amount(field, which) for field in ("hours", "count", "minutes", "fte")
        )
        if not split or hours or fte:
            yield Task(
                *(row, word("name") or "", word("activity"), word("division"), word("unit")),
                *(hours, count, minutes, fte, _STAFF.get(staff[0])),
                medium=_MEDIA.get(word("medium") or ""),
                year=int(spec["year"]) if "year" in spec else None,
                sheet=sheet,
            )


def _measure(text: str, field: str) -> float | None:
    """What a cell says: a plain number, 「1時間30分」 in minutes, 「毎日20件」 a year."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(":", "時間")
    found = re.findall(r"([0-9]+(?:\.[0-9]+)?)(日|時間|h)?", plain)
    if not found:
        return None
    if field == "minutes":
        parts = [float(number) * _MINUTES.get(unit, 1) for number, unit in found]
        return sum(parts) / (2 if "～" in text else 1)
    factors = [factor for sign, factor in _YEARLY.items() if field == "count" and sign in plain]
    return float(found[0][0]) * (factors[0] if factors else 1)


FORMS: tuple[Form, ...] = (
    form(
        "国保年金課.xlsx",
        "Seal boxes above, coloured bracketed subtotals within merged categories, text numbers.",
        "name=3 unit=7 hours=6 count=4 minutes=5 division=国保年金課 year=2024",
        """
===調査票;桜浜市||||||課長|課長補佐|係長|担当;令和６年度　業務棚卸調査票|<|<|<|<;所属名|<|市民生活部　国保年金課|<
※件数は令和６年度の実績（見込みを含む。）を記入してください。;※１件当たりの時間には、待ち時間を含めないでください。;.
No.|大分類|中分類|業務名|年間処理件数⏎（件）|処理時間|<|担当係|備考;^|^|^|^|^|1件当たり⏎（分）|年間計⏎（時間）|^|^;---
1|国民健康保険|資格|資格取得届の受付・入力|1850|15|462.5|資格係;2|^|^|資格喪失届の受付・入力|'1,620|12|324|資格係|社保加入が大半
3|^|^|世帯変更届の処理|410|10|68.3|資格係;4|^|^|資格確認書の年次更新|9800|2|326.7|資格係|7月に集中;5|^|^|擬制世帯主の変更|15|20|5|資格係
#|【資格　小計】|<|<|13695||1186.5;6|国民健康保険|給付|療養費支給申請の審査|520|25|216.7|給付係
7|^|^|高額療養費の支給決定|3100|8|413.3|給付係;8|^|^|出産育児一時金の支給|60|30|30|給付係;9|^|^|葬祭費の支給|140|15|35|給付係
10|^|^|レセプト二次点検|'12,000|3|600|給付係|会計年度任用職員２名;11|^|^|第三者行為求償|20|240|80|給付係;#|【給付　小計】|<|<|15840||1375
12|国民年金|適用|第１号被保険者資格取得届|730|15|182.5|年金係;13|^|^|免除・納付猶予申請の受付|1150|20|383.3|年金係
14|^|^|学生納付特例申請の受付|380|15|95|年金係;15|^|給付|老齢基礎年金裁定請求の受付|95|45|71.2|年金係
16|^|^|障害基礎年金裁定請求の受付|'約40件|90|60|年金係|相談を含む;17|^|^|死亡届・未支給年金の受付|210|30|105|年金係
#|【国民年金　小計】|<|<|2605||897;#|合計|<|<|32140||3458.5;---;.;注）網掛けのセルは自動計算のため入力不要です。
""",
    ),
    form(
        "02_税務課.xlsx",
        "Two staff kinds side by side with a sum, names of people, a ditto mark, table from B.",
        "name=1 activity=2 hours=4,5 medium=7 division=税務課 year=2024 left=2",
        """
===様式１;北沢町業務量調査　様式１（業務別作業時間調べ）|<|<|<|<|<;課名：税務課||||調査対象年度：令和６年度;・会計年度任用職員が行う作業は右の欄に記入すること。;.
区分|業務名|作業内容|担当者|年間作業時間（時間）|<|<|処理媒体|備考;^|^|^|^|正規職員|会計年度⏎任用職員|計|^|^;---
町民税|個人住民税当初賦課|給与支払報告書の受付・仕分け|木村|120|310|430|紙|1～2月;^|^|給与支払報告書の入力内容確認|木村|85|40|125|電子＋紙
^|^|確定申告書データの突合|木村・井上|260|－|260|電子＋紙|国税連携;^|^|扶養・専従者の重複調査|井上|140|60|200|電子
^|^|納税通知書の印刷・封入封緘|全員|75|120|195|紙;^|住民税異動処理|特別徴収切替届の入力|井上|95|180|275|電子＋紙
^|^|退職者等の異動届処理|井上|160|0|160|電子＋紙;^|法人町民税|申告書の受付・入力|木村|130||130|電子＋紙|eLTAX
^|^|中間・予定申告書の発送|木村|15|35|50|紙;資産税|固定資産税（家屋）|新増築家屋の現地調査|森・石田|420||420|紙;^|^|評価計算|森|310||310|電子
^|^|滅失家屋の確認|石田|60|20|80|紙;^|固定資産税（土地）|登記済通知書の処理|石田|150|210|360|電子＋紙;^|^|地目変更の現況確認|石田|180||180|紙
^|^|〃|前田（会任）||90|90|紙|写真整理;^|償却資産|申告書の受付・審査|森|110|70|180|電子＋紙;諸税|軽自動車税|登録・廃車の受付|前田（会任）||240|240|紙
^|^|当初課税・納通発送|森|45|30|75|電子＋紙;^|入湯税・たばこ税|申告書の受付・調定|森|24|－|24|紙;#|合　計|<||2379|1405|3784;---
""",
    ),
    form(
        "人役調書（総務課）.xlsx",
        "People as columns, man-years and their sum, last year's sum beside it, one blank row.",
        "name=0 fte=7 division=総務課 year=2024",
        """
===人役調書;令和６年度　事務事業別人役調書|<|<|<|<|<|<|<|<|<;青羽村　総務課||||||||（単位：人役）
事務事業名|主な事務|職員別人役（令和６年度）|<|<|<|<|計|前年度計|備考;^|^|課長⏎大西|係長⏎岡田|主査⏎西村|主事⏎藤井|主事⏎上田|^|^|^;---
人事・給与事務|任免、給与計算、休暇管理|0.1|0.2|0.5|||0.8|0.9;議会対応事務|議案作成、答弁調整|0.15|0.1||||0.25|0.25
財政・予算編成事務|予算要求取りまとめ、交付税|0.2|0.3||0.1||0.6|0.6;文書管理事務|収受・発送、例規|0.05|0.05|0.1||0.25|0.45|0.4|例規システム更新
庁舎・公用車管理事務|修繕、車検、清掃委託|0.05|||0.2|0.1|0.35|0.35;契約・入札事務|指名、入札執行|0.05|0.1|0.1|0.15||0.4|0.4
選挙事務|名簿調製、投開票|0.05||0.1||0.15|0.3|0.1|村長選挙;防災事務|計画、訓練、備蓄|0.15|0.1||0.3||0.55|0.5
消防団事務|出動報酬、装備|||0.05|0.15||0.2|0.2;広報広聴事務|広報紙の編集|0.05||||0.3|0.35|0.35
行政区事務|区長会、補助金|0.1|||0.1|0.1|0.3|0.3;情報システム事務|端末、ＬＧＷＡＮ|0.05|0.15|0.15||0.1|0.45|0.3|標準化対応
国勢調査準備事務|調査区設定||||||||R7実施分;#計||1|1|1|1|1|5|4.65;---;※１人役＝年間１，８６０時間。職員ごとの計が１．０になるように記入する。
""",
    ),
    form(
        "市民課_業務量調査.xlsx",
        "Cases by day, week, month or year, the unit in a column of its own; ditto systems.",
        "name=1 activity=2 unit=0 count=3+4 minutes=5 division=市民課",
        """
===調査シート;業務量調査シート|<|<|<;団体名|港南市|部署|市民部市民課|||記入日|2025/2/14
係|業務|作業|発生件数|<|１件あたりの⏎所要時間（分）|使用システム|改善したいこと;^|^|^|単位|件数|^|^|^;---
窓口係|住民異動|転入届の受付|日|9|25|住記システム|待ち時間が長い;^|^|転入届の入力・審査|日|9|15|住記システム
^|^|転出届（郵送・オンライン）の処理|日|6|12|住記システム、ぴったり;^|^|転居届の受付・入力|日|5|20|住記システム
^|^|異動データの点検|日|20|3|住記システム|紙で二重確認;^|証明書交付|住民票の写しの交付|日|85|5|住記システム;^|^|印鑑登録証明書の交付|日|60|4|〃
^|^|郵送請求の処理|週|70|10|〃|小為替の管理;^|^|公用請求の処理|週|40|10|〃;^|^|コンビニ交付の収納確認|月|1|90|J-LIS
戸籍係|戸籍届出|出生届の受理・記載|週|12|30|戸籍システム;^|^|死亡届の受理・記載|週|22|30|〃;^|^|婚姻届の受理・記載|週|8|35|〃
^|^|附票の通知処理|日|15|4|〃;^|^|人口動態調査票の作成|月|160|6|人口動態;^|埋火葬|火葬許可証の発行|日|4|10|戸籍システム
マイナンバー係|カード交付|交付通知書の作成・発送|週|90|4|統合端末;^|^|カードの交付（予約）|日|14|20|統合端末|予約枠が不足
^|^|電子証明書の更新|日|30|15|統合端末|R7に急増見込み;^|^|暗証番号の再設定|日|8|10|〃;^|統計|交付状況の県報告|月|1|60|Excel
^|^|年度末の棚卸|年|1|480|Excel;---;.;※単位は「日・週・月・年」から選択してください。
""",
    ),
    form(
        "福祉課.xlsx",
        "Cases month by month with a year's sum, blanks and dashes where there were none.",
        "name=0 activity=1 count=15 minutes=2 division=福祉課 year=2024",
        """
===調査票;令和６年度業務量調査票（日高台町）|<|<|<|<|<|<;所管課：福祉課|<|<|||||||||||||作成者：川口（内線214）
業務名|作業名|１件の時間⏎（分）|月別処理件数|<|<|<|<|<|<|<|<|<|<|<|年間件数|備考
^|^|^|4月|5月|6月|7月|8月|9月|10月|11月|12月|1月|2月|3月|^|^;---;障害者手帳|交付申請の受付|30|8|6|7|9|5|6|8|7|5|4|6|9|80
^|進達・交付|20|7|8|6|7|8|5|6|8|6|5|5|6|77;自立支援医療|更新申請の受付|20|31|28|35|30|26|24|27|29|33|25|22|38|348
^|受給者証の発送|5|30|29|33|31|27|24|26|28|32|27|22|35|344
障害福祉サービス|支給決定|60|12|9|10|8|11|9|7|10|8|9|12|21|126
^|請求審査（国保連）|8|142|140|144|145|143|146|147|147|149|148|150|151|1752
^|モニタリング報告の確認|15|20|22|18|25|19|21|20|24|18|20|22|26|255
生活保護|面接相談|90|3|2|4|3|5|2|3|4|6|5|3|4|44|県事務所へ進達
重度医療|払戻し申請の処理|10|55|48|51|60|47|52|49|53|50|46|44|58|613;^|受給資格の一斉更新|6||||310|－|－|||||||310|７月のみ
民生委員|定例会の開催|240|1|1|1|1|－|1|1|1|1|1|1|1|11;^|活動費の支払|120||||||1||||||1|2
戦没者遺族|追悼式の開催|2400|||||1||||||||1;#合計|||309|293|309|629|292|291|294|311|308|290|287|350|3963;---
""",
    ),
    form(
        "子育て支援課（回答）.xlsx",
        "Last year's figures beside this year's in a two-row header, some numbers as text.",
        "name=2 hours=6 count=4 division=子育て支援課 year=2024",
        """
===調査票;様式第２号;令和６年度　業務量調査票（新宮原市 こども部 子育て支援課）|<|<|<|<|<|<
１　前年度の数値は昨年の回答を転記済みです。２　令和６年度の欄に実績を記入してください。;大分類|中分類|業務名|件数（件／年）|<|所要時間（時間／年）|<|増減の理由
^|^|^|令和５年度|令和６年度|令和５年度|令和６年度|^;---;手当・医療|児童手当|認定請求の審査|1350|2480|450|830|制度改正（高校生年代）
^|^|額改定の処理|720|1190|120|200;^|^|現況届の審査|210|180|70|60;^|^|支払処理|3|6|45|88|年６回支給
^|児童扶養手当|認定請求の審査|95|102|140|150;^|^|現況届の対面確認|880|865|440|430;^|子ども医療|資格登録・受給者証交付|2100|2150|350|358
^|^|償還払いの審査|3300|3120|550|520;#|小計||8658|10093|2165|2636;保育|入所|一斉申込の受付|1400|1360|930|910
^|^|利用調整（選考）|1400|1360|620|600;^|^|途中入所の受付|640|655|320|330;^|給付|施設型給付費の支払|'480|'492|720|740
^|^|保育料の算定・通知|2700|2650|270|265;^|^|保育料の滞納整理|150|'120|200|'170;^|認可外|指導監査|新規|8|新規|160|県から移譲
#|小計||6770|6645|3060|3175;相談|家庭児童相談|初回面接|230|251|690|750;^|^|要対協ケース会議|48|52|190|210
^|ひとり親|自立支援給付金の審査|18|21|36|42;#|小計||296|324|916|1002;#|総計||15724|17062|6141|6813;---
""",
    ),
    form(
        "建設課.xlsx",
        "Shares of each person's time, person and kind merged down, a coloured sum per person.",
        "name=3 fte=4*0.01 staff=2 division=建設課",
        """
===従事割合;職員別従事割合調査票|<|<|<|<|<;水木町　建設課|||||令和７年１月１日現在;職名|氏名|雇用区分|担当業務|従事割合⏎（％）|備考;---
課長|長谷川|正規|課の統括・議会対応|60;^|^|^|用地交渉|25;^|^|^|災害対応|15;#|||計|100;係長|村上|正規|町道の改良工事の設計・監督|45
^|^|^|橋梁点検・長寿命化計画|30;^|^|^|国県補助金の申請|25;#|||計|100;主査|近藤|正規|町道の維持修繕|40;^|^|^|道路占用許可|'15%
^|^|^|境界立会い|20;^|^|^|除雪委託の管理|25|冬期;#|||計|100;主事|坂本|正規|町営住宅の入退去|35;^|^|^|町営住宅の家賃収納|35
^|^|^|建築確認の経由事務|10;^|^|^|空き家対策|20;#|||計|100;事務補助|遠藤|会計年度任用|道路台帳の整理|40|週29時間;^|^|^|窓口・電話対応|35
^|^|^|支払伝票の作成|25;#|||計|100;---;※職員ごとに合計が100％となるよう記入してください。
""",
    ),
    form(
        "【環境課】業務量調査.xlsx",
        "A cover and instructions around a table of man-days by two staff kinds and their sum.",
        "name=1 hours=3,4*7.75 division=環境課 year=2024",
        """
===表紙;.;.;令和６年度　東陵市　業務量調査|<|<|<;.;部局名|環境部;課名|環境課;提出日|令和６年１２月６日;記入責任者|課長補佐　柴田;===業務一覧
業務別従事日数一覧|<|<|<|<;分野|業務名|年間件数|年間従事日数（人日）|<|<|外部委託の状況|特記事項;^|^|^|正職員|会計年度|合計|^|^;---
廃棄物|ごみ収集委託の管理|12|45||45|一部委託;^|粗大ごみの受付|4800|20|190|210|直営|電話が大半;^|集積所の設置・移設協議|60|38|5|43|直営
^|不法投棄の調査・回収|'約90|55|30|85|直営;^|一般廃棄物処理業の許可更新|22|24|－|24|直営|２年ごと;^|ごみ分別アプリの更新||6|10|16|委託
環境保全|公害苦情の対応|110|85|0|85|直営;^|河川水質調査|24|18|8|26|委託;^|騒音・振動の届出審査|75|20||20|直営
^|アダプト制度の運営|40|10|25|35|直営;生活衛生|犬の登録・狂犬病予防注射|3900|32|60|92|一部委託|4月集合注射;^|猫の不妊手術補助金|210|8|22|30|直営
^|墓地の経営許可・改葬許可|70|15||15|直営;脱炭素|太陽光発電補助金の交付|180|40|35|75|直営;^|実行計画の進行管理|1|60||60|直営
#|計||476|385|861;---;===記入要領;記入要領;1|本調査は、業務の全体像を把握するために実施するものです。
2|従事日数は１日＝７時間４５分で換算し、０．５日単位で記入してください。;3|期限までに行政経営課へメールで提出してください。
""",
    ),
    form(
        "白鷺町_学校教育課.xlsx",
        "No title; bureau, section and unit merged down; units written into every cell.",
        "name=3 activity=4 unit=2 count=5 minutes=6 division=1",
        """
===Sheet1;部局|課|係|業務名|業務内容|年間取扱件数|１件当たり標準処理時間|担当職員|根拠法令等;---
教育委員会事務局|学校教育課|学務係|就学事務|学齢簿の編製|620件|15分|平野|学校教育法施行令;^|^|^|^|入学通知書の発送|580件|5分|平野|〃
^|^|^|^|区域外就学の許可|45件|1時間|平野・堀;^|^|^|転入学事務|転入学通知書の交付|210件|20分|堀;^|^|^|就学援助|申請の受付・審査|740件|30分|堀|要綱
^|^|^|^|支給処理|3回|2日|堀;^|^|^|奨学金|貸付審査|18件|1.5時間|平野|条例;^|^|指導係|教職員人事|内申・異動事務|160件|2h|原田|地教行法
^|^|^|学力調査|結果の集計・分析|2件|40時間|原田;^|^|^|特別支援教育|就学支援委員会の運営|6回|16時間|久保;^|^|^|^|支援員の配置調整|34件|1時間30分|久保
^|^|給食係|給食費|口座振替データの作成|12回|6時間|杉本;^|^|^|^|未納者への督促|約300件|10分|杉本;^|^|^|食材調達|見積合わせ・発注|22回|5時間|野口
^|^|^|アレルギー対応|個別プランの作成|58件|45分程度|野口;---
""",
    ),
    form(
        "水道課.xlsx",
        "Cases as a monthly mean; staff numbers beside the title, a key under the table.",
        "name=1 count=2*12 minutes=3 division=水道課",
        """
===業務量;緑ヶ浦市　業務量把握調査|<|<|<|<||職員数（R6.4.1）|<;所属：上下水道部　水道課||||||正規|7;※件数は直近１年間の月平均とする。||||||再任用|1
※時間は作業者が実際に手を動かす時間とする。||||||会計年度|3;.;業務分類|業務名称|月平均件数|１件の処理に要する時間（分）|繁忙月|委託の可能性|備考;---
料金|使用開始・中止の受付|310|8|3,4月|◎|電話・ＦＡＸ・ネット;^|検針データの取込み・点検|1|420|毎月|○;^|納入通知書の発送|1|300|偶数月|◎
^|口座振替依頼書の登録|95|6||◎;^|滞納整理（督促・催告）|420|4||○;^|給水停止の執行|15|60||△;^|漏水減免の審査|22|25||△
給水|給水装置工事の設計審査|38|50||△;^|完成検査|34|90||×;^|指定工事店の登録・更新|4|60|9月|○|５年更新;施設|配水池の巡視点検|8|180||○
^|水質検査結果の整理|4|60||○;^|漏水修繕の発注|12|75|1,2月|△|緊急対応あり;^|工事の設計積算|1.5|2400||×;経理|支払伝票の起票|130|10～15|3月|○
^|企業債の償還|0.5|240||×;^|決算書の作成|||4,5月|×|件数なじまない;#合計||1096;---;.;【凡例】;◎|すぐに委託できる;○|条件を整えれば委託できる
△|一部のみ委託できる;×|委託できない
""",
    ),
    form(
        "00_提出状況管理表.xlsx",
        "No tasks: who has handed in the survey.",
        "",
        """
===提出状況;業務量調査　提出状況管理表|<|<|<|<|<;（行政経営課　担当：大谷）;No.|部|課|提出期限|提出日|担当者|内線|確認|備考
1|総務部|総務課|12月6日|12月5日|中島|2011|済;2|^|財政課|12月6日|12月6日|石井|2025|済
3|^|税務課|12月6日|12月10日|木下|2041|差戻し|件数の記入漏れ;4|市民部|市民課|12月6日|12月6日|三浦|2103|済
5|^|国保年金課|12月6日|||2120|未|催促済（12/9）;6|福祉部|社会福祉課|12月6日|12月4日|菊地|2201|済
7|^|高齢介護課|12月6日|12月13日|工藤|2222|確認中;8|建設部|土木課|12月6日|12月6日|増田|2310|済;9|教育部|学校教育課|12月6日|||2405|未
|提出済|<|7
""",
    ),
)
