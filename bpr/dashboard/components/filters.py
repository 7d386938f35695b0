"""The row of filters above a list; their values live in the page's address."""

from collections.abc import Sequence

import dash_mantine_components as dmc


def filter_select(
    element_id: str, label: str, options: Sequence[tuple[str, str]], value: str
) -> dmc.Select:
    """Choice of one value; cleared means all."""
    return dmc.Select(
        id=element_id,
        label=label,
        data=[{"value": key, "label": text} for key, text in options],
        value=value or None,
        placeholder="すべて",
        clearable=True,
        searchable=len(options) > 8,  # noqa: PLR2004 - long lists are typed into
        nothingFoundMessage="ありません",
        clearButtonProps={"aria-label": f"{label}の絞り込みを外す"},
        w=190,
    )


def filter_text(element_id: str, label: str, value: str) -> dmc.TextInput:
    """Words to search for, applied half a second after the last key."""
    return dmc.TextInput(
        id=element_id,
        label=label,
        value=value,
        debounce=500,
        placeholder="業務名・作業名・課・法令",
        w=260,
    )
