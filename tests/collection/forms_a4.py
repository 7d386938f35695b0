"""Returns as offices send them, part 4: kinds of staff, several tables, several sheets, CSV."""

from dataclasses import replace

from tests.builder import Value, text_file
from tests.collection.form import Form, Task
from tests.collection.forms_a1 import DAYS, WEEKS, Pen, doubtful, records, shown, total, true


def staff_columns() -> Form:
    data = """
        介護保険課|要介護認定の申請受付|介護保険ｼｽﾃﾑ|1240|３|860|2; |認定調査の実施|〃|620|2|4350h=4350|6
        |認定審査会の運営|Excel|1480|3|290|1; |主治医意見書料の支払い|財務会計ｼｽﾃﾑ|210|1|－=|
        |保険料の賦課・更正|介護保険ｼｽﾃﾑ|1360|2||; |高額介護ｻｰﾋﾞｽ費の支給|〃|540|2|380|1
        |住宅改修・福祉用具の審査|〃|７２０=720|2|410|1; |事業所の指定・実地指導||1650|3||
        地域包括支援課|総合相談|相談記録ｼｽﾃﾑ|1820|3|1240|2; |介護予防ｹｱﾌﾟﾗﾝの作成|〃|960|2|約2100=2100|3
        |権利擁護・虐待対応||880|2|120|1; |認知症ｻﾎﾟｰﾀｰ養成講座||310|2|240|2
        |ﾈｯﾄﾜｰｸ会議の開催||260|2|0|"""
    pen = Pen(left=2)
    pen.line("業務量調査票　　※①～⑤を記入し、総務課へ提出してください")
    top = pen.line("①課名|②業務名|③ｼｽﾃﾑ名|④年間従事時間||||⑤備考")
    pen.line("|||正規職員||会計年度任用職員|")
    pen.line("|||時間|人数|時間|人数")
    pen.merge("E2:H2", "E3:F3", "G3:H3", *(f"{column}{top}:{column}4" for column in "BCDI"))
    pen.line("記入例|旅費の支給事務|財務会計ｼｽﾃﾑ|120|1|60|1|課で取りまとめ")
    pen.line("記入例|郵便物の発送||0|0|240|1|")
    tasks = []
    for division, name, system, own, people, helped, helpers in records(data, fill=1):
        cells = map(shown, (division, name, system, own, people, helped, helpers))
        row = pen.put(*cells)
        for staff, field in (("regular", own), ("nonregular", helped)):
            if hours := true(field):
                tasks.append(Task(row, name, division=division, hours=hours, staff=staff))
    pen.merge_equal("B", 7, pen.row - 1)
    pen.put("計", None, None, total([row[3] for row in records(data)]), None,
            total([row[5] for row in records(data)]))  # fmt: skip
    return Form(
        "staff_columns",
        "F1: regular and 会計年度 hours in columns, circled numbers, half-width kana, two 記入例 rows.",
        (pen.file("業務量調査票(福祉部).xlsx"),),
        tuple(tasks),
    )


def person_shares() -> Form:
    data = {
        "主幹　相原": "学校施設整備計画の進行管理|0.35; 議会・予算|0.2; 国庫補助金の申請|0.25; 課内庶務|0.1; 電話・来客|0.1",
        "主査　稲垣": """校舎の修繕・保守点検|0.3; 学校からの修繕要望の受付|0.15; 備品の購入・管理|0.25
            理科教育設備の台帳整理|0.05; 光熱水費の支払い|15%=0.15; 電話・来客|0.1""",
        "主事　宇野": """就学援助の認定・支給|0.4; 学齢簿の整備|0.2; 就学時健診の案内|0.1; 転入学の手続き|0.15
            教科書の無償給与|約５％=0.05; 電話・来客|0.1""",
        "主事　遠藤": """学校給食費の調定・収納|0.45; 食物アレルギー対応の連絡調整|0.1; 給食物資の発注|0.25
            滞納者への催告|0.1; 課内庶務|－=; 電話・来客|10％=0.1""",
    }
    pen = Pen("従事割合")
    pen.put("担当事務の従事割合調べ（令和６年４月１日現在）")
    pen.put("担当課", None, "教育総務課")
    pen.merge("A2:B2")
    tasks = []
    for person, text in data.items():
        pen.skip()
        pen.put(f"〇　{person}")
        pen.line("No|事務の内容|従事割合|事務の根拠、備考")
        shares = records(text)
        for number, (name, share) in enumerate(shares, 1):
            row = pen.put(number, name, shown(share))
            pen.percent(f"C{row}")
            tasks.append(
                Task(row, name, division="教育総務課", fte=true(share), sheet=pen.sheet.title)
            )
        pen.put(None, "計", round(total([share for _, share in shares]), 2))
        pen.percent(f"C{pen.row - 1}")
    return Form(
        "person_shares",
        "Same columns stacked once per person, 従事割合 as percent-formatted fractions, each to 100 %.",
        (pen.file("従事割合_教育総務課.xlsx"),),
        tuple(tasks),
    )


