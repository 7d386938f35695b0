"""The Japanese text, the remedy and the severity of every finding, by its code.

`{value}` stands for the text of the cell. Rules named L1-.. to L3-.. are those of 「行政データに
おける機械可読性に関するルール」 (decided 2026-03-31 by the ministries' CIO liaison conference).
"""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Message:
    """One kind of finding."""

    severity: Severity
    text: str
    remedy: str
    rule: str | None = None


MESSAGES: Final[dict[str, Message]] = {
    # files
    "file-empty": Message(
        "error",
        "ファイルが空です（0 バイト）。",
        "提出元に、もう一度保存して送ってもらってください。",
    ),
    "file-encrypted": Message(
        "error",
        "パスワードがかかっているため読めません。",
        "Excel で開き、「ファイル」→「情報」→「ブックの保護」でパスワードを外して保存し直してください。",
    ),
    "file-damaged": Message(
        "error",
        "ファイルが壊れているため読めません。",
        "Excel で開けるか確かめ、開けたら .xlsx で保存し直し、開けなければ送り直してもらってください。",
    ),
    "file-too-large": Message(
        "error",
        "ファイルが大きすぎるため、開く前に止めました。",
        "写真や不要なシートを消して保存し直すか、survey.toml の limits を大きくしてください。",
    ),
    "sheet-too-large": Message(
        "error",
        "シートの端のほうのセルに値があり、表が大きすぎるため、開く前に止めました。",
        "Ctrl+End で最後のセルを確かめ、不要な値を消して保存し直してください。",
    ),
    "file-not-workbook": Message(
        "error",
        "Excel や CSV の中身ではありません（名前だけが .xlsx などになっています）。",
        "元のファイルを確かめ、.xlsx で保存し直してください。",
        "L1-01 ファイル形式",
    ),
    "workbook-without-table": Message(
        "error",
        "業務の表（「業務名」などの見出しのある表）が見つかりません。",
        "見出しの行に「業務名」と「年間作業時間」などを書くか、--header-row と --map で列を指定してください。",
    ),
    # sheets and columns
    "sheet-without-table": Message(
        "info",
        "シート「{value}」には業務の表がないので読みませんでした。",
        "業務が書かれていれば、見出しに「業務名」を入れてください。",
    ),
    "sheet-empty": Message("info", "シート「{value}」は空です。", "そのままで構いません。"),
    "sheet-hidden": Message(
        "info",
        "シート「{value}」は非表示なので読みませんでした。",
        "集計に入れる場合は、シートを再表示してください。",
        "L1-13 非表示行列",
    ),
    "sheet-example": Message(
        "info",
        "シート「{value}」は記入例や一覧とみなして読みませんでした。",
        "業務が書かれていれば、シート名を変えるか --sheet で指定してください。",
    ),
    "sheet-not-asked": Message(
        "info",
        "シート「{value}」は指定されていないので読みませんでした。",
        "そのままで構いません。",
    ),
    "column-ignored": Message(
        "info",
        "列「{value}」は使わない列として読みませんでした。",
        "使う列なら、survey.toml の別名に足すか --map で指定してください。",
    ),
    "column-guessed": Message(
        "warning",
        "列の見出しが決まった言葉でないので、似た言葉から読みました（{value}）。",
        "違う場合は --map で指定してください。合っていれば、survey.toml の別名に足すと次から出ません。",
    ),
    "column-duplicate": Message(
        "warning",
        "列「{value}」と同じ意味の列が先にあるため、この列は読みませんでした。",
        "こちらが正しければ --map で指定してください。",
        "L2-03 列名が一意",
    ),
    "division-from-name": Message(
        "info",
        "課の欄がないので、名前から「{value}」としました。",
        "違う場合は、表に「課」の列を足してください。",
    ),
    # rows
    "total-row": Message(
        "info",
        "「{value}」の行は合計とみなし、業務に数えませんでした。",
        "業務の行なら、業務名を書き直してください。",
    ),
    "note-row": Message(
        "info",
        "「{value}」は注記とみなし、業務に数えませんでした。",
        "業務の行なら、業務名の列に書いてください。",
        "L1-04 データと無関係な情報",
    ),
    "group-row": Message(
        "info",
        "「{value}」だけの行は見出しとみなし、下の行の所属に使いました。",
        "業務の行なら、業務名を書いてください。",
        "L1-06 スペース・改行で体裁",
    ),
    "header-row": Message(
        "info",
        "途中の見出しの行（{value}）は読み飛ばしました。",
        "業務の行なら、業務名を書き直してください。",
        "L1-02 1シート1表",
    ),
    "missing-name": Message(
        "error",
        "業務名も作業名もない行です。業務に数えていません。",
        "業務名を書いてください。不要な行なら消してください。",
        "L2-02 項目の省略",
    ),
    # answers
    "missing-hours": Message(
        "warning",
        "年間の時間が分かりません（時間・件数×1件あたり時間・人役のどれもありません）。",
        "年間作業時間、または件数と 1 件あたり時間を書いてください。",
        "L1-09 空白とゼロの区別",
    ),
    "missing-division": Message(
        "warning", "課が分かりません。", "課名の列、または表の上に「所属：○○課」を書いてください。"
    ),
    "missing-class": Message(
        "info",
        "「職員でなければできない」などの答えがないので、文から自動で判定しました。",
        "画面の「業務」で判定を確かめてください。",
    ),
    "text-in-number": Message(
        "warning",
        "数値の欄に読めない文字「{value}」があります。空欄として扱いました。",
        "数字だけを書いてください（単位は見出しに書きます）。",
        "L2-01 数値に文字を含まない",
    ),
    "irregular-number": Message(
        "info",
        "「{value}」は数値でないので、空欄として扱いました。",
        "おおよその年間の値が分かれば、数字で書いてください。",
        "L2-01 数値に文字を含まない",
    ),
    "error-value": Message(
        "warning",
        "セルがエラー値（{value}）です。空欄として扱いました。",
        "式の参照先を直すか、数字を直接書いてください。",
        "L2-06 数式の値化",
    ),
    "formula-not-calculated": Message(
        "warning",
        "数式の計算結果がファイルに残っていません。空欄として扱いました。",
        "Excel で開いて上書き保存するか、数字を直接書いてください。",
        "L2-06 数式の値化",
    ),
    "range-midpoint": Message(
        "warning",
        "幅のある値「{value}」は、中央の値を使いました。",
        "1 つの数字（平均）で書いてください。",
        "L1-07 1セル1データ",
    ),
    "negative-number": Message(
        "warning", "負の数「{value}」です。空欄として扱いました。", "正しい数字を書いてください。"
    ),
    "foreign-unit": Message(
        "warning",
        "「{value}」の単位が、この列と合いません。空欄として扱いました。",
        "見出しの単位に合わせて数字だけを書いてください。",
        "L3-04 単位",
    ),
    "unknown-choice": Message(
        "warning",
        "「{value}」は選択肢にありません。未回答として扱いました。",
        "記入要領の選択肢から選んで書いてください。",
        "L2-04 選択肢の表記揺れ",
    ),
    "duplicate-task": Message(
        "warning",
        "同じ課に同じ業務・作業がもう 1 行あります（{value}）。両方を数えています。",
        "二重なら片方を消し、別の作業なら作業名で区別してください。",
    ),
    "hours-mismatch": Message(
        "warning",
        "件数×1件あたり時間と年間作業時間が合いません（{value}）。年間作業時間を使いました。",
        "どちらが正しいか確かめて直してください。",
    ),
}
