"""Returns as offices send them, part 3: points, media, months, seasons and years in columns."""

from dataclasses import replace

from openpyxl.comments import Comment

from tests.collection.form import Form, Task
from tests.collection.forms_a1 import Pen, doubtful, letter, records, shown, total, true

MONTH_NAMES = (
    "4月",
    "5月",
    "6月",
    "7月",
    "8月",
    "9月",
    "10月",
    "11月",
    "12月",
    "1月",
    "2月",
    "3月",
)


def automation_points() -> Form:
    data = """
        給与支払報告書の点検|5435435534545; 確定申告書の取込み|4524535434444; 年金特徴の依頼処理|5514525544553
        家屋の評価計算|2232242323233; 相続人代表者指定届の登録|4424453334434; 納税義務者の死亡調査|3333354233333
        所得証明の郵送交付|5525453323444; 扶養親族の重複確認|5434544435445; 過誤納金の還付|4424444343443
        住宅借入金等控除の確認|3333443333333; 法定調書の突合|5535534454554"""
    items = (
        "定型・反復性", "ルール・手順の\n明確性", "例外処理の頻度", "作業手順の決定", "学習・適応の必要性",
        "データ・情報の\n機密性", "リアルタイム性\n要求", "システム操作", "データ処理", "API連携",
        "セキュリティ制約", "時間短縮効果", "品質向上効果",
    )  # fmt: skip
    pen = Pen("評価", row=2)
    pen.put("業務自動化評価シート（各項目１～５点）")
    pen.line("団体名|海辺市||部門名|市民税課||評価日|令和6年5月20日||評価者|矢島")
    pen.skip()
    head = pen.put(
        None, "業務名", "業務の特性", *[None] * 6, "技術面", *[None] * 3, "効果", None, "合計"
    )
    pen.put(None, None, *items, "（点）")
    pen.merge(f"C{head}:I{head}", f"J{head}:M{head}", f"N{head}:O{head}", f"B{head}:B{head + 1}")
    tasks = []
    for number, (name, points) in enumerate(records(data), 1):
        marks = [int(point) for point in points]
        row = pen.put(number, name, *marks, sum(marks))
        tasks.append(Task(row, name, division="市民税課", sheet="評価"))
    every = [int(point) for _, points in records(data) for point in points]
    pen.put(None, "平均点", *[None] * 13, round(sum(every) / len(tasks), 1))
    return Form(
        "automation_points",
        "F22: thirteen columns of points (時間短縮効果 among them) and no hours or counts at all.",
        (pen.file("自動化評価_海辺市.xlsx"),),
        tuple(tasks),
    )


def three_media() -> Form:
    paper, mixed, electronic = "紙のみ", "電子化と紙使用が併存", "紙を使用しない完全な電子化"
    known = {paper: "paper", mixed: "mixed", electronic: "electronic"}
    data = f"""
        こども家庭課|児童手当の認定請求|1450|25|{mixed}; |児童扶養手当の現況届|820|40|{paper}
        |ひとり親医療費の助成|９６０=960|15|{mixed}; |出産・子育て応援給付金|610|20|{electronic}
        |母子父子寡婦福祉資金の貸付|24|180|{paper}; 保育幼稚園課|保育所の入所申込み|1280|45|{mixed}
        |保育料の算定|2,150件=2150|12|{electronic}; |施設型給付費の支払い|744|35|{electronic}
        |一時預かりの利用登録|380|10|{paper}; |副食費の徴収免除|540|8|{mixed}
        |認可外保育施設の届出|18|90|FAX=!; |幼稚園の無償化認定|690|15|{mixed}
        青少年課|放課後児童クラブの入会|1120|30|{paper}; |クラブ使用料の口座振替|11400|3|{electronic}
        |子ども会補助金の交付|62|60|{paper}; |青少年相談|350|50|"""
    pen = Pen()
    pen.put("紙・電子の使用状況調べ")
    pen.line("課|業務|年間件数|1件当たり\n処理時間（分）|紙・電子の別|備考")
    rows = records(data, fill=1)
    pen.put("合計", None, total([row[2] for row in rows]))
    tasks = []
    codes: tuple[tuple[str, str], ...] = ()
    for division, name, count, minutes, medium in rows:
        row = pen.put(division, name, shown(count), shown(minutes), medium.split("=")[0] or None)
        task = Task(row, name, division=division, count=true(count), minutes=true(minutes))
        tasks.append(replace(task, medium=known.get(medium)))
        codes += doubtful((f"E{row}", medium))
    pen.merge_equal("A", tasks[0].row, tasks[-1].row)
    pen.sheet[f"E{tasks[-1].row}"].comment = Comment("相談は記録票を書くが…？", "青少年課")
    pen.skip()
    pen.put("※「紙・電子の別」は次の３つから選んでください。")
    for number, text in enumerate((electronic, mixed, paper), 1):
        pen.put(None, f"{number}　{text}")
    return Form(
        "three_media",
        "F24: three-value media written out, 課 merged down, the total on top, a legend below.",
        (pen.file("紙使用状況.xlsx"),),
        tuple(tasks),
        codes,
    )


