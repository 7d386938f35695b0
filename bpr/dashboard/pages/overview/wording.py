"""概況: shares, differences in points and yen as printed."""

from dataclasses import dataclass
from typing import Final

from bpr.dashboard.words import MINUS

POINT: Final = " ポイント"
_OKU: Final = 100_000_000
_MAN: Final = 10_000


def percent(ratio: float | None, unit: str = "%") -> str:
    """0.3427 -> 34.3%; a dash where nothing is known."""
    return "–" if ratio is None else f"{100 * ratio:.1f}{unit}"


def points(own: float | None, other: float | None) -> str:
    """Difference of two shares in points: +1.6 ポイント; empty where one is not known."""
    if own is None or other is None:
        return ""
    return f"{_signed(100 * (own - other))}{POINT}"


def change(own: float, other: float) -> str:
    """By how much own is more than other, as a share of it: −1.0%; empty where there is no other."""
    return f"{_signed(100 * (own / other - 1))}%" if other else ""


@dataclass(frozen=True)
class Money:
    """The unit in which amounts that belong together are printed."""

    unit: str
    yen: int
    digits: int

    def number(self, amount: float) -> str:
        """1,758,000,000 -> 17.6 (in 億円)."""
        return f"{amount / self.yen:,.{self.digits}f}"

    def write(self, amount: float) -> str:
        """17.6 億円."""
        return f"{self.number(amount)} {self.unit}"

    def between(self, low: float, high: float) -> str:
        """12.8〜22.1 億円."""
        return f"{self.number(low)}〜{self.write(high)}"


def choose_money(total: float) -> Money:
    """Choose the unit that fits the largest of some amounts."""
    if total >= _OKU:
        return Money("億円", _OKU, 1)
    return Money("万円", _MAN, 0) if total >= _MAN else Money("円", 1, 0)


def _signed(value: float) -> str:
    text = f"{value:+.1f}".replace("-", MINUS)
    return "±0.0" if text[1:] == "0.0" else text