def stacked_different() -> Form:
    regular = """
        広報紙の編集|市報の発行|原稿の依頼・回収|24|6; ||割付・校正|24|38; ||配布業者への引渡し|24|2.5
        |点字・声の広報|音訳ボランティアとの調整|24|3時間=3; 情報発信|ホームページ|各課ページの承認|1450|0.2
        ||トップページの更新|240|0.5; |ＳＮＳ|投稿文の作成|３６０=360|0.4; |報道対応|記者発表資料の作成|96|2
        ||取材の日程調整|150|30分=0.5; 広聴|市長への手紙|受付・担当課への回付|210|0.75; ||回答の発送|205|1時間30分=1.5
        |市政モニター|アンケートの集計|4|20"""
    irregular = """
        市勢要覧の改訂|5月～9月|34.5|3; 市制50周年記念誌の編集|通年|６２人日=62|2; シティプロモーション動画の委託|6月～1月|18|2
        世論調査の実施|8月～11月|41|3; 災害時の広報訓練|1月|3人日=3|4; 選挙啓発ポスターの掲示|（隔年）|0.5人日=0.5|2"""
    pen = Pen("広報課")
    pen.put("業務分析シート（機能分析表）", *[None] * 5, "作成者：広報課長")
    pen.skip()
    pen.put("１　経常業務")
    head = pen.line("業務区分\n（階層１）|業務\n（階層２）|作業単位|回数／年|１回の時間（ｈ）|摘要")
    tasks = []
    rows = records(regular, fill=2)
    for kind, name, act, times, hours in rows:
        row = pen.put(kind, name, act, shown(times), shown(hours))
        known = Task(row, name, act, "広報課", count=true(times), minutes=true(hours, 60))
        tasks.append(replace(known, sheet="広報課"))
    for column in "AB":
        pen.merge_equal(column, head + 1, pen.row - 1)
    pen.skip(2)
    pen.put("２　臨時・突発業務")
    pen.line("業務名|時期|延べ従事人日|従事人数")
    for name, when, days, people in records(irregular):
        row = pen.put(name, when, shown(days), int(people))
        known = Task(row, name, division="広報課", hours=true(days, 7.75), sheet="広報課")
        tasks.append(known)
    pen.put("合計", None, total([row[2] for row in records(irregular)]))
    return Form(
        "stacked_different",
        "F11: two tables below each other with different columns: times x hours, then person-days.",
        (pen.file("業務分析_広報課.xlsx"),),
        tuple(tasks),
    )


def side_by_side() -> Form:
    data = {
        "資産税係": """
            土地の評価替え|1|960h=960; 家屋調査・評価|410|2h=2; 償却資産申告の受付|1850|0.25
            名寄帳の閲覧|980|0.2; 非課税・減免の審査|145|1.5; 登記済通知書の入力|4200|0.15
            固定資産評価証明の発行|7600|10分=0.16666666666666666; 価格等決定通知の発送|21400|0.01; 審査申出への対応|3|40""",
        "収税係": """
            督促状の発送|9200|0.02; 催告書の発送|3600|0.05; 財産調査|2900|0.3; 差押え・換価|260|5
            分納誓約の締結|480|0.75; 口座振替の登録|1350|0.1; 過誤納金の還付|890|0.4""",
    }
    pen = Pen("両係", row=1)
    pen.put("税務課　係別業務量一覧")
    pen.put("（令和５年度実績、単位：件・時間）")
    pen.skip()
    start = pen.row
    tasks = []
    for left, (unit, text) in zip((1, 7), data.items(), strict=True):
        side = "ABCDEFGHIJ"[left - 1 : left + 4]
        pen.left, pen.row = left, start
        pen.put(f"【{unit}】")
        pen.line("No|業務名|年間件数|１件当たり時間|年間時間")
        every = 0.0
        for number, (name, count, hours) in enumerate(records(text), 1):
            yearly = round((true(count) or 0) * (true(hours) or 0), 1)
            every += yearly
            row = pen.put(number, name, shown(count), shown(hours), yearly)
            known = Task(row, name, None, "税務課", unit, yearly, true(count), true(hours, 60))
            tasks.append(replace(known, year=2023, sheet="両係"))
        pen.put(None, f"{unit}計", None, None, round(every, 1))
        pen.sheet.column_dimensions[side[1]].width = 28
    return Form(
        "side_by_side",
        "Two 係 side by side with a blank column between, their totals in different rows.",
        (pen.file("係別一覧.xlsx"),),
        tuple(tasks),
    )


