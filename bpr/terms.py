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

CONFIDENCES: Final = ("A", "B", "C")

LEVERS: Final[dict[str, Term]] = {
    "ai_ocr": Term("AI-OCR", note="紙の文字を読み取ってデータにする。"),
    "rpa": Term("RPA", note="決まったパソコン操作をソフトウェアに任せる。"),
    "outsourcing": Term("外部委託", note="民間事業者などに任せる。"),
}

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
    term = FIELDS.get(field) or SURVEY_ONLY_FIELDS[field]
    return f"{term.label}（{term.unit}）" if term.unit else term.label
