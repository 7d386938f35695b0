"""Task tables whose trouble is in values, totals, formulas and what is hidden."""

import base64
import lzma
from typing import Final

from tests.builder import save
from tests.collection.form import Form
from tests.collection.sheet_b import Sheet, book, calculated, form
from tests.collection.xls_b import XLS


def spaced() -> Form:
    """Words spread by spaces, names pushed by spaces."""
    text = """
!　　業　務　量　調　査　票　　|
!
!係　　名| 業　務　名 |件　　数|時　間（ｈ）|職 員 区 分|備　　考
農 政 係|　農業者年金の届出|45|30|正　規→正規|
農 政 係| 認定農業者の認定 |18|126|正　規→正規|
農 政 係|　　経営所得安定対策の受付|680|510|会計年度 →会計年度|　４～６月
農 政 係|多面的機能支払交付金|22|264|正　規→正規|
!|　　　小　　　計|765|930||
農業委員会|農地法第３条の許可申請　|36|180|正　規→正規|
農業委員会|　農地法第５条の許可申請　|48|288| 正　規→正規|
農業委員会|農地台帳の更新 |1,450|290|会計年度 →会計年度|
農業委員会|　総 会 の 運 営|12|240|正　規→正規|毎　月
!|　　　小　　　計|1,546|998||
!合　　　計||2,311|1,928||
"""
    sheet = Sheet(text, "unit name count hours staff _")
    return form("spaced", "業　務　名 のように離した語と、名前の前後の空白", "農林課.xlsx", [sheet])


def eras() -> Form:
    """Eras in a column and in the title, each in its own style."""
    text = """
!平成31年度～令和6年度　業務量の推移（上下水道課）
!※　平成31年度は令和元年度と同じ年度である。
!
!年度|業務名|事業開始|処理件数|処理時間（h）
平成31年度→2019|給水装置工事の審査|昭和42年度|210|315
令和２年度→2020|給水装置工事の審査|昭和42年度|195|292.5
R3→2021|給水装置工事の審査|昭和42年度|204|306
令和４→2022|給水装置工事の審査|S42|188|282
Ｒ５年度→2023|給水装置工事の審査|S42|176|264
R6→2024|給水装置工事の審査|S42|181|271.5
H31→2019|水道の開閉栓受付|昭和42年度|3900|650
R2→2020|水道の開閉栓受付|昭和42年度|3840|640
令3→2021|水道の開閉栓受付|〃|3960|660
令和4年度→2022|水道の開閉栓受付|〃|4020|670
2023年度→2023|水道の開閉栓受付|〃|4080|680
R6年度→2024|水道の開閉栓受付|〃|4140|690
令和元年度→2019|下水道受益者負担金の賦課|平成元年度|140|105
R6.4～R7.3→2024|下水道受益者負担金の賦課|H1|128|96
"""
    sheet = Sheet(text, "year name _ count hours", "推移", {"division": "上下水道課"})
    return form("eras", "年度の列が和暦、書き方が行ごとに違う", "上下水道課.xlsx", [sheet])


def units_in_cell() -> Form:
    """The unit in a heading for one column and in the cells of others."""
    text = """
!会計課　業務量調査票
!業務名|年間件数（件）|１件あたり所要時間|年間の業務量|備考
支出命令書の審査|12000|3分→3||
支払データの作成|48|1時間30分→90||
公金の収納確認|9600|90秒→1.5||
源泉徴収票の作成|240|10分程度→10||
決算書の調製|1|→|0.3人役→fte:0.3|７～８月
基金の運用管理|24|2時間→120||
歳計現金の日計|245|0.5h→30||
口座振替不能の処理|360|約15分→15||
出納検査への対応|12|半日→?半日は時間ではない||
備品の照合|→|→|20人日→hours:155|
出納員の研修|2|1.5時間→90||
郵便切手の管理|→|→|月4時間→hours:48|
指定金融機関との協議|6|30分～1時間→45?幅のある時間||
収入証紙の売りさばき|→|→|１２０ｈ→hours:120|
財務会計の操作問合せ|1800|5～6分→5.5?幅のある時間||
資金前渡の精算|150|0.16時間→9.6||
"""
    sheet = Sheet(text, "name count minutes hours _", known={"division": "会計課"})
    return form("units-in-cell", "単位がセルごとに分・時間・秒・人役・人日", "会計課.xlsx", [sheet])


