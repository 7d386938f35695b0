"""Task tables whose trouble is the file, the shape of the sheet or what the division added."""

from typing import Final

from openpyxl.styles import Border, PatternFill, Side

from tests.builder import save
from tests.collection.form import Form
from tests.collection.sheet_b import Sheet, book, csv_form, form


def csv_cp932() -> Form:
    """CP932 text with titles above the header."""
    text = """
!令和５年度 業務量調査 回答一覧
!出力日：令和６年５月１０日
!
!番号|課名|業務名|作業名|職員区分|件数|作業時間(h)|備考
1|議会事務局|本会議の運営|議事日程の作成|正規|4|160|
2|議会事務局|本会議の運営|会議録の作成|会計年度|4|240|委託分を除く
3|議会事務局|委員会の運営|資料の印刷・配布|会計年度|24|96|紙で15部
4|議会事務局|請願・陳情の受付||正規|18|27|
5|議会事務局|議会だよりの編集|原稿の取りまとめ|正規|4|200|"２色刷"
6|議会事務局|議会だよりの編集|校正|正規|4|80|写真,図を含む
7|監査委員事務局|例月出納検査|資料の突合|正規|12|144|①～⑤の帳票
8|監査委員事務局|定期監査|ヒアリング⏎講評|正規|10|350|
9|監査委員事務局|決算審査意見書の作成||正規|1|120|
!以上
"""
    fields = "_ division name activity staff count hours _"
    sheet = Sheet(text, fields, known={"year": 2023})
    idea = "CP932 の CSV、見出しの上に題と出力日、セル内の改行と引用符"
    return csv_form("csv-cp932", idea, "kaitou_20240510.csv", sheet)


def formatted_void() -> Form:
    """A thousand formatted empty rows and a stray format in the last column."""
    text = """
!都市計画課　業務量調査
!
!|業務名|業務の内容|年間件数|1件当たり時間（時間）|年間時間（時間）
|都市計画図の交付|窓口での販売|320|0.1|32
|用途地域の照会|窓口・電話・FAX|2600|0.15|390
|開発許可|事前協議、審査、検査|22|24|528
|建築確認の経由|受付、消防同意の送付|180|0.5|90
|屋外広告物の許可|申請受付、現地確認|140|1|140
|公園の占用許可|〃|60|0.75|45
|公園遊具の点検|月１回の巡回|12|16|192
|緑化補助金の交付|申請受付、実績確認|48|1.5|72
|空家の適正管理|所有者への通知|95|4|380
|国土利用計画法の届出|県への送付|14|2|28
"""
    sheet = Sheet(text, "_ name _ count minutes*60 hours", known={"division": "都市計画課"})
    made = book(sheet)
    page = made.worksheets[0]
    thin = Side(style="thin")
    for row in range(14, 1014):
        for column in range(2, 7):
            page.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    page["XFD3"].fill = PatternFill("solid", start_color="FFFF00")
    idea = "罫線だけの空行が1,000行、XFD列に書式だけのセル"
    return form("formatted-void", idea, "都市計画課.xlsx", [sheet], save(made))


def newline_names() -> Form:
    """Names with newlines and lists."""
    text = """
!業務⏎番号|業務名⏎（事務分掌に基づく）|所管⏎課|年間⏎件数⏎（件）|年間⏎時間⏎（h）|処理⏎媒体
1|国民健康保険⏎資格の取得・喪失|保険年金課|4200|1050|電子+紙
2|・高額療養費の支給⏎・限度額適用認定証の交付|保険年金課|3100|780|紙
3|国民健康保険税の賦課⏎　（当初・随時）|保険年金課|9800|620|電子
4|後期高齢者医療⏎・被保険者証の交付⏎・保険料の徴収|保険年金課|7600|900|電子+紙
5|第三者行為⏎求償事務|保険年金課|25|100|紙
6|特定健診の⏎受診券発送|保険年金課⏎|8800|230|紙
7|・出産育児一時金⏎・葬祭費⏎・海外療養費|保険年金課|210|105|紙
8|レセプト点検|保険年金課|120000|1500|電子
9|医療費通知⏎ジェネリック差額通知の発送|保険⏎年金課|12|72|紙
"""
    sheet = Sheet(text, "_ name division count hours medium")
    idea = "業務名のセルに改行と「・」の箇条書き、見出しにも改行"
    return form("newline-names", idea, "保険年金課.xlsx", [sheet])