def activity_costs() -> Form:
    data = """
        開栓・閉栓の受付|4120|1850|130|15|6240; 検針|980|38600|420|0|158400; 料金の計算・調定|3650|2400|2880|310|26400
        納入通知書の発送|620|4150|90|0|26400; 口座振替|410|1980|75|0|19800; 窓口収納|2730|0|60|0|3,420=3420
        督促・催告|3980|860|110|0|5180; 給水停止|2240|320|95|0|210件=210; 漏水減免の審査|1130|0|20|0|265
        メーター交換|1490|9800|5300|640|2940; 加入金の徴収|570|0|15|0|188; 水質に関する相談|860|0|40|0|－="""
    pen = Pen("ABC")
    pen.put("活動基準原価計算（ABC）　活動別原価集計表　　令和５年度決算")
    pen.put("（単位：千円、単価は円）", *[None] * 4, "担当：水道局　営業課")
    pen.line("活動（アクティビティ）|原　価|||||活動量|活動単価")
    pen.line("|人件費|委託料|減価償却費|支払利息|計|（件）|（円/件）")
    pen.merge("A3:A4", "B3:F3")
    tasks = []
    for name, *costs, count in records(data):
        cost = total(costs)
        number = true(count)
        unit = round(cost * 1000 / number) if number else "－"
        row = pen.put(name, *map(shown, costs), cost, shown(count), unit)
        task = Task(row, name, division="営業課", count=number, year=2023)
        tasks.append(replace(task, sheet="ABC"))
    columns = zip(*(row[1:5] for row in records(data)), strict=True)
    pen.put("計", *(total(list(column)) for column in columns))
    return Form(
        "activity_costs",
        "F25: activities with money and counts but no hours; nothing may be read as time.",
        (pen.file("ABC分析_営業課.xlsx"),),
        tuple(tasks),
    )


def month_counts() -> Form:
    data = """
        農地転用の相談|20|18 22 25 19 16 20 24 21 15 17 23 30|有|無; 農業振興地域の除外申出|90|4 2 3 1 － 2 5 1 － 1 2 6|有|有
        認定農業者の更新|120|－ 2 8 12 3 2 1 1 － 4 9 6|有|有; 経営所得安定対策の申請|35|140 320 260 20 － － 15 8 4 － 60 110|有|有
        鳥獣被害の報告受付|15|6 12 18 31 44 52 ３８ 20 9 4 3 5|無|無; 有害鳥獣捕獲の許可|25|30 14 8 12 10 9 11 7 4 3 6 26|有|有
        農道・水路の修繕要望|40|12 18 24 16 11 9 13 8 6 7 10 15|有|無; 家畜伝染病の予防注射|10|－ 120 95 － － 80 110 － － － 40 －|有|無
        林地開発の届出|60|2 1 3 2 1 2 4 2 1 1 2 3|有|有; 火入れ許可|20|3 － － － － － 2 4 2 11 24 31|有|有
        市民農園の利用受付|12|21件 6 4 3 2 5 7 3 2 4 35 88|有|有; 直売所出荷者の登録|15|8 5 6 4 3 4 5 3 2 2 6 12|有|無
        補助金の実績確認|75|3 2 4 5 3 6 8 7 9 11 26 ４１|有|有; 農業者年金の届出|18|5 6 4 7 5 4 6 5 3 6 8 9|有|有"""
    pen = Pen("農政課", row=3)
    pen.put("業務の件数・時間・紙・押印の調べ")
    pen.put("業務", "件　　数", *[None] * 11, "1件あたり\n時間（分）", "紙媒体の有無", "押印の有無")
    pen.put(None, *MONTH_NAMES)
    pen.merge("A4:A5", "B4:M4", "N4:N5", "O4:O5", "P4:P5")
    tasks = []
    for name, minutes, months, paper, seal in records(data):
        numbers = [f"{part}=" if part == "－" else part for part in months.split()]
        cells = [shown(number) for number in numbers]
        row = pen.put(name, *cells, shown(minutes), paper, seal)
        count = sum(int(part.removesuffix("件")) for part in months.split() if part != "－")
        task = Task(row, name, division="農政課", count=count, minutes=true(minutes))
        tasks.append(replace(task, sheet="農政課"))
    pen.put("※繁忙期（５月・６月）は応援職員１名を含む。")
    return Form(
        "month_counts",
        "F2: twelve months of counts under 件数, no yearly total; the 課 is the sheet's name.",
        (pen.file("R6業務の棚卸し.xlsx"),),
        tuple(tasks),
    )


