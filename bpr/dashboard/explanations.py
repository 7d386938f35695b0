"""Words of the screen that are hard for a newcomer, and what they mean."""

from typing import Final

from bpr.terms import EVIDENCES, FIELDS, Term

EXPLANATIONS: Final[dict[str, Term]] = {
    "core": Term(
        "コア",
        note="職員でなければできない仕事。許可・認定・処分のような公権力の行使や、政策の判断など。人に任せる候補にはせず、空いた時間を振り向ける先と考えます。",
    ),
    "noncore": Term(
        "ノンコア",
        note="職員でなくてもできる仕事。受付、入力、発送など。専門性が要るか、定型かによって II〜IV に分けます。",
    ),
    "expertise": Term(
        "専門性",
        note="資格や専門の知識・技術がないとできないこと。ノンコアのうち、専門性の要る仕事が II です。",
    ),
    "routine": Term(
        "定型",
        note="手順が決まっていて、だれがしても同じ結果になること。専門性の要らないノンコアのうち、定型が III、その都度やり方の変わるもの（非定型）が IV です。",
    ),
    "medium": Term(
        "媒体",
        note="仕事で扱うものが、紙か、電子か、その両方か。紙を使う仕事は、AI-OCR やオンライン申請の候補になります。",
    ),
    "ai_ocr": Term(
        "AI-OCR",
        note="紙に書かれた文字（手書きも）を読み取り、データにする仕組み。読み違いがあるので、人が確かめる手間は残ります。",
    ),
    "rpa": Term(
        "RPA",
        note="転記やダウンロードのような、決まったパソコン操作をソフトウェアに任せる仕組み。手順の決まった、量の多い仕事に向きます。",
    ),
    "outsourcing": Term(
        "外部委託",
        note="民間事業者などに仕事を任せること。公権力の行使に当たる判断は任せられないので、切り分けて考えます。",
    ),
    "confidence": Term(
        FIELDS["confidence"].label,
        note="分類をどれだけ信じてよいか。A はほぼ確か、B はおおむね正しい、C は人の確認が必要です。",
    ),
    "source": Term(
        FIELDS["work_class_source"].label,
        note="だれが分類を決めたか。人の確認、調査票の回答、自動判定の順に優先します。",
    ),
    "suitability": Term(
        "適性",
        note="その手段に向いている度合い（0〜100 点）。調査票に答えのない項目があると点が決まらないので、かっこの中に幅を示します。",
    ),
    "weight": Term(
        "重み",
        note="点を付けるとき、どの基準をどれだけ大事にするか。正解はありません。初めの値は本製品の目安で、町の考え方に合わせて変えられます。",
    ),
    "rank_range": Term(
        "順位の幅",
        note="調査票に答えのない項目が分かれば、順位がどこまで上がり、どこまで下がりうるか。幅の広い業務ほど、先に聞く値打ちがあります。",
    ),
    "certainty": Term(
        "確からしさ",
        note="重みをいろいろに変えても上位に残るか。「確実」はほとんどの場合に残り、「重み次第」は入ったり外れたりし、「圏外」はほとんど入りません。",
    ),
    "saving": Term(
        FIELDS["saving_hours"].label,
        note="手段が引き受ける時間に、公表された「減る割合」を掛けた年間の時間。約束された数ではないので、幅で示します。",
    ),
    "base": Term(
        "母数",
        note="割合を出すときに割った元の数（分母）。母数の違う割合どうしは、そのままではくらべられません。",
    ),
    "split": Term(
        "切り分け",
        note="1 つの仕事を、職員が行う部分（審査・決定など）と、任せられる部分（受付・入力など）に分けること。",
    ),
    "bpr_done": Term(
        "BPR実施業務数（累計）",
        note="「実施済」まで進んだ業務を、始めの年度から足した数。いくつかの業務をまとめた取組は 1 と数え、元に戻した業務は外します。",
    ),
    "grade": Term(
        "進捗",
        note="今日までに予定した伸びに対して、実績がどこまで伸びたか。境目の数は本製品の目安です。",
    ),
    "forecast": Term(
        "目標年度末の見通し",
        note="いまの進み方と予定から見た、目標の年度の終わりの値。決まった数ではないので、幅で示します。",
    ),
    "measured": Term(EVIDENCES["measured"].label, note="導入の前と後を、同じやり方で測った値。"),
    "expected": Term(
        EVIDENCES["expected"].label, note="計画や試算の値。まだ測っていない、これからの数です。"
    ),
    "opinion": Term(
        EVIDENCES["opinion"].label,
        note="使った人に聞いた答え。測った値ではないので、実績とは分けて扱います。",
    ),
}
"""Name -> the word as pages write it, and its meaning in a sentence or two."""
