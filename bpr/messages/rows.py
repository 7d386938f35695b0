"""What is told of rows."""

from typing import Final

from bpr.messages.message import Message

ROWS: Final[dict[str, Message]] = {
    "total-row": Message(
        "info",
        "「{value}」の行は合計とみなし、業務に数えませんでした。",
        "業務の行なら、業務名を書き直してください。",
        example="「合　計」「税務課　計」の行、内訳の和と等しい行",
    ),
    "example-row": Message(
        "info",
        "「{value}」の行は記入例とみなし、業務に数えませんでした。",
        "業務の行なら、「例」の文字を消してください。",
        example="業務名の左に「例」とある行",
    ),
    "note-row": Message(
        "info",
        "「{value}」は注記とみなし、業務に数えませんでした。",
        "業務の行なら、業務名の列に書いてください。",
        example="「※ 時間は概数」の行",
        rule="L1-04 データと無関係な情報",
    ),
    "group-row": Message(
        "info",
        "「{value}」だけの行は見出しとみなし、下の行の係・課・大分類などに使いました。",
        "業務の行なら、業務名を書いてください。",
        example="「■ 市民税係」だけの行",
        rule="L1-06 スペース・改行で体裁",
    ),
    "header-row": Message(
        "info",
        "途中の見出しの行（{value}）は読み飛ばしました。",
        "業務の行なら、業務名を書き直してください。",
        example="30 行ごとに印刷用に繰り返した見出し",
        rule="L1-02 1シート1表",
    ),
    "below-table": Message(
        "warning",
        "「{value}」は、最後の業務より下の、件数も時間もない行なので、業務に数えませんでした。",
        "業務の行なら、空白の行を消して表に続けてください。",
        example="表の下に書いた凡例",
        rule="L1-04 データと無関係な情報",
    ),
    "blank-rows": Message(
        "info",
        "表の途中に空白の行が {value} 行あります。続きを 1 つの表として読みました。",
        "次からは、空白の行を入れないでください。",
        example="係の間の空白行",
        rule="L1-03 データの分断",
    ),
    "hidden-row": Message(
        "warning",
        "非表示の行（{value} 行目）に業務があります。見えている行と同じように数えました。",
        "数えない業務なら行を消し、数える業務なら行を再表示してください。",
        example="フィルターで隠れた 12～15 行目",
        rule="L1-13 非表示行列",
    ),
    "merged-cells": Message(
        "info",
        "結合されたセル（{value} か所）を、上の値で補いました。",
        "次からは、セルを結合せず、行ごとに書いてください。",
        example="大分類 A3:A8 の結合",
        rule="L1-12 セル結合",
    ),
    "ditto-marks": Message(
        "info",
        "「〃」「同上」など（{value} か所）を、上の値で補いました。",
        "次からは、行ごとに書いてください。",
        example="所属の欄の「〃」",
        rule="L2-02 項目の省略",
    ),
    "memo-beside": Message(
        "info",
        "表の横のメモ「{value}」は読みませんでした。",
        "業務の内容なら、表の列に書いてください。",
        example="表の右の「←係長に確認中」",
        rule="L1-04 データと無関係な情報",
    ),
    "missing-name": Message(
        "error",
        "業務名も作業名もない行です。業務に数えていません。",
        "業務名を書いてください。不要な行なら消してください。",
        example="件数だけがあり業務名のない行",
        rule="L2-02 項目の省略",
    ),
}
