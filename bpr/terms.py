"""The glossary: every public identifier with its Japanese label, unit and meaning."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Term:
    """One public name: what it is called in Japanese, in which unit, and what it means."""

    label: str
    unit: str = ""
    note: str = ""


FIELDS: Final[dict[str, Term]] = {
    "task_id": Term("業務ID", note="再取込でも変わらない番号。整理番号があればそれを使う。"),
    "workbook": Term("調査票ファイル"),
    "sheet": Term("シート"),
    "row": Term("行", note="Excel の行番号（1 から）。"),
    "municipality": Term("団体名"),
    "fiscal_year": Term("年度", "年度", "4 月の属する西暦年。"),
    "department": Term("部"),
    "division": Term("課"),
    "unit": Term("係"),
    "process_category": Term("大分類"),
    "process_group": Term("中分類"),
    "process": Term("小分類"),
    "task_name": Term("業務名"),
    "activity_name": Term("作業名"),
    "staff_type": Term("正規・非正規"),
    "staff_category": Term("職員区分", note="調査票に書かれたまま。"),
    "annual_count": Term("年間件数", "件/年"),
    "minutes_per_case": Term("1件あたり時間", "分/件"),
    "annual_hours": Term("年間作業時間", "時間/年"),
    "fte": Term("人役（人工）", "人"),
    "medium": Term("処理媒体"),
    "approval_seal": Term("決裁等印鑑使用"),
    "resident_seal": Term("住民印鑑使用"),
    "must_be_staff": Term("職員でなければできない", note="調査票の回答。"),
    "needs_expertise": Term("専門性", note="調査票の回答。"),
    "is_routine": Term("定型", note="調査票の回答。"),
    "legal_basis": Term("根拠法令"),
    "systems": Term("使用システム"),
    "peak_months": Term("繁忙期"),
    "frequency": Term("頻度"),
    "issues": Term("課題"),
    "work_class": Term("業務の性質", note="I コア、II～IV ノンコア。"),
    "work_class_source": Term("判定の根拠", note="人の確認、調査票の回答、自動判定の順に優先。"),
    "work_class_probability": Term("確からしさ", "0–1"),
    "confidence": Term("確信度", note="A ほぼ確か、B おおむね、C 人の確認が必要。"),
    "ai_ocr_score": Term("AI-OCR適性", "点"),
    "ai_ocr_score_low": Term("AI-OCR適性（下限）", "点"),
    "ai_ocr_score_high": Term("AI-OCR適性（上限）", "点"),
    "rpa_score": Term("RPA適性", "点"),
    "rpa_score_low": Term("RPA適性（下限）", "点"),
    "rpa_score_high": Term("RPA適性（上限）", "点"),
    "outsourcing_score": Term("外部委託適性", "点"),
    "outsourcing_score_low": Term("外部委託適性（下限）", "点"),
    "outsourcing_score_high": Term("外部委託適性（上限）", "点"),
    "best_lever": Term("推奨手段"),
    "gate": Term("制約", note="点を抑えた決まり。"),
    "saving_hours": Term("削減見込", "時間/年"),
    "saving_hours_low": Term("削減見込（下限）", "時間/年"),
    "saving_hours_high": Term("削減見込（上限）", "時間/年"),
    "rank": Term("順位"),
    "rank_low": Term("順位（上限）", note="点が上限のときの順位。"),
    "rank_high": Term("順位（下限）", note="点が下限のときの順位。"),
}

SURVEY_ONLY_FIELDS: Final[dict[str, Term]] = {
    "task_number": Term("整理番号"),
    "work_class_answer": Term("業務の性質（I～IV）の回答"),
}
"""Columns that a form may have and that end in other fields of a task."""

YES_NO_FIELDS: Final = (
    "approval_seal",
    "resident_seal",
    "must_be_staff",
    "needs_expertise",
    "is_routine",
)
"""Fields that are answered with yes or no."""

FACTS: Final[dict[str, Term]] = {
    "acts": Term("作業の種類", note="業務名・作業名から見つかった動作（受付、入力、審査など）。"),
    "names": Term("業務名の言葉"),
    "system_count": Term("使用システムの数", "個"),
    "has_peak": Term("繁忙期の有無"),
    "division_count": Term("同じ仕事をする課の数", "課", "共通業務のまとまりで数える。"),
}
"""What scoring works out from a task's answers."""

WORK_CLASSES: Final[dict[str, Term]] = {
    "core": Term("I コア", note="職員でなければできない仕事"),
    "expert": Term("II ノンコア（要専門性）", note="専門性が必要な作業"),
    "routine": Term("III ノンコア（専門性不要・定型）", note="専門性が不要で定型的な作業"),
    "nonroutine": Term("IV ノンコア（専門性不要・非定型）", note="専門性が不要で非定型的な作業"),
}