def month_hours() -> Form:
    data = """
        財政係|当初予算の編成|10 5 5 5 10 25 120 210 260 310 280 60; |補正予算の編成|5 60 70 10 55 80 15 65 85 10 50 40
        |決算統計の作成|15 60 180 145 20 5 0 0 0 0 0 0; |地方交付税の算定|10 40 130 165 40 10 0 5 20 5 5 5
        |起債の申請|10 35 40 30 25 35 20 15 15 20 45 90; |予算流用・充用の審査|8 6 8 8 10 12 14 14 18 24 30 38
        |庁内からの予算相談|30 30 20 20 25 40 75 60 45 30 20 20; 管財係|公用車の管理・車検|22 18 20 24 16 18 20 22 18 20 22 26
        |庁舎の修繕・保守|45 40 50 60 55 40 45 40 50 45 40 70; |普通財産の貸付更新|20 6 5 5 4 5 8 6 6 30 65 80
        |市有地の草刈り委託|10 25 40 35 30 35 15 5 0 0 5 10; |火災共済の加入手続き|28 12 3 2 2 2 2 2 2 3 8 20
        |電気・ガス料金の支払い|14 14 14 14 14 14 14 14 14 14 14 14; |会議室・駐車場の使用許可|18 16 16 14 12 14 18 18 16 16 20 22"""
    pen = Pen("月別")
    pen.put("財政課　月別業務時間調べ")
    pen.put("係　名", "業　務", "令和６年度")
    pen.put(None, None, "時　　間")
    pen.put(None, None, *MONTH_NAMES, "年　計")
    pen.merge("A2:A4", "B2:B4", "C2:O2", "C3:O3")
    rows = records(data, fill=1)
    tasks = []
    for unit in dict.fromkeys(row[0] for row in rows):
        members = [row for row in rows if row[0] == unit]
        first = pen.row
        for _, name, text in members:
            months = [int(part) for part in text.split()]
            row = pen.put(unit, name, *months, sum(months))
            task = Task(row, name, division="財政課", unit=unit, hours=sum(months), year=2024)
            tasks.append(replace(task, sheet="月別"))
        pen.merge_equal("A", first, pen.row - 1)
        own = [[int(part) for part in row[2].split()] for row in members]
        sums = [sum(column) for column in zip(*own, strict=True)]
        pen.put(f"{unit}　計", None, *sums, sum(sums))
        pen.merge(f"A{pen.row - 1}:B{pen.row - 1}")
    pen.put("課　計", None, *[None] * 12, sum(task.hours or 0 for task in tasks))
    return Form(
        "month_hours",
        "Twelve months of hours with 年計 under a three-deep header, 「○○係　計」 below each 係.",
        (pen.file("月別業務時間.xlsx"),),
        tuple(tasks),
    )


