"""Returns as offices send them, part 2: hierarchies, seconds and minutes, one sheet per 係."""

from dataclasses import replace
from typing import Final

from tests.collection.form import Form, Task
from tests.collection.forms_a1 import (
    DAYS,
    MONTHS,
    WEEKS,
    Pen,
    doubtful,
    records,
    shown,
    total,
    true,
)

YEARLY: Final = {
    "毎日": DAYS, "週1回": WEEKS, "週2回": 2 * WEEKS, "週２回": 2 * WEEKS, "週３回": 3 * WEEKS, "月1回": MONTHS,
    "月2回": 2 * MONTHS, "毎月": MONTHS, "隔月": 6, "四半期に1回": 4, "年1回": 1, "年2回": 2,
    "年２回": 2, "年３回": 3,
}  # fmt: skip
"""How often a year a frequency comes round."""


def rpa_candidates() -> Form:
    data = """
        1|税務課|償却資産申告書の入力|申告書を見ながら基幹系に転記|入力全般
        2|〃|口座振替依頼書の登録|金融機関から届く依頼書を登録|口座情報の入力; 3|〃|還付通知の作成||
        4|収納課|督促状の引抜き|納付済みの者を発送前に抜く|消込データとの照合
        5|同上|預金調査の回答入力|紙の回答を滞納整理システムへ|入力全般
        6|子ども支援課|児童扶養手当の現況届の確認|所得・世帯の確認|世帯情報の照会・印刷
        7|〃|学童保育の利用料算定||料金区分の判定
        8|高齢者福祉課|介護認定調査票のOCR確認|読取り誤りの修正|目視確認の削減
        9|〃|主治医意見書の督促|期限超過分の抽出、電話|抽出と一覧作成
        10|〃|住宅改修費の支給決定|申請書の審査、決裁|支給決定通知の作成
        11|総務課|例規データの更新|改正文の溶け込み|－=; 12|同上|非常勤職員の報酬計算|出勤簿の集計|集計、支払データ作成
        13|環境課|犬の登録・注射済票の入力|獣医師会からの報告書を入力|入力全般
        14|〃|一般廃棄物処理手数料の調定|搬入伝票の集計|集計と調定書作成"""
    pen = Pen("候補一覧", row=2)
    pen.put("RPA実証に係る候補業務一覧（千ヶ浜市）")
    pen.line("業務No|所属|候補業務名|調査内容")
    pen.line("|||作業内容ヒアリング|RPA化を希望する作業")
    tasks = []
    division = ""
    for number, place, name, content, wish in records(data):
        division = division if place in {"〃", "同上"} else place
        row = pen.put(*map(shown, (number, place, name, content, wish)))
        tasks.append(Task(row, name, division=division, sheet="候補一覧"))
        if number in {"5", "10"}:
            pen.skip()
    pen.put("※ヒアリングは各課30分程度を予定しています。")
    return Form(
        "rpa_candidates",
        "F10: no hours and no counts at all; 所属 by ditto marks, blank rows, sparse second header.",
        (pen.file("候補業務一覧.xlsx"),),
        tuple(tasks),
    )


def benchmark() -> Form:
    data = """
        資格取得・喪失の届出処理|8200|正職員|1420; ||嘱託員|960; ||臨時職員|330
        保険証の交付・再交付|15400|正職員|310; ||嘱託員|870
        賦課計算・更正|9100|正職員|1680; ||臨時職員|240
        高額療養費の支給|6750|正職員|720; ||嘱託員|1150; ||臨時職員|420
        療養費・葬祭費の支給|1,980件=1980|正職員|480; ||嘱託員|310
        レセプト点検|112000|正職員|190; ||嘱託員|3720
        納付相談・分納誓約|2300|正職員|1540; ||嘱託員|610
        特定健診の受診勧奨|５，２００=5200|正職員|430; ||臨時職員|780"""
    pen = Pen("国保", left=2, row=2)
    pen.put("自治体間ベンチマーキング　業務プロセス別集計表（国民健康保険）")
    pen.put("団体名：", "青ヶ丘市", None, "課名：", "保険年金課")
    head = pen.line(
        "業務プロセス|担い手|業務の稼働時間\n（時間）|業務処理量\n（件）|コスト\n（円）"
    )
    rows = records(data, fill=2)
    every = total([row[3] for row in rows])
    pen.put("合計", None, every, None, every * 3285)
    tasks = []
    for name in dict.fromkeys(row[0] for row in rows):
        members = [row for row in rows if row[0] == name]
        hours = total([row[3] for row in members])
        first = pen.put(name, "計", hours, shown(members[0][1]), hours * 3285)
        for _, _, who, own in members:
            staff = "regular" if who == "正職員" else "nonregular"
            row = pen.put(name, who, shown(own), None, (true(own) or 0) * 3285)
            known = Task(row, name, division="保険年金課", hours=true(own), staff=staff)
            tasks.append(replace(known, sheet="国保"))
        pen.merge_equal("B", first, pen.row - 1)
    pen.sheet.freeze_panes = f"B{head + 1}"
    return Form(
        "benchmark",
        "F12: one row per kind of staff, each process led by its own 計 row, the grand total on top.",
        (pen.file("ベンチマーキング_国保.xlsx"),),
        tuple(tasks),
    )


