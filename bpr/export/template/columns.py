"""The columns of the form: label, choices, and what the guide says of each.

The order is that of the work: what is done, by whom and how long, on what, of which nature; what is
only for reference stands last, and what nobody fills in after that. Every label is an alias of
survey.toml.
"""

from dataclasses import dataclass
from typing import Final, Literal

from bpr import terms

Group = Literal["task", "amount", "medium", "nature", "reference", "office"]

GROUPS: Final[dict[Group, tuple[str, str]]] = {
    "task": ("業務", "D6E4F7"),
    "amount": ("量", "D9EED6"),
    "medium": ("媒体・印鑑", "FCE8CC"),
    "nature": ("性質", "E9DDF5"),
    "reference": ("参考", "E7E7EC"),
    "office": ("所属", "C9C9D2"),
}
"""Group of columns -> its name and the color of its header."""

STAFF: Final = ("正規職員", "再任用職員", "任期付職員", "会計年度任用職員", "非常勤職員")
MEDIA: Final = tuple(
    term.label for name, term in terms.MEDIA.items() if name not in {"paper", "mixed"}
)
SEAL: Final = ("有", "無")
YES_NO: Final = ("はい", "いいえ")
FREQUENCIES: Final = ("毎日", "毎週", "毎月", "年に数回", "年1回", "数年に1回", "随時")

FIGURES: Final = ("annual_count", "minutes_per_case", "annual_hours")
"""Numbers of one year: never filled in from another year."""
ANSWERS: Final = (
    "medium",
    "approval_seal",
    "resident_seal",
    "must_be_staff",
    "needs_expertise",
    "is_routine",
)
"""What the division answers anew, unless last year's answers are wanted as a start."""


@dataclass(frozen=True)
class Column:
    """One column; `longest` is the most letters that it takes, 0 for numbers and choices."""

    field: str
    label: str
    group: Group
    width: float
    write: str
    example: str
    needed: str = "必ず書く"
    choices: tuple[str, ...] = ()
    longest: int = 0
    prompt: str = ""

    @property
    def is_number(self) -> bool:
        """Whether figures go into the column."""
        return self.field in FIGURES


_NUMBER_HINT: Final = "数字だけを半角で入れてください。単位は書きません。"

