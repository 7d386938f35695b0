"""One look: the Digital Agency's palette for Mantine and for Plotly.

Palette: policy-dashboard-assets of デジタル庁 (PDL 1.0), theme Blue.
"""

from typing import Any, Final

import plotly.graph_objects as go
import plotly.io as pio

INK: Final = "#1A1A1C"
LINE: Final = "#D9D9E3"
BLUES: Final = ("#0017C1", "#3460FB", "#7096F8", "#C5D7FB", "#E8F1FE")
FONTS: Final = (
    '"BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif'
)

CLASS_COLORS: Final = {
    "core": BLUES[0],
    "expert": BLUES[1],
    "routine": BLUES[2],
    "nonroutine": BLUES[3],
}

MANTINE: Final[dict[str, Any]] = {
    "fontFamily": FONTS,
    "headings": {"fontFamily": FONTS},
    "primaryColor": "town",
    "primaryShade": 9,
    "black": INK,
    "colors": {
        "town": [
            "#E8F1FE",
            "#D9E6FF",
            "#C5D7FB",
            "#9DB7F9",
            "#7096F8",
            "#4979F5",
            "#3460FB",
            "#264AF4",
            "#0031D8",
            "#0017C1",
        ]
    },
    "focusRing": "always",
    "components": {
        "Select": {"defaultProps": {"size": "md"}},
        "TextInput": {"defaultProps": {"size": "md"}},
        "Button": {"defaultProps": {"size": "md"}},
    },
}

TEMPLATE: Final = go.layout.Template(
    layout={
        "font": {"family": FONTS, "color": INK, "size": 14},
        "colorway": list(BLUES[:4]),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": {"gridcolor": LINE, "zeroline": False, "automargin": True},
        "yaxis": {"gridcolor": LINE, "zeroline": False, "automargin": True},
        "legend": {"orientation": "h", "yanchor": "top", "y": -0.14, "x": 0},
        "hoverlabel": {"font": {"family": FONTS}},
    }
)


def use_template() -> None:
    """Make our template Plotly's default."""
    pio.templates["bpr"] = TEMPLATE
    pio.templates.default = "bpr"