def seconds() -> Form:
    data = """
        文書管理|収受|郵便物を開封して課別に仕分ける|20|350|毎日; ||収受印を押して件名簿に入力する|75|120|毎日
        ||親展文書を各課の棚へ入れる|１５=15|40|毎日; |発送|料金後納郵便の差出票を書く|180|6|毎日
        ||封入口を糊付けする|8|600|週2回; ||特殊郵便の受領証を綴じる|30|25|毎日
        |保存|完結文書を箱に詰めて登録する|420|85|年1回; ||廃棄文書の一覧を主管課へ照会する|600|40|年1回
        公印|押印|決裁文書と照合して公印を押す|90|65|毎日; ||電子公印の申請を承認する|４５秒=45|30|毎日
        例規|審査|条例案の文言を用例と照合する|5400|12|四半期に1回; ||公布文を作成して掲示する|1200|9|四半期に1回
        情報公開|受付|開示請求書の記載を確認する|900|5|月2回; ||対象文書を主管課へ照会する|1,500=1500|5|月2回
        ||写しの交付費用を計算する|300|4|月2回; 庁舎|会議室|予約の申込みを台帳に入れる|60|35|毎日
        ||鍵を貸し出して返却を確認する|40|35|毎日; |電話交換|用件を聞いて担当課へつなぐ|50|210|毎日"""
    pen = Pen("業務整理表")
    pen.put("業務整理表フォーマット【簡易版】", *[None] * 5, "白鷺町　総務課　文書係")
    pen.skip()
    pen.line("大分類|中分類|小分類|リードタイム|平均件数|頻度|使っている道具")
    pen.line("（選択）||（1アクション）|(単位:秒)|(1作業あたり)||")
    pen.line("||||件")
    tasks = []
    tools = ("", "文書管理システム", "Excel", "紙の台帳")
    for sparse, row in zip(records(data), records(data, fill=2), strict=True):
        large, middle, name, lead, number, often = row
        head = (large if sparse[0] else None, middle if sparse[0] or sparse[1] else None)
        at = pen.put(*head, name, shown(lead), shown(number), often, tools[pen.row % 4])
        count = true(number, YEARLY[often])
        known = Task(at, name, division="総務課", unit="文書係", count=count)
        tasks.append(replace(known, minutes=true(lead, 1 / 60), sheet="業務整理表"))
    pen.put("↑行が足りないときは挿入してください")
    return Form(
        "seconds",
        "F13: seconds a case times cases a time times a frequency in words; sparse unmerged classes.",
        (pen.file("業務整理表（白鷺町総務課）.xlsx"),),
        tuple(tasks),
    )