def totals_above() -> Form:
    """Totals of two levels, each above its members."""
    text = """
!業務別所要時間一覧
!課名|係名|業務名|年間時間（ｈ）|年間件数
!税務課||課　計|8500|
!税務課|市民税係|係　計|4500|
税務課|市民税係|申告の受付|1200|2400
税務課|市民税係|個人市民税の当初課税|2400|21000
税務課|市民税係|納税通知書の発送|600|21000
税務課|市民税係|更正・減免の決定|300|450
!税務課|資産税係|係　計|4000|
税務課|資産税係|土地・家屋の評価|2000|800
税務課|資産税係|現地調査|1500|600
税務課|資産税係|台帳の縦覧|100|120
税務課|資産税係|償却資産の申告処理|400|750
!国保年金課||課　計|3500|
!国保年金課|国保係|係　計|2500|
国保年金課|国保係|資格の取得・喪失|1100|4400
国保年金課|国保係|資格確認書の発行|500|6000
国保年金課|国保係|高額療養費の支給|900|3600
!国保年金課|年金係|係　計|1000|
国保年金課|年金係|国民年金の資格取得届|300|900
国保年金課|年金係|保険料免除申請の受付|450|1350
国保年金課|年金係|裁定請求の受付|250|250
"""
    sheet = Sheet(text, "division unit name hours count", "Sheet1")
    return form("totals-above", "課計→係計→業務、素直に足すと3倍", "全課集計.xlsx", [sheet])


def halves() -> Form:
    """The same headings for each half of the year."""
    text = """
!選挙管理委員会・監査事務局　半期別業務量
!業務名|上半期（４～９月）||下半期（10～３月）||備考
!|件数|時間（ｈ）|件数|時間（ｈ）|
選挙人名簿の定時登録|2|60|2|60|６、９、12、３月
期日前投票の運営|14|420|16|480|選挙ごと
不在者投票の受付|180|45|220|55|
ポスター掲示場の設置|1|90|-→|-→|
検察審査員候補者の選定|-→|-→|1|12|10月
在外選挙人名簿の登録|5|5|3|3|
例月出納検査|6|72|6|72|
定期監査|4|160|12|480|
決算審査|1|240|||７～８月
住民監査請求|1|80|0|0|
!計|214|1172|260|1162|
"""
    sheet = Sheet(text, "name count hours count hours _", merged="A2:A3 B2:C2 D2:E2 F2:F3")
    idea = "上半期・下半期に同じ見出し、年間は両方の和"
    return form("halves", idea, "行政委員会.xlsx", [sheet])


def formulas() -> Form:
    """Hours, totals and even the division are formulas."""
    text = """
!業務量調査票||||
!課名|介護保険課|||
!
!所属|業務名|件数|１件当たり（分）|年間時間（ｈ）
=$B$2→介護保険課|要介護認定の申請受付|2400|15|=C5*D5/60→600
=$B$2→介護保険課|認定調査|2100|120|=C6*D6/60→4200
=$B$2→介護保険課|主治医意見書の依頼・督促|2400|8|=C7*D7/60→320
=$B$2→介護保険課|認定審査会の運営|96|180|=C8*D8/60→288
!|小計|=SUM(C5:C8)→6996||=SUM(E5:E8)→5408
=$B$2→介護保険課|介護保険料の賦課|14500|2|=ROUND(C10*D10/60,1)→483.3
=$B$2→介護保険課|負担割合証の発行|=1900+50→1950|4|=C11*D11/60→130
=$B$2→介護保険課|高額介護サービス費の支給|3600|5|=C12*#REF!/60→?参照先のない数式
=$B$2→介護保険課|住宅改修費の審査|150|40|=C13*D13/60→100
=$B$2→介護保険課|ケアプラン点検|0|=240*60/C14→?0で割った数式|=C14*D14/60→?0で割った数式
=$B$2→介護保険課|福祉用具購入費の審査|240|25|=C15*D15/60→100
!|合計|=C9+SUM(C10:C15)→27436||=E9+SUM(E10:E15)→?
"""
    fields = "division name count minutes hours"
    sheets = [Sheet(text, fields)]
    idea = "時間・合計・所属が計算式、#REF! と #DIV/0! が混じる"
    return form("formulas", idea, "介護保険課.xlsx", sheets, calculated(sheets))


