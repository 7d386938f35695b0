"""Words in a label that tell which of several like columns it is: 4月, 上半期, 令和6年度, 導入前, 計."""

import re
from typing import Final

from bpr.text import squeeze

MONTH: Final = re.compile(r"(?:^|\D)(1[0-2]|[1-9])月(?:分|期)?(?:$|[^間平当あ額末])")
SPAN: Final = re.compile(r"上半期|下半期|上期|下期|前期|後期|前半|後半|第?[1-4]四半期|[1-4]q")
PERSON: Final = re.compile(r"職員別|職位別|職階別|担当者別|従事者別|個人別|職員ごと")
RANK: Final = re.compile(
    r"(?:級|部長|課長|課長補佐|係長|主査|主任|主事|主事補|主幹|参事|技師|職員)$"
)
TOTAL: Final = re.compile(
    r"年間総?計|年計|年度計|総?合計|総計|通年|(?:^|/|の)計$|/年間$|/年$|^年間$"
)
SEASON: Final = re.compile(r"通常期|通常時|通常月|平常|繁忙期|繁忙月|閑散期|閑散月|ピーク時")
EARLIER: Final = re.compile(r"現状|実績|導入前|改善前|見直し?前|今年度|本年度")
LATER: Final = re.compile(
    r"前々?年|昨年|一昨年|目標|計画|見込|予定|改善後|導入後|見直し?後|削減|効果|成果|実施後"
)
PER_CASE: Final = re.compile(r"(?:1|一)(?:件|回|枚|通)(?:当たり|あたり|当り)?(?:$|[の(/時所])")
_YEAR = re.compile(r"(令和|平成|r|h)(\d{1,2}|元)(?:年|\D|$)|((?:19|20)\d\d)")
_BARE = re.compile(r"^[(\[〔【][^)\]〕】]*[)\]〕】]$")

_SUB_LABELS: Final = (MONTH, SPAN, RANK, TOTAL, SEASON, EARLIER, LATER, PER_CASE, _YEAR)


def is_sub_label(label: str) -> bool:
    """Tell a label that says which of several like columns this is, not what it holds."""
    key = squeeze(label)
    return bool(_BARE.match(key)) or any(pattern.search(key) for pattern in _SUB_LABELS)


def is_remark(label: str) -> bool:
    """Tell a text that is nothing but a bracketed remark: （選択）."""
    return bool(_BARE.match(squeeze(label)))


def year_of(label: str) -> int:
    """Western year that a label names; 0 for none."""
    match = _YEAR.search(squeeze(label))
    if match is None:
        return 0
    if match[3]:
        return int(match[3])
    start = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}[match[1]]
    return start + (1 if match[2] == "元" else int(match[2]))