def task_tree() -> Form:
    data = """
        道路管理|占用|道路占用の許可|申請書の審査|190; |||現地確認|120=120; |||占用料の算定・調定|85
        ||特殊車両の通行許可|経路の確認|64; |||回答書の作成|42; |境界|官民境界の立会い|公図・地積測量図の調査|310
        |||現地立会い|420; |||境界確定書の交付|150; |苦情|道路の穴・陥没の通報対応|受付・現地確認|280
        |||応急補修|360ｈ=360; |||報告書の作成|90; 維持補修|点検|橋りょうの定期点検|委託の設計|140
        |||点検結果の入力|75; ||街路灯の点検|夜間巡視|96; |||球切れの修繕依頼|48
        |工事|舗装補修工事|設計書の作成|520; |||監督・検査|610; |||近隣への周知|70
        |除雪|除雪車の出動管理|出動の判断・連絡|約130=130; |||稼働日報の集計|110; |||委託料の支払い|38"""
    pen = Pen("体系表")
    pen.line("業　務　体　系　表|||||作成：建設課　道路維持係")
    pen.line("業務の分類|||作業手順|業務量")
    pen.line("大分類|中分類|小分類||年間\n（時間）")
    pen.merge("A1:D1", "A2:C2", "D2:D3")
    rows = records(data, fill=3)
    tasks = []
    for large in dict.fromkeys(row[0] for row in rows):
        first = pen.row
        for middle in dict.fromkeys(row[1] for row in rows if row[0] == large):
            members = [row for row in rows if row[:2] == [large, middle]]
            pen.put(large, middle, "（中分類計）", None, total([row[4] for row in members]))
            for _, _, name, step, hours in members:
                row = pen.put(large, middle, name, step, shown(hours))
                known = Task(row, name, step, "建設課", "道路維持係", true(hours))
                tasks.append(replace(known, sheet="体系表"))
        for column in "ABC":
            pen.merge_equal(column, first, pen.row - 1)
    pen.put("総計", None, None, None, sum(task.hours or 0 for task in tasks))
    return Form(
        "task_tree",
        "F14: three merged levels and a step per row, each middle level led by its subtotal.",
        (pen.file("業務体系表【建設課】.xlsx"),),
        tuple(tasks),
    )


def small_acts() -> Form:
    data = """
        台帳に納付金額を転記する|銀行から領収済通知書が届く|Excel|12|44; 督促状の宛名を確認して封入する|納期限の20日後|紙|55|6
        検針票の異常値を検針員に電話で確かめる|検針日の翌日|紙・電話|30|20; 開栓・閉栓の受付票を入力する|電話・ネット申込|料金システム|10|260
        料金の減免申請を計算して起案する|漏水修理の報告|Excel|40|18; 口座振替の結果データを取り込む|振替日の3営業日後|料金システム|25|8
        振替不能者の一覧を印刷して突き合わせる|同上|紙|35|8; メーター交換の対象を抽出して業者へ送る|毎月初め|料金システム|60|2
        給水装置工事の設計を審査する|業者の申込み|紙|50|32; しゅん工検査の予約を調整する|工事の完了|電話|１５=15|30
        水質検査の結果をホームページに載せる|検査機関の報告|CMS|20|4; 調定額の月計表を突合する|月末|Excel|60|3
        停水の執行予告を作成する|滞納3期|Word|18|25; 窓口で料金を収納して日計を締める|毎日閉庁時|レジ|30|20"""
    pen = Pen("棚卸し", left=4, row=5)
    pen.put("業務棚卸シート", None, None, "上下水道課　料金係")
    pen.put("１行＝10分～60分で終わる行動。「請求書処理」ではなく「台帳に金額を転記」と書く。")
    pen.skip()
    pen.put(None, None, None, None, "（単位：分）")
    pen.line("行　動|きっかけ|使うもの|１回の時間|１か月の回数")
    tasks = []
    for number, (name, cause, tool, minutes, times) in enumerate(records(data)):
        row = pen.put(name, cause, tool, shown(minutes), shown(times))
        if number == 4:
            pen.sheet[f"K{row}"] = "←係長に確認中（7/12 電話あり）"
        known = Task(row, name, None, "上下水道課", "料金係", count=true(times, MONTHS))
        tasks.append(replace(known, minutes=true(minutes), sheet="棚卸し"))
    pen.skip()
    for legend in (
        "使うものの書き方||",
        "紙|紙の台帳、帳票",
        "Excel|表計算",
        "CMS|ホームページ更新",
    ):
        pen.line(legend)
    pen.sheet["L2"] = "提出期限　8月31日"
    return Form(
        "small_acts",
        "F15: starts at D9, minutes by a line above the header, a memo beside, a legend below.",
        (pen.file("棚卸_上下水道課.xlsx"),),
        tuple(tasks),
    )


