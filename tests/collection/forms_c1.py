"""Hold-out forms, part 1: stamp boxes, ○ columns, indents, two staff columns, shares, clock times.

Written without knowing the reader, as 係長 of different municipalities who were given no form.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from openpyxl.worksheet.worksheet import Worksheet

from bpr.read.opening import Workbook
from tests.builder import save, text_file
from tests.collection.form import Form, Task
from tests.collection.sheet_b import Sheet, book, calculated


def filled(tasks: Iterable[Task], fields: str) -> tuple[Task, ...]:
    """Tasks whose blank `fields` repeat the row above."""
    last: dict[str, Any] = {}
    done: list[Task] = []
    for task in tasks:
        last |= {each: known for each in fields.split() if (known := getattr(task, each))}
        done.append(replace(task, **last))
    return tuple(done)


def table(
    name: str,
    idea: str,
    file: str,
    text: str,
    fields: str,
    *,
    title: str = "調査票",
    merged: str = "",
    carry: str = "",
    nonregular: str = "",
    spoil: Callable[[Worksheet], None] | None = None,
    **known: str | int,
) -> Form:
    """A form of one table, in the notation of `Sheet`; `carry` names fields left blank if repeated.

    With `nonregular`, `fields` and `nonregular` say what the columns mean for each staff type, and
    a type without hours has no task.
    """
    sheet = Sheet(text, fields, title, known, merged)
    tasks = filled(sheet.tasks, carry)
    if nonregular:
        other = filled(replace(sheet, fields=nonregular).tasks, carry)
        both = [*(replace(task, staff="regular") for task in tasks if task.hours or task.fte)]
        both += [replace(task, staff="nonregular") for task in other if task.hours or task.fte]
        tasks = tuple(sorted(both, key=lambda task: task.row))
    if file.endswith((".csv", ".tsv")):
        encoding, delimiter = ("cp932", ",") if file.endswith("csv") else ("utf-8", "\t")
        width = max(map(len, sheet.rows))
        rows = [row + [None] * (width - len(row)) for row in sheet.rows]
        written = text_file(rows, name=file, encoding=encoding, delimiter=delimiter)
    elif "|=" in text:
        written = Workbook(file, calculated([sheet]))
    else:
        made = book(sheet)
        if spoil:
            spoil(made.worksheets[0])
        written = Workbook(file, save(made))
    return Form(name, idea, (written,), tasks, tuple(sheet.codes))


def _percent(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=5, min_col=3, max_col=8):
        for cell in row:
            cell.number_format = "0%"


def _clock(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=4, min_col=3):
        for cell in row:
            if isinstance(cell.value, str) and ":" in cell.value:
                hours, minutes = cell.value.split(":")
                cell.value = timedelta(hours=int(hours), minutes=int(minutes))
                cell.number_format = "[h]:mm"


FORMS: Final[tuple[Form, ...]] = (
    table(
        "c_stamp_box",
        "The table starts at C15 under instructions; the 課 stands in a stamp box at the right.",
        "事務量調べ（提出用）.xlsx",
        """