def seasons() -> Form:
    data = """
        ■窓口・受付; ごみ収集の問合せ対応|廃棄物処理法|310|520|260|6|none|市民対応DB|4月、12月; 粗大ごみの予約受付|条例|180|340|150|8|electronic|予約システム|3月
        犬の登録|狂犬病予防法|22|210|12|12|paper_few|犬台帳|4月～6月; 墓地の使用許可|墓地条例|6|14|4|45|paper_few||8月
        ■許可・指導; 一般廃棄物処理業の許可|廃棄物処理法|3|9|2|150|paper_huge||3月; 浄化槽設置の届出|浄化槽法|16|28|10|30|paper_many|浄化槽台帳|
        浄化槽補助金の交付|要綱|8|19|5|75|mixed_many||5月; 不法投棄の現地確認||14|26|9|90|mixed_few||
        空き地の雑草の指導|条例|12|64|2|40|mixed_few|GIS|7月～9月; 騒音・振動の特定施設届出|騒音規制法|5|9|3|50|paper_few||
        ■庶務; 温室効果ガスの集計|実行計画|30|60|20|25|electronic|Excel|5月; 審議会の開催|条例|1|2|0|600|mixed_huge||11月"""
    words = {
        "paper_huge": "紙（量極大）", "mixed_huge": "電子＋紙（量極大）", "paper_many": "紙（量多い）",
        "mixed_many": "電子＋紙（量多い）", "paper_few": "紙（量少ない）", "mixed_few": "電子＋紙（量少ない）",
        "electronic": "電子", "none": "該当なし",
    }  # fmt: skip
    pen = Pen("業務調査")
    pen.line("業務調査票（全庁）||||所属|環境衛生課||記入日|令和７年５月９日")
    pen.line("基本情報||||業　務　量||||||処理の方法||||業務の性質|||今　後")
    pen.line("番号|業務名|主な担当|根拠法令|件　数||||所要時間|繁忙月|媒体|決裁印|住民印|使用システム|"
             "職員でなければ\nできないか|専門性|定型|課題|改善の希望|備考")  # fmt: skip
    pen.line("||||通常期|繁忙期|閑散期|年間計|1件あたり")
    pen.line("||||件/月|件/月|件/月|件|分")
    pen.merge("A2:D2", "E2:J2", "K2:N2", "O2:Q2", "R2:T2", "E3:H3")
    pen.merge(*(f"{letter(column)}3:{letter(column)}5" for column in (1, 2, 3, 4, *range(10, 21))))
    tasks: list[Task] = []
    for number, fields in enumerate(records(data)):
        if len(fields) == 1:
            pen.put(fields[0])
            continue
        name, law, normal, busy, quiet, minutes, medium, system, peak = fields
        count = 6 * int(normal) + 4 * int(busy) + 2 * int(quiet)
        row = pen.put(None, name, ("平井", "久保", "滝")[number % 3], law or None,
                      int(normal), int(busy), int(quiet), count, int(minutes), peak or None,
                      words[medium], "○" if number % 2 else "×", "○" if number % 4 == 1 else None,
                      system or None, "はい" if number > 5 else "いいえ", "いいえ", "はい")  # fmt: skip
        pen.sheet[f"A{row}"] = len(tasks) + 1
        task = Task(row, name, division="環境衛生課", count=count, minutes=true(minutes))
        tasks.append(replace(task, medium=medium, sheet="業務調査"))
    pen.put("※通常期は６か月、繁忙期は４か月、閑散期は２か月として年間計を求める。")
    pen.sheet.column_dimensions["C"].hidden = True
    return Form(
        "seasons",
        "F5: twenty columns under a four-deep header, four period columns of counts, ■ title rows.",
        (pen.file("業務調査票_環境衛生課.xlsx"),),
        tuple(tasks),
    )


def two_years() -> Form:
    data = """
        市営住宅の入居者募集|定型|コア|210|232|620|655; 入居者の収入認定|定型|ノンコア|1480|1452|940|910
        家賃の調定・収納|定型|ノンコア|17800|17450|760|742; 滞納者への督促・納付相談|非定型|コア|960|1015|1180|1240
        明渡しの請求・訴訟|非定型|コア|4|6|210|315; 修繕の受付・手配|定型|ノンコア|1320|1408|1560|1,640h=1640
        退去の立会い・精算|定型|ノンコア|96|104|330|358; 駐車場の使用許可|定型|ノンコア|145|139|72|70
        同居・承継の承認|定型|コア|64|58|96|87; 耐震改修補助の交付|定型|コア|38|４１=41|280|298
        空家等の実態調査|非定型|コア|315|402|610|790; 空家バンクの登録|非定型|ノンコア|22|35|90|未集計=!
        住宅確保要配慮者の相談|非定型|コア|－=|84||168"""
    pen = Pen("調査票")
    pen.put("庁内業務調査票【建築住宅課】")
    pen.line(
        "業務名|定型/\n非定型|コア/\nノンコア|処理件数（件）||処理時間（時間）||課題|今後の方向性"
    )
    pen.line("|||令和５年度|令和６年度|令和５年度|令和６年度")
    pen.merge("D2:E2", "F2:G2", *(f"{column}2:{column}3" for column in "ABCHI"))
    rows = records(data)
    pen.put("合　計", None, None, *(total([row[column] for row in rows]) for column in range(3, 7)))
    tasks = []
    codes: tuple[tuple[str, str], ...] = ()
    for number, (name, kind, core, *numbers) in enumerate(rows):
        future = ("現状のまま", "委託を検討", "電子申請に移行")[number % 3]
        row = pen.put(name, kind, core, *map(shown, numbers), None, future)
        task = Task(row, name, division="建築住宅課", count=true(numbers[1]), year=2024)
        tasks.append(replace(task, hours=true(numbers[3])))
        codes += doubtful((f"G{row}", numbers[3]))
    return Form(
        "two_years",
        "F4: 令和５年度 and 令和６年度 side by side for counts and hours, the sum on top.",
        (pen.file("庁内業務調査_建築住宅課.xlsx"),),
        tuple(tasks),
        codes,
    )


FORMS: tuple[Form, ...] = (
    automation_points(),
    three_media(),
    activity_costs(),
    month_counts(),
    month_hours(),
    seasons(),
    two_years(),
)
