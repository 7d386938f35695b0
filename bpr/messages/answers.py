"""What is told of answers in cells."""

from typing import Final

from bpr.messages.message import Message

ANSWERS: Final[dict[str, Message]] = {
    "missing-hours": Message(
        "warning",
        "年間の時間が分かりません（時間・件数×1件あたり時間・人役のどれもありません）。",
        "年間作業時間、または件数と 1 件あたり時間を書いてください。",
        example="件数だけで時間のない行",
        rule="L1-09 空白とゼロの区別",
    ),
    "missing-division": Message(
        "warning",
        "課が分かりません。",
        "課名の列、または表の上に「所属：○○課」を書いてください。",
        example="課がどこにも書かれていない調査票",
    ),
    "missing-class": Message(
        "info",
        "「職員でなければできない」などの答えがないので、文から自動で判定しました。",
        "画面の「確認」で判定を確かめてください。",
        example="「専門性」が空欄の行",
    ),
    "text-in-number": Message(
        "warning",
        "数値の欄に読めない文字「{value}」があります。空欄として扱いました。",
        "数字だけを書いてください（単位は見出しに書きます）。",
        example="件数の欄に「多数」",
        rule="L2-01 数値に文字を含まない",
    ),
    "irregular-number": Message(
        "info",
        "「{value}」は数値でないので、空欄として扱いました。",
        "おおよその年間の値が分かれば、数字で書いてください。",
        example="件数の欄に「随時」",
        rule="L2-01 数値に文字を含まない",
    ),
    "error-value": Message(
        "warning",
        "セルがエラー値（{value}）です。空欄として扱いました。",
        "式の参照先を直すか、数字を直接書いてください。",
        example="時間の欄に #REF!",
        rule="L2-06 数式の値化",
    ),
    "formula-not-calculated": Message(
        "warning",
        "数式の計算結果がファイルに残っていません。空欄として扱いました。",
        "Excel で開いて上書き保存するか、数字を直接書いてください。",
        example="計算結果のない =D5*E5",
        rule="L2-06 数式の値化",
    ),
    "range-midpoint": Message(
        "warning",
        "幅のある値「{value}」は、中央の値を使いました。",
        "1 つの数字（平均）で書いてください。",
        example="「30分～1時間」",
        rule="L1-07 1セル1データ",
    ),
    "negative-number": Message(
        "warning",
        "負の数「{value}」です。空欄として扱いました。",
        "正しい数字を書いてください。",
        example="件数の欄に「-5」",
    ),
    "several-values": Message(
        "warning",
        "1 つのセルに複数の値「{value}」があります。年間の値（なければ括弧の外の値）だけを使いました。",
        "年間の値だけを書いてください。",
        example="「年間1,200件、繁忙期200件」「1,200件（うち窓口300件）」",
        rule="L1-07 1セル1データ",
    ),
    "other-period": Message(
        "info",
        "「{value}」は、書かれた期間（月・週・日）の値として年間に直しました。",
        "次からは、見出しの期間に合わせて書いてください。",
        example="年間件数の欄に「月10件」",
        rule="L3-04 単位",
    ),
    "foreign-unit": Message(
        "warning",
        "「{value}」の単位が、この列と合いません。空欄として扱いました。",
        "見出しの単位に合わせて数字だけを書いてください。",
        example="件数の欄に「30分」",
        rule="L3-04 単位",
    ),
    "unknown-choice": Message(
        "warning",
        "「{value}」は選択肢にありません。未回答として扱いました。",
        "記入要領の選択肢から選んで書いてください。",
        example="処理媒体の欄に「その他」",
        rule="L2-04 選択肢の表記揺れ",
    ),
    "duplicate-task": Message(
        "warning",
        "同じ課に同じ業務・作業がもう 1 行あります（{value}）。両方を数えています。",
        "二重なら片方を消し、別の作業なら作業名で区別してください。",
        example="同じ業務名・作業名の行が 2 つ",
    ),
    "hours-mismatch": Message(
        "warning",
        "件数×1件あたり時間と年間作業時間が合いません（{value}）。年間作業時間を使いました。",
        "どちらが正しいか確かめて直してください。",
        example="1,000 件×6 分なのに 年間 10 時間",
    ),
    "merged-number": Message(
        "warning",
        "数値のセルが結合されています（{value}）。一番上の行の値として読みました。",
        "行ごとに分けて書くか、1 つの業務にまとめてください。",
        example="時間 E5:E7 の結合",
        rule="L1-12 セル結合",
    ),
    "hours-beyond-staff": Message(
        "warning",
        "年間作業時間の合計が、職員数から考えられる時間を超えています（{value}）。",
        "時間の単位（分・時間・月間・年間）と、職員数を確かめてください。",
        example="職員 5 人の課で 2 万時間",
    ),
    "task-beyond-staff": Message(
        "warning",
        "1 行の年間作業時間が大きすぎます（{value}）。",
        "単位（分・時間・月間・年間）を確かめてください。",
        example="1 行で 8 万時間",
    ),
    "minutes-beyond-band": Message(
        "warning",
        "1 件あたりの時間が、同じ性質の業務の目安から大きく外れています（{value}）。",
        "件数と時間の単位、桁を確かめてください。",
        example="証明書の交付が 1 件 20 時間",
    ),
}