def survey_minutes() -> Form:
    data = {
        "用地第一課": """
            県道拡幅に伴う用地調査|調査外業|土地の立会い|14520; |〃|境界点の測量|21900; |〃|建物の調査|18640
            |調査内業|登記記録の調査|9600; |〃|用地実測図の作成|２６４００=26400; |〃|権利者への説明資料の作成|7,350=7350
            河川改修に伴う用地調査|調査外業|土地の立会い|8100; |〃|立竹木の調査|5460; |調査内業|補償額の算定|19860
            |〃|登記嘱託書の作成|6480""",
        "用地第二課": """
            学校用地の取得|調査外業|境界点の測量|6300; |〃|土地の立会い|3360; |調査内業|登記記録の調査|4020
            |〃|買収価格の算定|5100; 公共用地の処分|調査外業|現況の確認|2880; |調査内業|入札図書の作成|9900
            |〃|契約・登記|7140; 公拡法の届出|調査内業|届出書の受理・回答|11160""",
    }
    books = []
    tasks = []
    for division, text in data.items():
        pen = Pen("作業時間")
        pen.put("作業時間調査票")
        pen.put("※移動時間は含めないこと。半角で、分単位（1分刻み）で記入すること。")
        head = pen.line("業務名|作業区分|作業項目|年間の作業時間\n（分）|摘要")
        name = f"作業時間調査_{division}.xlsx"
        for task, kind, item, minutes in records(text, fill=1):
            row = pen.put(task, kind, item, shown(minutes))
            known = Task(row, task, item, division, hours=true(minutes, 1 / 60))
            tasks.append(replace(known, sheet="作業時間", workbook=name))
        pen.merge_equal("A", head + 1, pen.row - 1)
        own = [task.hours or 0 for task in tasks if task.workbook == name]
        pen.put("計", None, None, round(sum(own) * 60))
        books.append(pen.file(name))
    return Form(
        "survey_minutes",
        "F16: two files of one return, the 課 only in the file name, minutes a year, merged 業務名.",
        tuple(books),
        tuple(tasks),
    )


def duty_list() -> Form:
    data = {
        "社会教育係": """
            公民館講座の企画・運営|西村|週２回|3時間=180; 社会教育委員会議の開催|西村、岡|年３回|4時間=240
            成人式の準備|全員|年1回|120時間=7200; 文化財の現状変更の届出受付|岡|月2回|約40分=40
            学校開放の利用調整|平|毎日|４５分=45; 補助団体の会計処理|平|毎月|2.5時間=150
            後援名義の承認|岡|週1回|30分～1時間=!45; 社会教育主事への相談対応|西村|随時=|20分=20
            講座受講料の収納|平|毎日|15分=15; 広報原稿の作成|西村|月1回|1時間30分=90""",
        "スポーツ係": """
            体育施設の予約受付|坂井|毎日|1.5時間=90; 使用料の減免決定|坂井|週1回|50分=50
            市民マラソンの実行委員会|三上|年２回|２００ｈ=12000; スポーツ推進委員の会議|三上|隔月|3ｈ=180
            施設の修繕依頼|坂井、三上|月2回|90分=90; 指定管理者の月次報告の確認|三上|毎月|2時間=120
            スポーツ少年団の登録|坂井|年1回|35時間=2100; 全国大会出場の激励金|三上|不定期=|25分=25
            トレーニング室の利用者講習|坂井|週３回|60分=60""",
    }
    pen: Pen | None = None
    tasks = []
    codes: tuple[tuple[str, str], ...] = ()
    for unit, text in data.items():
        pen = Pen(unit, book=pen.book if pen else None)
        pen.put("担当業務一覧表")
        pen.put("課　名", "生涯学習課", None, "作成日", "R6.7.1")
        pen.skip(2 if unit == "スポーツ係" else 1)
        pen.line("No.|業務内容|担当者|頻度|所要時間|備考（マニュアルの有無など）")
        for number, (name, who, how, time) in enumerate(records(text), 1):
            row = pen.put(number, name, who, how.split("=")[0], time.split("=")[0])
            known = Task(row, name, division="生涯学習課", unit=unit, count=YEARLY.get(how))
            tasks.append(replace(known, minutes=true(time), sheet=unit))
            codes += doubtful((f"E{row}", time))
    assert pen is not None
    return Form(
        "duty_list",
        "F17: frequency and duration both in words, one sheet per 係, tables at different rows.",
        (pen.file("担当業務一覧（生涯学習課）.xlsx"),),
        tuple(tasks),
        codes,
    )


FORMS: tuple[Form, ...] = (
    rpa_candidates(),
    benchmark(),
    seconds(),
    task_tree(),
    small_acts(),
    survey_minutes(),
    duty_list(),
)