SHORT_WORK_CLASSES: Final[dict[str, str]] = {
    "core": "I コア",
    "expert": "II 要専門性",
    "routine": "III 定型",
    "nonroutine": "IV 非定型",
}

MEDIA: Final[dict[str, Term]] = {
    "paper_huge": Term("紙（量極大）"),
    "mixed_huge": Term("電子+紙（量極大）"),
    "paper_many": Term("紙（量多い）"),
    "mixed_many": Term("電子+紙（量多い）"),
    "paper_few": Term("紙（量少ない）"),
    "mixed_few": Term("電子+紙（量少ない）"),
    "paper": Term("紙"),
    "mixed": Term("電子+紙"),
    "electronic": Term("電子"),
    "none": Term("該当なし"),
}

MEDIUM_GROUPS: Final = ("paper", "mixed", "electronic", "none")
"""The media without their amounts: what an estimate can say."""

PAPER_MEDIA: Final = tuple(m for m in MEDIA if m.startswith(("paper", "mixed")))
"""The media that the Ami plan counts as use of paper (紙利用率)."""

STAFF_TYPES: Final[dict[str, Term]] = {
    "regular": Term("正規職員"),
    "nonregular": Term("非正規職員"),
}

CLASS_SOURCES: Final[dict[str, Term]] = {
    "person": Term("人の確認"),
    "survey": Term("調査票の回答"),
    "model": Term("自動判定"),
}

FISCAL_YEARS: Final = range(2000, 2101)
"""Years that are believed to be fiscal years."""

CONFIDENCES: Final = ("A", "B", "C")

CORE_BASES: Final[dict[str, Term]] = {
    "law": Term("法令によるコア", note="公権力の行使など、法令上、職員だけができる。"),
    "judgement": Term(
        "判断・使命によるコア", note="裁量や政策判断のため職員が担う。団体により考え方が分かれる。"
    ),
}
"""On what ground a task is core; municipalities differ on the second."""

REVIEW_CAUSES: Final[dict[str, Term]] = {
    "low_confidence": Term("自信がない", note="自動判定の確信度が B か C。"),
    "cannot_say": Term("判定できない", note="自動判定の手がかりになる言葉がない。"),
    "disagreement": Term("調査票と食い違う", note="調査票の回答と、確信度 A の自動判定が違う。"),
    "against_others": Term(
        "課の回答が他課と逆", note="その課の回答は、他の課より明らかに多く自動判定と違う。"
    ),
}
"""Why a task is in the review queue."""

GROUP_SOURCES: Final[dict[str, Term]] = {
    "family": Term("業務の言葉"),
    "name": Term("似た業務名"),
    "person": Term("人が入れた"),
}
"""Why a task is in a group of the same work."""

LEVERS: Final[dict[str, Term]] = {
    "ai_ocr": Term("AI-OCR", note="紙の文字を読み取ってデータにする。"),
    "rpa": Term("RPA", note="決まったパソコン操作をソフトウェアに任せる。"),
    "outsourcing": Term("外部委託", note="民間事業者などに任せる。"),
    "online_application": Term("オンライン申請", note="申請や届出を画面から受け付ける。"),
    "e_approval": Term("電子決裁", note="紙の回議と押印をやめ、画面で決裁する。"),
    "generative_ai": Term("生成AI・議事録", note="文案の下書き、要約、録音の文字起こしに使う。"),
    "data_link": Term("データ連携", note="システムの間の転記をなくし、データを渡す。"),
    "simplify": Term("廃止・統合・簡素化", note="仕事そのものをやめる、まとめる、簡単にする。"),
}

MAIN_LEVERS: Final = ("ai_ocr", "rpa", "outsourcing")
"""The levers whose scores stand in columns of their own in the table of tasks."""

EVIDENCES: Final[dict[str, Term]] = {
    "measured": Term("実績", note="導入の前後を測った値。"),
    "expected": Term("見込み", note="計画や試算の値。"),
    "opinion": Term("アンケート", note="利用者の意見。"),
}
"""What stands behind a published effect (根拠区分)."""

CERTAINTIES: Final[dict[str, Term]] = {
    "certain": Term("確実", note="重みを変えても、ほとんどの場合に上位に残る。"),
    "depends": Term("重み次第", note="重みの置き方によって上位に入ったり外れたりする。"),
    "out": Term("圏外", note="重みを変えても、ほとんど上位に入らない。"),
}
"""How sure it is that a task is among the best."""

