"""What is told of files and workbooks."""

from typing import Final

from bpr.messages.message import Message

FILES: Final[dict[str, Message]] = {
    "file-empty": Message(
        "error",
        "ファイルが空です（0 バイト）。",
        "提出元に、もう一度保存して送ってもらってください。",
        example="0 バイトの 税務課.xlsx",
    ),
    "file-encrypted": Message(
        "error",
        "パスワードがかかっているため読めません。",
        "Excel で開き、「ファイル」→「情報」→「ブックの保護」でパスワードを外して保存し直してください。",
        example="読み取りパスワードのついた 税務課.xlsx",
    ),
    "file-damaged": Message(
        "error",
        "ファイルが壊れているため読めません。",
        "Excel で開けるか確かめ、開けたら .xlsx で保存し直し、開けなければ送り直してもらってください。",
        example="送信の途中で切れた 税務課.xlsx",
    ),
    "file-too-large": Message(
        "error",
        "ファイルが大きすぎるため、開く前に止めました。",
        "写真や不要なシートを消して保存し直すか、survey.toml の limits を大きくしてください。",
        example="写真を貼った 120 MB の調査票",
    ),
    "sheet-too-large": Message(
        "error",
        "シートの端のほうのセルに値があり、表が大きすぎるため、開く前に止めました。",
        "Ctrl+End で最後のセルを確かめ、不要な値を消して保存し直してください。",
        example="XFD1048576 のセルに 1 文字あるシート",
    ),
    "file-not-workbook": Message(
        "error",
        "Excel や CSV の中身ではありません（名前だけが .xlsx などになっています）。",
        "元のファイルを確かめ、.xlsx で保存し直してください。",
        example="名前だけ .xlsx に変えた Word 文書や Web ページ",
        rule="L1-01 ファイル形式",
    ),
    "zip-encrypted": Message(
        "error",
        "zip にパスワードがかかっているため、中の調査票を取り出せません。",
        "パスワードを入れて展開し、中の調査票を取り込んでください。",
        example="パスワードつきの 回収.zip",
    ),
    "zip-too-large": Message(
        "error",
        "zip の中身が大きすぎるため、展開する前に止めました。",
        "展開して、調査票だけを取り込むか、survey.toml の limits を大きくしてください。",
        example="展開すると 2 GB になる 回収.zip",
    ),
    "zip-damaged": Message(
        "error",
        "zip の中に、壊れているか、知らない方式で圧縮されているため取り出せないファイルがあります。",
        "元の場所で展開し直して、中の調査票を取り込んでください。",
        example="送信の途中で切れた 回収.zip",
    ),
    "zip-unopened": Message(
        "error",
        "zip の中の zip は開きません。",
        "展開して、中の調査票を取り込んでください。",
        example="回収.zip の中の 税務課.zip",
    ),
    "zip-without-workbook": Message(
        "error",
        "zip の中に調査票（Excel・CSV）がありません。",
        "元の zip を確かめてください。",
        example="PDF だけの 回収.zip",
    ),
    "workbook-without-table": Message(
        "error",
        "業務の表（「業務名」などの見出しのある表）が見つかりません。",
        "見出しの行に「業務名」と「年間作業時間」などを書くか、--header-row と --map で列を指定してください。",
        example="かがみ文だけのブック",
    ),
    "workbook-without-rows": Message(
        "error",
        "業務が 1 行も書かれていません（見出しだけの調査票です）。",
        "記入済みの調査票かどうか、提出元に確かめてください。",
        example="見出しだけで送り返された調査票",
    ),
    "division-twice": Message(
        "warning",
        "同じ課の調査票がもう 1 つあるようです（{value}）。両方を数えています。",
        "古いほうを取込から外してください。",
        example="税務課.xlsx と 税務課（修正）.xlsx",
        office=True,
    ),
}