COLUMNS: Final = (
    Column(
        "task_number",
        "整理番号",
        "task",
        8,
        "前の年から続く業務の番号。初めから入っている番号は変えられない。新しい行は空欄のままでよい。",
        "12",
        needed="記入不要",
        longest=20,
    ),
    Column(
        "unit",
        "係",
        "task",
        10,
        "その作業をしている係の名前。空欄の行は、上の行と同じ係として読む。係のない課はすべて空欄。",
        "窓口係",
        needed="係があれば書く",
        longest=30,
    ),
    Column(
        "process_category",
        "大分類",
        "task",
        13,
        "業務をまとめる見出し。同じ仲間の業務には同じ言葉を使う。空欄の行は、上の行と同じとして読む。",
        "住民記録",
        needed="任意",
        longest=60,
    ),
    Column(
        "task_name",
        "業務名",
        "task",
        24,
        "何の業務か。下の行で同じ業務が続くときも、「同上」や「〃」とせず、すべての行に書く。",
        "転入・転出の届出",
        longest=100,
    ),
    Column(
        "activity_name",
        "作業名",
        "task",
        28,
        "その業務の中の 1 つの作業。「～の受付」「～の入力」「～の決定」のように、することが分かる言葉で書く。",
        "届書の受付、本人確認",
        longest=100,
    ),
    Column(
        "staff_category",
        "職員区分",
        "amount",
        16,
        "その作業をする人。2 つの区分の人がするときは、行を分けて、それぞれの時間を書く。",
        "会計年度任用職員",
        choices=STAFF,
        prompt="その作業をする人の区分を ▼ から選んでください。2 つの区分の人がするときは、行を分けます。",
    ),
    Column(
        "annual_count",
        "年間件数（件）",
        "amount",
        9,
        "1 年間の件数。システムや台帳の件数を使い、なければ「1 か月分×12」などのおおよそでよい。数えられない作業は空欄。",
        "3200",
        needed="数えられれば書く",
        prompt=f"1 年間の件数です。{_NUMBER_HINT}数えられない作業は空欄のまま、年間作業時間を入れます。",
    ),
    Column(
        "minutes_per_case",
        "1件あたり時間（分）",
        "amount",
        13,
        "1 件にかかる手を動かす時間。準備と片付けを含み、待つ時間は含めない。2 人でするときは 2 人分。",
        "10",
        needed="件数を書いたら書く",
        prompt=f"1 件にかかる時間を「分」で入れます。2 人でするときは 2 人分です。{_NUMBER_HINT}",
    ),
    Column(
        "annual_hours",
        "年間作業時間（時間）",
        "amount",
        12,
        "その作業に、課の全員で 1 年間にかけた時間の合計。件数と 1 件あたり時間を書いた行は、空欄でよい（「件数×分÷60」で計算する）。",
        "350",
        needed="件数と分がなければ必ず書く",
        prompt=f"課の全員で 1 年間にかけた時間です。件数と 1 件あたり時間を入れた行は空欄でかまいません。{_NUMBER_HINT}",
    ),
    Column(
        "medium",
        "処理媒体",
        "medium",
        16,
        "その作業で紙を使うか。紙の量は 1 年間に扱う枚数で選ぶ。目安：少ない＝1,000 枚未満、多い＝10,000 枚未満、極大＝10,000 枚以上。",
        "紙（量多い）",
        choices=MEDIA,
        prompt="▼ から選んでください。紙の量の目安（1 年間の枚数）：少ない＝1,000 枚未満、多い＝10,000 枚未満、極大＝10,000 枚以上。紙も電子も扱わない作業は「該当なし」です。",
    ),
    Column(
        "approval_seal",
        "決裁等印鑑使用",
        "medium",
        10,
        "決裁、確認、公印など、職員の側で印鑑を押すか。システムの中の電子決裁は「無」。",
        "無",
        choices=SEAL,
        prompt="職員の側で印鑑（決裁印、確認印、公印など）を押す作業は「有」です。電子決裁は「無」です。",
    ),
    Column(
        "resident_seal",
        "住民印鑑使用",
        "medium",
        9,
        "住民や事業者に印鑑を押してもらうか。署名だけでよいものは「無」。",
        "無",
        choices=SEAL,
        prompt="住民や事業者に印鑑を押してもらう作業は「有」です。署名だけでよいものは「無」です。",
    ),
    Column(
        "must_be_staff",
        "職員でなければできない",
        "nature",
        14,
        "許可・決定・処分や、方針の判断、議会・対外の折衝、人事など、公務員でなければできない作業か。下の「3 つの質問」を見る。",
        "いいえ",
        choices=YES_NO,
        prompt="許可・決定・処分、方針の判断、対外の折衝、人事など、公務員でなければできない作業は「はい」です。今だれがしているかではなく、作業の中身で答えます。",
    ),
    Column(
        "needs_expertise",
        "専門性が必要",
        "nature",
        9,
        "資格や専門の技術がないとできない作業か。「職員でなければできない」が「はい」の行は答えない（灰色になる）。",
        "いいえ",
        needed="灰色でなければ必ず書く",
        choices=YES_NO,
        prompt="資格や専門の技術（保健師、設計・積算など）がないとできない作業は「はい」です。慣れが要るだけなら「いいえ」です。灰色の欄は答えません。",
    ),
    Column(
        "is_routine",
        "定型",
        "nature",
        7,
        "手順が決まっていて、手順書どおりにすればだれがしても同じになる作業か。灰色の欄は答えない。",
        "はい",
        needed="灰色でなければ必ず書く",
        choices=YES_NO,
        prompt="手順が決まっていて、手順書どおりにすればだれがしても同じになる作業は「はい」です。灰色の欄は答えません。",
    ),
    Column(
        "systems",
        "使用システム",
        "reference",
        16,
        "使うシステムやソフトの名前。いくつかあれば「、」で区切る。",
        "住民記録システム",
        needed="任意",
        longest=100,
    ),
    Column(
        "frequency",
        "頻度",
        "reference",
        10,
        "どのくらいの間隔でする作業か。",
        "毎日",
        needed="任意",
        choices=FREQUENCIES,
    ),
    Column(
        "peak_months",
        "繁忙期",
        "reference",
        12,
        "特に忙しい月。",
        "3月、4月",
        needed="任意",
        longest=40,
    ),
    Column(
        "legal_basis",
        "根拠法令",
        "reference",
        19,
        "もとになる法律、条例、要綱の名前。",
        "住民基本台帳法第22条",
        needed="任意",
        longest=100,
    ),
    Column(
        "issues",
        "課題",
        "reference",
        27,
        "困っていること、変えたいこと。",
        "転入の多い日は待ち時間が長い",
        needed="任意",
        longest=200,
    ),
    Column(
        "department",
        "部",
        "office",
        9,
        "初めから入っている。書かなくてよい（空欄の行は、上の行と同じとして読む）。",
        "住民部",
        needed="記入不要",
        longest=40,
    ),
    Column(
        "division",
        "課",
        "office",
        10,
        "初めから入っている。書かなくてよい。",
        "くらし窓口課",
        needed="記入不要",
        longest=40,
    ),
    Column(
        "fiscal_year",
        "年度",
        "office",
        7,
        "初めから入っている（西暦）。書かなくてよい。",
        "2026",
        needed="記入不要",
    ),
)