!
!||令和６年度　事務量調べ
!|||||||納税課|課長|係長|担当
!|||||||||
!
!||１　この調べは、課における事務の量を把握し、来年度の定数査定の資料とするものである。
!||２　「年間回数」は、令和６年４月から令和７年３月までに行った回数を記入すること。
!||３　「年間所要時間」は、従事した全員の時間を合計し、時間単位で記入すること。
!||４　処理方法は「紙」「電子」「紙・電子」のいずれかとする。
!||５　決裁を要するものは「決裁の有無」に「有」と記入する。
!||６　書ききれないときは行を追加してよい。
!||　　　　　　　　　　　　　　　　　　　　提出期限：令和７年５月１６日（金）　総務課行政係　内線２１５
!
!
!||番号|担　当　事　務|処理方法|決裁の有無|年間回数|１回所要時間（分）|年間所要時間（時間）|備　　考
||1|督促状の作成・発送|紙・電子→電子+紙|有|12|600|120|
||2|催告書の発送（文書催告）|紙|有|4|1,200|80|夏・冬の強化月間を含む
||3|口座振替依頼書の登録|紙|無|3,850|5|320.8|12月に集中
||4|口座振替データの授受|電子|無|24|45|18|
||5|コンビニ収納データの消込|電子|無|245|15|61.3|
||6|過誤納金の還付・充当|紙・電子→電子+紙|有|1,130|25|470.8|
||7|差押予告・財産調査|紙|有|2,400|20|800|銀行照会は電子化を検討中
||8|滞納処分（差押え）|紙|有|186|180|558|
||9|納税相談・分納誓約|紙|無|940|40|626.7|窓口及び電話
||10|納税証明書の交付|紙・電子→電子+紙|無|2,915|6|291.5|
||11|不納欠損の処理|紙|有|1|4,800|80|
||12|徴収実績月報|電子|無|12|150|30|県税事務所へ送付
||13|軽自動車税のナンバー照会|電子|無||||件数は把握していない
!||　|合　　　計|||||3,457.1|
!||※　従事者数　正規７名、会計年度任用職員２名
""",
        "_ _ _ name medium _ count minutes hours _",
        title="様式なし",
        merged="H4:H5 I4:I5 J4:J5 K4:K5",
        division="納税課",
        year=2024,
    ),
    table(
        "c_circle_columns",
        "○ stands in one of three media columns; 部課係 only where they begin.",
        "業務棚卸表（総務部）.xlsx",
        """
!業務棚卸表（令和７年４月１日現在）
!
!部|課|係|事務の名称|性質||処理の媒体|||年間件数|１件当たり⏎（分）|延べ時間⏎（ｈ）|延べ人数⏎（人）
!||||定型|非定型|紙|電子|両方||||
総務部|総務課|文書法制係|例規の審査||○|||○→電子+紙|85|180|255|4
|||公印の管理・押印|○||○→紙|||6200|2|206.7|3
|||文書の収受・配布|○||○→紙|||48500|0.5|404.2|2
|||情報公開請求の受付||○|||○→電子+紙|37|420|259|3
|||議案書の調製||○||○→電子||4|2400|160|5
||人事給与係|給与の支給|○|||○→電子||12|2880|576|3
|||諸手当の認定|○||○→紙|||310|45|232.5|2
|||職員採用試験の実施||○|||○→電子+紙|3|9000|450|6
|||庶務事務システムの問合せ対応||○||○→電子||720|15|180|2
|||年末調整|○||○→紙|||1|18600|310|4
|財政課|財政係|予算編成||○||○→電子||1|72000|1200|5
|||決算統計の集計|○|||○→電子||1|21000|350|3
|||地方債の借入れ||○|○→紙|||6|1500|150|2
||契約係|入札参加資格の審査|○|||○→電子||890|20|296.7|2
|||工事入札の執行|○||||○→電子+紙|124|150|310|3
|||契約書の作成・押印|○||○→紙|||410|40|273.3|3
!||||||||||||
!合計||||||||||||5,613.4|
!○は該当するもの一つに付ける。延べ人数は、年間に当該事務に携わった職員の数。
""",
        "_ division unit name _ _ medium medium medium count minutes hours _",
        title="総務部",
        merged="A3:A4 B3:B4 C3:C4 D3:D4 E3:F3 G3:I3 J3:J4 K3:K4 L3:L4 M3:M4 A1:M1",
        carry="division unit",
    ),
    table(
        "c_indent_leaves",
        "Names are numbered and indented in one column; only the lowest rows have hours.",
        "資産税課_業務量.xlsx",
        """