SEVERITIES: Final[dict[str, Term]] = {
    "error": Term("エラー", note="直さないと集計に入らない。"),
    "warning": Term("要確認", note="集計には入るが、値を確かめる。"),
    "info": Term("お知らせ", note="読み飛ばした所など。直さなくてよい。"),
}

COLLECTION_STATUSES: Final[dict[str, Term]] = {
    "returned": Term("提出済み"),
    "errors": Term("エラーあり", note="提出されたが、直さないと集計に入らない行がある。"),
    "missing": Term("未提出"),
    "refused": Term("読めない", note="ファイルを開けないか、業務の表がない。"),
}
"""How far a division's return is."""


def label(field: str) -> str:
    """Japanese label of a field, with its unit where it has one (年間作業時間（時間/年）)."""
    term = FIELDS.get(field) or FACTS.get(field) or SURVEY_ONLY_FIELDS[field]
    return f"{term.label}（{term.unit}）" if term.unit else term.label


LINK_HOWS: Final[dict[str, Term]] = {
    "number": Term("整理番号", note="整理番号が同じで、業務名が食い違わない。"),
    "name": Term("業務名", note="同じ課で、業務名・作業名が同じ。"),
    "fuzzy": Term("似た業務名", note="業務名が似ているか、課が違う。人が確かめる。"),
    "person": Term("人の確認"),
}
"""Why a task of one year is taken for a task of the next."""

YEAR_CHANGES: Final[dict[str, Term]] = {
    "grew": Term("増えた"),
    "shrank": Term("減った"),
    "same": Term("ほぼ同じ"),
    "vanished": Term("なくなった", note="後の年度に同じ業務が見つからない。"),
    "began": Term("新しい", note="前の年度に同じ業務が見つからない。"),
}
"""What became of a task from one year to the next."""

POPULATION_CLASSES: Final[dict[str, Term]] = {
    "under_10000": Term("人口 1 万人未満"),
    "10000_30000": Term("人口 1 万～3 万人"),
    "30000_50000": Term("人口 3 万～5 万人"),
    "50000_100000": Term("人口 5 万～10 万人"),
    "100000_300000": Term("人口 10 万～30 万人"),
    "over_300000": Term("人口 30 万人以上"),
}
"""How large a town is."""

ROLES: Final[dict[str, Term]] = {
    "admin": Term("管理者", note="取込・確認・設定・アカウント・監査記録（総務課）。"),
    "decider": Term("意思決定者", note="全庁を見て、候補を選び、決める（管理職・DX 推進本部）。"),
    "division": Term("所管課", note="自分の課の行だけを見て、直し、効果を記録する。"),
    "viewer": Term("閲覧", note="全庁を見るだけ。"),
}
"""Roles of accounts."""

AUDIT_ACTIONS: Final[dict[str, Term]] = {
    "login": Term("ログイン"),
    "logout": Term("ログアウト"),
    "login.refuse": Term("ログインの失敗"),
    "login.expire": Term("時間切れのログアウト"),
    "account.add": Term("アカウントの追加"),
    "account.change": Term("アカウントの変更"),
    "edition.open": Term("調査の開始"),
    "edition.close": Term("調査の締め切り"),
    "edition.reopen": Term("締め切りの取り消し"),
    "upload.add": Term("調査票の取込"),
    "upload.withdraw": Term("調査票を外す"),
    "upload.restore": Term("調査票を戻す"),
    "upload.forget": Term("調査票の消去"),
    "class.correct": Term("区分の修正"),
    "class.undo": Term("区分の修正の取り消し"),
    "group.say": Term("共通業務の確認"),
    "form.confirm": Term("列の読み方の確定"),
    "offices.list": Term("提出する課の登録"),
    "weights.save": Term("重みの保存"),
    "ranking.freeze": Term("評価の凍結"),
    "target.create": Term("BPR対象の登録"),
    "target.edit": Term("BPR対象の変更"),
    "target.move": Term("BPR対象の状態の変更"),
    "target.merge": Term("BPR対象の統合"),
    "target.split": Term("BPR対象の分割"),
    "target.refreeze": Term("見込みの更新"),
    "target.measure": Term("効果の記録"),
    "target.unmeasure": Term("測定の取り消し"),
    "kpi.enter": Term("KPI の入力"),
    "link.confirm": Term("前年度との対応の確認"),
    "link.deny": Term("前年度との対応の否定"),
    "link.forget": Term("前年度との対応の取り消し"),
    "cost.set": Term("単価の変更"),
    "exchange.add": Term("他団体の交換ファイルの登録"),
    "exchange.withdraw": Term("他団体の交換ファイルを外す"),
    "export": Term("書き出し"),
    "backup": Term("控えの作成"),
    "restore": Term("控えから戻す"),
}
"""What the audit log tells of."""
