"""The page of all findings (docs/rules.md), made of the texts that the product itself uses.

`python -m tests.rules_page` writes it anew; a test asserts that it is up to date.
"""

from pathlib import Path
from typing import Final

from bpr import terms
from bpr.messages import GROUPS, Message

PAGE: Final = Path(__file__).parents[1] / "docs" / "rules.md"

_INTRODUCTION: Final = """\
# 指摘の一覧

調査票を読むときと点検するときに出る指摘のすべてです。`bpr/messages` から作り（`python -m tests.rules_page`）、テストが一致と、どの指摘も実際に出ることを確かめます。指摘には、ファイル・シート・セルの番地と、書かれていた値がつきます。

- **エラー**　その行やファイルは数えていません。直すまで結果に入りません。
- **要確認**　数えていますが（数えていないときはそう書きます）、値か読み方が疑わしいので確かめてください。
- **お知らせ**　どう読んだかの説明です。そのままで構いません。

「公的ルール」は「行政データにおける機械可読性に関するルール」（令和8年3月31日）の番号です。空欄の指摘は、本製品が決めた点検です。文の「○」には、書かれていた値が入ります。
"""

_HEAD: Final = """\
| コード | 重さ | 文 | 例 | 直し方 | 公的ルール |
|---|---|---|---|---|---|
"""


def page() -> str:
    """Text of the page."""
    parts = [_INTRODUCTION]
    for title, group in GROUPS.items():
        rows = "".join(_row(code, message) for code, message in group.items())
        parts.append(f"## {title}（{len(group)} 件）\n\n{_HEAD}{rows}")
    return "\n".join(parts)


def _row(code: str, message: Message) -> str:
    severity = terms.SEVERITIES[message.severity].label
    text = message.text.replace("{value}", "○")
    cells = (severity, text, message.example, message.remedy, message.rule or "")
    return f"| `{code}` | {' | '.join(cell.replace('|', '｜') for cell in cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
