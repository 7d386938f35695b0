"""The accuracy badge: how far the automatic classes can be trusted, always with its base."""

from typing import Any

from dash import html

from bpr.dashboard.components.table import plain_table
from bpr.workspace import Accuracy


def accuracy_badge(accuracy: Accuracy | None) -> html.Details:
    """One line; opened, the figures behind it."""
    if accuracy is None:
        return html.Details(
            [
                html.Summary("自動判定の精度：この設定では測っていません"),
                html.P(
                    "動作の辞書（acts.toml）を変えると、付属の測定値は使えません。"
                    "bpr evaluate で測れます（数分）。"
                ),
            ],
            className="badge",
        )
    whole, sure = accuracy.share(), accuracy.share("a")
    return html.Details(
        [
            html.Summary(
                f"自動判定の精度：見たことのない課で {whole.value:.0%}、確信度 A に限ると "
                f"{sure.value:.0%}（母数 {whole.total:,} 件・{accuracy.divisions} 課）"
            ),
            html.P(
                f"課を 1 つずつ丸ごと除いて学習し、除いた課の業務名を当てた結果です（{accuracy.measured_on} 測定）。"
                "ラベルは本製品のために書いた例で、実際の調査票ではありません。"
                "同じ課の例を混ぜた測り方（無作為）の数字は、甘くなるため使いません。"
            ),
            plain_table(
                "自動判定の精度", ["測ったもの", "正解率", "母数"], _rows(accuracy), (1, 2)
            ),
        ],
        className="badge",
    )


def _rows(accuracy: Accuracy) -> list[list[Any]]:
    parts = {
        "全体": "",
        "確信度 A": "a",
        "確信度 B": "b",
        "確信度 C": "c",
        "学習に使わない町の一覧": "held_out",
        f"最も低い課（{accuracy.worst_division}）": "worst",
    }
    rows = []
    for label, part in parts.items():
        share = accuracy.share(part)
        low, high = share.interval
        rows.append([label, f"{share.value:.1%}（{low:.0%}–{high:.0%}）", f"{share.total:,} 件"])
    core = accuracy.core_right / accuracy.total
    rows.insert(1, ["コアかノンコアか", f"{core:.1%}", f"{accuracy.total:,} 件"])
    rows.append(
        [
            "macro-F1（4 区分の平均）",
            f"{accuracy.macro_f1:.3f}（言葉の規則だけでは {accuracy.keyword_macro_f1:.3f}）",
            f"{accuracy.total:,} 件",
        ]
    )
    return rows