def one_character_title() -> Form:
    """A title with one character in each cell."""
    text = """
!
!令|和|６|年|度||業|務|量|調|査|票||（|企|画|課|）
!
!No.|業務名|作業手順|頻度|件数（件/年）|時間（分/件）|決裁等印鑑使用|処理媒体|根拠法令
1|総合計画の進行管理|各課への照会、取りまとめ|年２回|2|9600|有|電子|
2|行政評価|評価シートの取りまとめ|年１回|180|60|有|電子|
3|統計調査|調査員の推薦・説明会|年数回|5|1800|有|紙（量多い）|統計法
4|統計調査|調査票の審査|年数回|3200|6|無|紙（量極大）|統計法
5|広報紙の編集|原稿依頼・校正|毎月|12|3600|有|電子+紙（量少ない）|
6|ホームページの更新|記事の承認|随時|950|8|無|電子|
7|陳情・要望の回答|各課への照会|随時|140|75|有|電子+紙（量多い）|
8|移住相談|面談、メール対応|随時|210|45|無|該当なし|
9|地域おこし協力隊の活動支援|報告書の確認、支払|毎月|60|40|有|紙（量少ない）|
"""
    known = {"year": 2024}
    sheet = Sheet(text, "_ name _ _ count minutes _ medium _", known=known)
    made = book(sheet)
    page = made.worksheets[0]
    for letter in "CDEFGHIJKLMNOPQ":
        page.column_dimensions[letter].width = 3.5
    idea = "題は1文字1セル（神エクセル）、その下は普通の表"
    return form("one-character-title", idea, "企画課.xlsx", [sheet], save(made))


def added_columns() -> Form:
    """Columns the division put between the standard ones."""
    text = """
!全庁業務量調査　回答様式|||||||||||（消防総務課　追記あり）
!課|係|担当者氏名|業務名|メモ|作業名|電話|年間件数|前回からの増減|１件あたり時間（分）|確認者|年間作業時間（h）|ﾁｪｯｸ
消防総務課|庶務係|山田　太郎|消防団員の入退団|書類が多い|届出の受付|2231|45|3|40|係長|30|✓
消防総務課|庶務係|山田　太郎|消防団員の報酬支払|2回に分ける|口座の確認・入力|2231|620|-12|6|係長|62|✓
消防総務課|庶務係|鈴木　花子|消防団の出動手当||出動報告の集計|2232|180|40|20|係長|60|
消防総務課|予防係|高橋　一郎|危険物施設の許可|昨年は300件|申請の審査|2240|48|0|180|課長|144|✓
消防総務課|予防係|高橋　一郎|危険物施設の立入検査||検査・通知書|2240|95|5|150|課長|237.5|✓
消防総務課|予防係|田中　次郎|防火管理者の選任届|電子申請も可|届出の受付|2241|210|-8|12|係長|42|
消防総務課|予防係|田中　次郎|消防用設備の点検報告|業務量 多い|報告書の確認・入力|2241|1350|60|10|係長|225|✓
消防総務課|予防係|田中　次郎|り災証明の発行||申請受付・交付|2241|22|-1|30|係長|11|
消防総務課|救急係|伊藤　三郎|救命講習会の開催|30人/回|申込受付・準備|2250|36|2|240|係長|144|✓
消防総務課|救急係|伊藤　三郎|救急活動の統計報告|５月に集中|集計・県への報告|2250|12|0|300|係長|60|
"""
    fields = "division unit _ name _ activity _ count _ minutes _ hours _"
    sheet = Sheet(text, fields)
    idea = "標準の列の間に担当者氏名・メモ・電話・増減・確認者を課が足した"
    return form("added-columns", idea, "消防総務課_追記.xlsx", [sheet])


def staff_rows() -> Form:
    """Regular and non-regular staff in two rows, the name merged over both."""
    text = """
!図書館　業務量調査票
!業務名|処理媒体|職員区分|従事割合（％）|人数|年間作業時間（ｈ）
図書の貸出・返却|電子|正規|15||279
→図書の貸出・返却|→電子|会計年度|120||2232
利用者登録|電子+紙|正規|5||93
→利用者登録|→電子+紙|会計年度|20||372
図書の選書・発注|電子|正規|45||837
→図書の選書・発注|→電子|会計年度|10||186
図書の装備・整理|紙|正規|→||→
→図書の装備・整理|→紙|会計年度|80||1488
予約・リクエスト処理|電子|正規|10||186
→予約・リクエスト処理|→電子|会計年度|50||930
おはなし会|該当なし|正規|10||186
→おはなし会|→該当なし|会計年度|15||279
統計・報告|電子|正規|20||372
→統計・報告|→電子|会計年度|→||→
!合計||正規|105||1953
!||会計年度|295||5487
"""
    areas = [f"{letter}{row}:{letter}{row + 1}" for row in range(3, 19, 2) for letter in "AB"]
    known = {"division": "図書館"}
    sheet = Sheet(text, "name medium staff fte/100 _ hours", "Sheet1", known, " ".join(areas))
    idea = "1業務が正規・会計年度の2行、業務名は2行結合、片方が空の業務もある"
    return form("staff-rows", idea, "図書館.xlsx", [sheet])


FORMS: Final[tuple[Form, ...]] = (
    csv_cp932(),
    formatted_void(),
    newline_names(),
    one_character_title(),
    added_columns(),
    staff_rows(),
)