!年間業務量（令和６年度実績）|||資産税課
!
!事　務　事　業　名|年間回数|１回所要時間|年間作業時間|主な使用ｼｽﾃﾑ
!|（回）|（時間）|（時間）|
!１　土地評価事務||||
!　１－(1)　評価替え||||
　　ア　標準宅地の鑑定結果の確認→標準宅地の鑑定結果の確認|45|1.5|67.5|GIS
　　イ　路線価の付設→路線価の付設|610|0.25|152.5|GIS
　　ウ　不服申出への対応→不服申出への対応|8|6|48|
!　１－(2)　異動処理||||
　　ア　登記済通知書の入力→登記済通知書の入力|5,240|0.1|524|税総合システム
　　イ　地目変更の現地調査→地目変更の現地調査|380|0.75|285|
　１－(3)　宅地開発に伴う画地計算→宅地開発に伴う画地計算|66|2|132|GIS
!２　家屋評価事務||||
!　２－(1)　新増築家屋||||
　　ア　建築確認申請の把握→建築確認申請の把握|12|4|48|
　　イ　現地調査（木造）→現地調査（木造）|410|1.5|615|
　　ウ　現地調査（非木造）→現地調査（非木造）|38|5|190|
　　エ　評点の計算→評点の計算|448|1|448|家屋評価ｼｽﾃﾑ
　２－(2)　滅失家屋の確認→滅失家屋の確認|265|0.5|132.5|
!３　償却資産事務||||
　３－(1)　申告書の発送→申告書の発送|1|40|40|
　３－(2)　申告書の入力・審査→申告書の入力・審査|1,870|0.4|748|eLTAX
!　３－(3)　未申告調査||||
　　①　国税資料の閲覧→国税資料の閲覧|6|7|42|
　　②　催告→催告|2|12|24|
""",
        "name count minutes*60 hours _",
        title="R6",
        division="資産税課",
        year=2024,
    ),
    table(
        "c_indent_sums",
        "Both levels of the indent have hours, and the upper is the sum of the lower.",
        "選管事務局　作業時間.xlsx",
        """
!|選挙管理委員会事務局　作業時間一覧
!
!|業務及び作業|頻度|作業時間計（年・ｈ）|処理方法|摘要
!|１．選挙人名簿の調製||402||
|　(1)定時登録の処理→定時登録の処理|年４回|96|電子|
|　(2)住所移転者の表示・抹消→住所移転者の表示・抹消|毎月|132|電子|
|　(3)閲覧申出の対応→閲覧申出の対応|随時|54|紙|
|　(4)在外選挙人名簿の登録→在外選挙人名簿の登録|随時|120|紙|外務省経由
!|２．選挙の執行||2,310||
|　(1)投票所の確保・設営→投票所の確保・設営|選挙時|540|紙|
|　(2)投票管理者・立会人の選任→投票管理者・立会人の選任|選挙時|228|紙|
|　(3)入場券の印刷・発送→入場券の印刷・発送|選挙時|186|電子|委託分は除く
|　(4)期日前投票→期日前投票|選挙時|912|電子+紙|
|　(5)開票事務→開票事務|選挙時|444|紙|
|３．直接請求の署名審査→直接請求の署名審査|随時|40|紙|
!|４．啓発||151.5||
|　(1)明るい選挙ポスターコンクール→明るい選挙ポスターコンクール|年１回|61.5|紙|
|　(2)出前講座→出前講座|年６回|90|該当なし|
|５．委員会の開催→委員会の開催|毎月|108|電子|
|６．検察審査員候補者の予定者選定→検察審査員候補者の予定者選定|年１回|22.5|電子|
!|計||3,034||
""",
        "_ name _ hours medium _",
        title="作業時間",
    ),
    table(
        "c_staff_columns",
        "正規 and 会計年度 stand side by side; 計 adds them by formula and must not count again.",
        "子育て支援課.xlsx",
        """