def csv_week_day() -> Form:
    data = """
        国民健康保険の加入・脱退|１８件=18|32|電子+紙（量多い）; 限度額適用認定証の交付|9|8.5|電子
        高額療養費の支給申請|6件=6|１２．５=12.5|紙（量多い）; 出産育児一時金の支給|0.5|1.5|紙（量少ない）
        国民年金の免除申請|5|7|紙（量多い）; 年金相談|12|18時間=18|該当なし; 後期高齢者の資格確認書|14|16|電子+紙（量少ない）
        人間ドックの助成|2|30分=0.5|紙（量少ない）; 納税相談|7|約11ｈ=11|該当なし; 保険税の口座振替受付|4|2|紙（量少ない）
        第三者行為の求償|0.2|3|電子+紙（量少ない）; レセプトの再審査依頼|3|4|電子; 電話照会への対応|45|22|該当なし"""
    media = {
        "電子": "electronic", "該当なし": "none", "紙（量多い）": "paper_many", "紙（量少ない）": "paper_few",
        "電子+紙（量多い）": "mixed_many", "電子+紙（量少ない）": "mixed_few",
    }  # fmt: skip
    name = "保険年金課_業務量.csv"
    rows: list[list[Value]] = [["業務量調査（令和６年度）", "", "", "", "", ""], [""] * 6]
    rows.append(["業務名", "担当係", "1日あたり件数", "週あたり時間", "処理媒体", "備考"])
    tasks = []
    units = ("国保係", "年金係", "医療係")
    for number, (task, day, week, medium) in enumerate(records(data)):
        unit = units[number % 3]
        rows.append(
            [task, unit, shown(day), shown(week), medium, "窓口・電話\n含む" if number == 5 else ""]
        )
        known = Task(len(rows), task, division="保険年金課", unit=unit, count=true(day, DAYS))
        tasks.append(replace(known, hours=true(week, WEEKS), medium=media[medium], year=2024))
    rows.append(["合計", "", "", total([row[2] for row in records(data)]), "", ""])
    return Form(
        "csv_week_day",
        "CP932 CSV with a title line: cases a day (x240) and hours a week (x52), 課 in the file name.",
        (text_file(rows, name=name, encoding="cp932"),),
        tuple(tasks),
    )


def cover_sheet() -> Form:
    data = {
        "戸籍係": """
            出生・死亡届の受理|正規|1820|25|紙（量多い）; 婚姻・離婚届の受理|正規|940|35|紙（量多い）
            戸籍証明の交付|非正規|14200|８=8|電子+紙（量極大）; 戸籍の電算入力|正規|2760|30|電子
            戸籍の附票の異動|非正規|5300|6|電子; 身分証明書の発行|非正規|860|10|紙（量少ない）
            不受理申出の受付|正規|12|20|紙（量少ない）; 相続税法58条の通知|正規|1,210=1210|5|電子+紙（量少ない）
            広域交付の照会|正規|640|40|電子""",
        "年金医療係": """
            子ども医療費の助成|非正規|19800|4|電子+紙（量多い）; 受給者証の更新|正規|6400|3分=3|電子+紙（量多い）
            重度障害者医療の認定|正規|310|45|紙（量少ない）; 国民年金の資格取得|非正規|1280|15|紙（量多い）
            付加保険料の申出|非正規|46|15|紙（量少ない）; 年金生活者支援給付金|正規|380|20|紙（量少ない）
            未支給年金の請求受付|正規|220|1時間=60|紙（量少ない）""",
    }
    media = {
        "紙（量多い）": "paper_many", "電子+紙（量極大）": "mixed_huge", "電子": "electronic",
        "紙（量少ない）": "paper_few", "電子+紙（量少ない）": "mixed_few", "電子+紙（量多い）": "mixed_many",
    }  # fmt: skip
    head = "Ｎｏ．|業　務　名|職員区分|作業件数\n（年間）|1件当たり\n作業時間（分）|処理媒体"
    pen = Pen("表紙", row=2)
    pen.put("令和６年度　全庁業務量調査　回答票")
    pen.skip()
    for label in (
        "団体名|花水木町",
        "課　名|住民課",
        "記入責任者|課長補佐　関",
        "提出日|令和７年２月１４日",
    ):
        pen.line(label)
    pen.sheet["A9"] = "各係のシートに記入し、令和７年２月末までに提出してください。"
    guide = Pen("記入要領", book=pen.book)
    for text in (
        "１　業務名は動作まで書く。",
        "２　作業件数は年間の実数（概数可）。",
        "３　時間は分で書く。",
    ):
        guide.put(text)
    sample = Pen("記入例", book=pen.book, row=2)
    sample.line(head)
    sample.line("1|庁舎警備の委託契約|正規|1|960|紙（量少ない）")
    sample.line("2|郵便物の集配|非正規|480|30|紙（量多い）")
    tasks = []
    for unit, text in data.items():
        sheet = Pen(unit, book=pen.book, row=2)
        sheet.line(f"（様式２）||係名|{unit}")
        sheet.line(head)
        for number, (name, staff, count, minutes, medium) in enumerate(records(text), 1):
            row = sheet.put(number, name, staff, shown(count), shown(minutes), medium)
            known = Task(row, name, division="住民課", unit=unit, count=true(count), year=2024)
            kind = "regular" if staff == "正規" else "nonregular"
            known = replace(known, minutes=true(minutes), staff=kind, medium=media[medium])
            tasks.append(replace(known, sheet=unit))
        for blank in range(1, 6):
            sheet.put(len(records(text)) + blank)
    old = Pen("R3", book=pen.book)
    old.line(head)
    old.line("1|戸籍証明の交付|非正規|16100|9|紙（量極大）")
    old.line("2|印鑑登録|正規|2100|12|紙（量多い）")
    old.hide()
    master = Pen("マスタ", book=pen.book)
    master.line("処理媒体|職員区分")
    for number, word in enumerate(media):
        master.put(word, ("正規", "非正規")[number] if number < 2 else None)
    return Form(
        "cover_sheet",
        "F1: 課 and year on a 表紙, one sheet per 係, among 記入要領, 記入例, マスタ and hidden old data.",
        (pen.file("回答票.xlsx"),),
        tuple(tasks),
    )


