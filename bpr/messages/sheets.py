"""What is told of sheets, tables and columns."""

from typing import Final

from bpr.messages.message import Message

SHEETS: Final[dict[str, Message]] = {
    "sheet-without-table": Message(
        "info",
        "シート「{value}」には業務の表がないので読みませんでした。",
        "業務が書かれていれば、見出しに「業務名」を入れてください。",
        example="シート「表紙」",
    ),
    "sheet-empty": Message(
        "info",
        "シート「{value}」は空です。",
        "そのままで構いません。",
        example="何も書かれていない Sheet2",
    ),
    "sheet-hidden": Message(
        "info",
        "シート「{value}」は非表示なので読みませんでした。",
        "集計に入れる場合は、シートを再表示してください。",
        example="非表示にした「前年度」",
        rule="L1-13 非表示行列",
    ),
    "sheet-example": Message(
        "info",
        "シート「{value}」は記入例や一覧とみなして読みませんでした。",
        "業務が書かれていれば、シート名を変えるか --sheet で指定してください。",
        example="シート「記入例」、題名が「調査票（記入例）」の表",
    ),
    "sheet-list": Message(
        "info",
        "シート「{value}」は業務の名前だけの一覧とみなして読みませんでした。",
        "業務の調査票なら、シートだけを別のファイルにするか --sheet で指定してください。",
        example="件数も時間もない「業務一覧」のシート",
        rule="L3-02 コード表",
    ),
    "sheet-evaluation": Message(
        "warning",
        "シート「{value}」は事務事業評価の表とみなして読みませんでした（件数・時間の欄がありません）。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが 対象・意図・手段・成果指標 の表",
    ),
    "evaluation-list": Message(
        "warning",
        "シート「{value}」は事務事業評価の一覧とみなし、業務名だけを読みました（件数・時間の欄がありません）。",
        "業務量調査票ではない場合は、取込から外してください。",
        example="全庁 400 事業の事務事業評価一覧",
    ),
    "sheet-budget": Message(
        "warning",
        "シート「{value}」は予算や金額の表とみなして読みませんでした（件数・時間の欄がありません）。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが 事業名・要求額・査定額 の表",
    ),
    "sheet-merger": Message(
        "warning",
        "シート「{value}」は合併協議などの事務事業一覧とみなして読みませんでした。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが 分科会名・事務事業名・協議区分 の表",
    ),
    "sheet-contract": Message(
        "warning",
        "シート「{value}」は委託の仕様書とみなして読みませんでした（件数・時間の欄がありません）。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが 業務・受託者・町職員 の表",
    ),
    "sheet-schedule": Message(
        "warning",
        "シート「{value}」は日程や研修の記録とみなして読みませんでした。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが 日程・業務・担当 の表",
    ),
    "sheet-timesheet": Message(
        "warning",
        "シート「{value}」は勤務時間や日報の表とみなして読みませんでした。",
        "業務ごとの年間の合計を、業務量調査票に書いてください。",
        example="見出しが 日付・業務内容・勤務時間 の日報",
    ),
    "sheet-answers": Message(
        "warning",
        "シート「{value}」はアンケートの回答とみなして読みませんでした。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが タイムスタンプ・年齢・満足度 の表",
    ),
    "sheet-pivot": Message(
        "warning",
        "シート「{value}」は集計表とみなして読みませんでした。",
        "業務の一覧として読む場合は、--sheet で指定してください。",
        example="見出しが 行ラベル・個数・合計 のピボットテーブル",
    ),
    "sheet-not-asked": Message(
        "info",
        "シート「{value}」は指定されていないので読みませんでした。",
        "そのままで構いません。",
        example="--sheet 調査票 としたときの、ほかのシート",
    ),
    "several-tables": Message(
        "info",
        "1 枚のシートに {value} つの表があります。すべて読みました。",
        "次からは、1 シートに 1 つの表にしてください。",
        example="1 枚に係ごとの表が 2 つ",
        rule="L1-02 1シート1表",
    ),
    "column-ignored": Message(
        "info",
        "列「{value}」は使わない列として読みませんでした。",
        "使う列なら、survey.toml の別名に足すか --map で指定してください。",
        example="見出し「電話番号」",
    ),
    "column-guessed": Message(
        "warning",
        "列の見出しが決まった言葉でないので、似た言葉から読みました（{value}）。",
        "違う場合は --map で指定してください。合っていれば、survey.toml の別名に足すと次から出ません。",
        example="見出し「1回やるのに何分かかりますか」",
    ),
    "column-other-period": Message(
        "info",
        "列「{value}」は別の時期（前年度、目標、導入後など）の値なので読みませんでした。",
        "こちらを使う場合は --map で指定してください。",
        example="見出し「令和5年度 件数」（隣に令和6年度）",
    ),
    "column-part": Message(
        "info",
        "列「{value}」は内訳なので、合計の列だけを読みました。",
        "そのままで構いません。",
        example="見出し「4月」（隣に「年計」）",
    ),
    "column-total": Message(
        "info",
        "列「{value}」は職員区分ごとの列の合計なので、内訳の列を読みました。",
        "そのままで構いません。",
        example="「正規」「会計年度」の隣の「計」",
    ),
    "column-duplicate": Message(
        "warning",
        "列「{value}」と同じ意味の列が先にあるため、この列は読みませんでした。",
        "こちらが正しければ --map で指定してください。",
        example="見出し「件数」と「処理件数」",
        rule="L2-03 列名が一意",
    ),
    "column-without-label": Message(
        "warning",
        "{value} 列には見出しがないため読みませんでした。",
        "使う列なら、見出しを書いてください。",
        example="見出しが空の列に数字が並ぶ",
        rule="L1-05 全列に項目名",
    ),
    "hidden-column": Message(
        "info",
        "列「{value}」は非表示ですが、読みました。",
        "使わない列なら消してください。使うなら、列を再表示してください。",
        example="非表示の「年間時間」の列",
        rule="L1-13 非表示行列",
    ),
    "form-changed": Message(
        "info",
        "確認済みの様式と見出しが違う所があります（{value}）。ほかの列は確認済みのとおり読みました。",
        "画面の「取込」で、違う列の読み方を確かめてください。",
        example="前年の様式に「備考2」が増えた",
        rule="L3-07 年度間フォーマット",
    ),
    "division-from-name": Message(
        "info",
        "課の欄がないので、名前から「{value}」としました。",
        "違う場合は、表に「課」の列を足してください。",
        example="課の欄がない 調査票_税務課.xlsx",
    ),
}