def hidden() -> Form:
    """The hours in a hidden column, tasks in hidden rows."""
    text = """
!教育総務課　業務量調査
!No|業務名|作業名|年間件数|１件当たり分|年間時間（ｈ）|処理媒体
1|就学援助の認定|申請書の受付|380|15|95|紙（量多い）
2|就学援助の認定|所得の確認|380|10|63.3|電子
3|就学援助の認定|支給|3|600|30|電子
4|学齢簿の編製|異動の入力|520|6|52|電子+紙（量少ない）
5|学齢簿の編製|就学通知の発送|610|3|30.5|紙（量少ない）
6|指定校変更の許可|申請の審査|70|60|70|紙（量少ない）
7|奨学金の貸付|申込受付・選考|30|120|60|紙（量多い）
8|奨学金の貸付|返還金の管理|→|→|180|電子
9|学校施設の修繕||→|→|640|電子+紙（量少ない）
10|教育委員会の会議運営||→|→|288|電子
11|スクールバスの運行管理||→|→|156|該当なし
12|教科書の給与事務||→|→|90|紙（量極大）
"""
    fields = "_ name activity count minutes hours medium"
    sheet = Sheet(text, fields, known={"division": "教育総務課"})
    made = book(sheet)
    page = made.worksheets[0]
    page.column_dimensions["F"].hidden = True
    for row in (5, 6, 11, 12):
        page.row_dimensions[row].hidden = True
    idea = "年間時間の列が非表示、業務のある行も非表示"
    return form("hidden", idea, "教育総務課.xlsx", [sheet], save(made))


def old_xls() -> Form:
    """An .xls of Excel 97 with error values; `XLS` is this very sheet, saved by LibreOffice."""
    sheet = xls_sheet()
    data = lzma.decompress(base64.b64decode(XLS))
    idea = "旧形式 .xls、数値のセルに #REF! と #N/A、全角数字"
    return form("old-xls", idea, "環境課.xls", [sheet], data)


def xls_sheet() -> Sheet:
    """What `XLS` holds."""
    text = """
!環境課　平成30年度業務量調査表
!
!大分類|業務名|年間処理件数|年間処理時間|前年度件数
!||（件）|（時間）|（件）
ごみ|粗大ごみの受付|5200|433|5100
ごみ|ごみ袋の販売管理|１，２００|100|#N/A→
ごみ|不法投棄の通報対応|150|#REF!→?エラー値|140
ごみ|集積所の設置協議|45|68|50
ごみ|事業系ごみの許可|#N/A→?エラー値|96|12
環境|犬の登録・狂犬病予防|2100|350|2200
環境|墓地の改葬許可|60|30|55
環境|公害苦情の処理|80|240|#REF!→
環境|環境審議会|2|60|2
環境|太陽光発電補助金|90|135|110
!合計||#REF!|#REF!|#REF!
"""
    known = {"division": "環境課", "year": 2018}
    return Sheet(text, "_ name count hours _", "Sheet1", known, "A1:E1 A3:A4 B3:B4")


FORMS: Final[tuple[Form, ...]] = (
    spaced(),
    eras(),
    units_in_cell(),
    totals_above(),
    halves(),
    formulas(),
    hidden(),
    old_xls(),
)