def plain_words() -> Form:
    data = """
        本の貸出・返却|168000|1|パートさん|紙と電子の両方; 予約本の取り置きと連絡|21500|3|パートさん|電子だけ
        利用者カードの発行|2400|６=6|パートさん|紙と電子の両方; レファレンス|たくさん=!|20|正職員|紙と電子の両方
        本の選定・発注|１２，０００冊=12000|2分=2|正職員|電子だけ; 本の装備（カバーかけ）|12000|4|パートさん|どちらでもない
        延滞している人への督促|1860|約5分=5|パートさん|紙だけ; おはなし会の開催|48|150|正職員|紙だけ
        学校への団体貸出|360|45|正職員|紙と電子の両方; 相互貸借の手配|740|15|正職員|紙と電子の両方
        寄贈本の受入れ|950|8|正職員|紙だけ; 蔵書点検|1|9600|みんな|電子だけ
        移動図書館の運行|96|5時間=300|正職員|紙だけ; 修理・除籍|3100|6|パートさん|電子だけ"""
    media = {
        "紙だけ": "paper",
        "紙と電子の両方": "mixed",
        "電子だけ": "electronic",
        "どちらでもない": "none",
    }
    kinds = {"正職員": "regular", "パートさん": "nonregular"}
    pen = Pen("しごと調べ", row=2)
    pen.put("しごと調べ（市立図書館）")
    pen.put("わかる範囲でかまいません。だいたいの数字で書いてください。")
    pen.line("|仕事の名前|年間に何件くらい\nありますか|1回やるのに\n何分かかりますか|だれがやっていますか|"
             "紙ですか、\n電子ですか|困っていること")  # fmt: skip
    tasks = []
    codes: tuple[tuple[str, str], ...] = ()
    for number, (name, count, minutes, who, medium) in enumerate(records(data), 1):
        trouble = "夏休みに集中する" if number == 1 else None
        row = pen.put(number, name, shown(count), shown(minutes), who, medium, trouble)
        known = Task(row, name, count=true(count), minutes=true(minutes), staff=kinds.get(who))
        tasks.append(replace(known, medium=media[medium], sheet="しごと調べ"))
        codes += doubtful((f"C{row}", count))
    return Form(
        "plain_words",
        "Questions instead of column labels, answered in everyday words.",
        (pen.file("図書館のしごと.xlsx"),),
        tuple(tasks),
        codes,
    )


FORMS: tuple[Form, ...] = (
    staff_columns(),
    person_shares(),
    stacked_different(),
    side_by_side(),
    csv_week_day(),
    cover_sheet(),
    plain_words(),
)