!子育て支援課　年間事務量（令和６年度）||||||
!|||年間所要時間（時間）|||
!係名|事務名称|年間件数|正規|会計年度|計|摘要
保育係|保育所入所の申込受付|1420|520|310|=D4+E4→830|11月〜12月
|利用調整（点数付け）|1420|640|0|=D5+E5→640|
|保育料の決定・通知|1105|185|60|=D6+E6→245|
|保育料の収納・督促|2900|92.5|148|=D7+E7→240.5|
|延長保育・一時保育の実績集計|360|－→|216|216|
|施設型給付費の支払|264|410||=D9+E9→410|
手当係|児童手当の認定|980|210|190.5|=D10+E10→400.5|
|児童手当の現況届|4|64|220|=D11+E11→284|
|児童扶養手当の認定・現況|615|480|120|=D12+E12→600|8月
|子ども医療費の償還払|3340||612|=D13+E13→612|
|ひとり親家庭医療|410|88|－→|88|
家庭相談係|家庭児童相談|1260|980|1240|=D15+E15→2220|
|要保護児童対策協議会|18|310|0|=D16+E16→310|
|養育支援訪問|144|66|258|=D17+E17→324|
!|合　計||=SUM(D4:D17)→4045.5|=SUM(E4:E17)→3374.5|=SUM(F4:F17)→7420|
""",
        "unit name _ hours _ _ _",
        nonregular="unit name _ _ hours _ _",
        title="事務量",
        merged="D2:F2",
        carry="unit",
        division="子育て支援課",
        year=2024,
    ),
    table(
        "c_person_shares",
        "Each person is a column head, and the cells are shares of that person's year.",
        "従事割合表（公園緑地課管理係）.xlsx",
        """
!令和６年度　業務別従事割合表|||||||
!公園緑地課　管理係　　　※各人の年間の勤務時間を100％として、業務ごとの割合を記入してください。|||||||
!|||||||
!No.|業　　務|佐藤係長|鈴木主査|髙橋主任|今井主事|渡邉主事|計
1|公園施設の点検|0.05|0.2|0.3|0.1|0.4|1.05
2|遊具の修繕手配||0.25|0.15|0.05|0.2|0.65
3|樹木の剪定・伐採の発注|0.1|0.3|||0.1|0.5
4|公園使用許可|0.05||0.2|0.4||0.65
5|占用料の調定・収納|||0.1|0.25||0.35
6|指定管理者の監督|0.35|0.05||||0.4
7|住民要望・苦情処理|0.15|0.15|0.2|0.1|0.3|0.9
8|予算・決算・議会対応|0.25|0.05||||0.3
9|庶務|0.05||0.05|0.1||0.2
!|計|1|1|1|1|1|5
""",
        "_ name fte fte fte fte fte _",
        title="従事割合",
        spoil=_percent,
        division="公園緑地課",
        unit="管理係",
        year=2024,
    ),
    table(
        "c_clock_times",
        "Hours are clock cells in [h]:mm, beyond 24 hours.",
        "業務時間集計.xlsx",
        """
!生活環境課　業務時間集計（時間：分）
!
!担当業務|時期|１件の処理時間|年間処理件数|年間所要時間
斎場・火葬場の使用許可|通年|0:20→20|1184|394:40→23680
霊園の使用者変更|通年|0:50→50|96|80:00→4800
犬の登録・鑑札交付|4〜6月|0:10→10|412|68:40→4120
狂犬病予防集合注射|4月|7:45→465|14|108:30→6510
飼い主のいない猫の補助金|通年|0:45→45|73|54:45→3285
不法投棄の回収|通年|1:35→95|158|250:10→15010
野焼き・騒音の苦情対応|通年|1:20→80|203|270:40→16240
浄化槽設置の届出|通年|0:30→30|131|65:30→3930
環境審議会|7・11・2月|26:00→1560|3|78:00→4680
公害統計|5月|37:15→2235|1|37:15→2235
ごみ収集カレンダーの校正|1月|18:45→1125|2|37:30→2250
!計||||1445:40
""",
        "name _ minutes count hours/60",
        title="時間集計",
        spoil=_clock,
        division="生活環境課",
    ),
)
