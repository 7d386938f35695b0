"""The row of filters above a list; their values live in the page's address."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, no_update

from bpr.dashboard.shell import URL
from bpr.tabulate.listing import TaskQuery


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


def register_filters(app: Dash, filters: Mapping[str, str]) -> None:
    """Keep the address and the filters (part of `TaskQuery` -> element) the same, both ways.

    The address changes by itself on the browser's back and forward. What is the same already is
    left alone, so that nothing runs in circles and nobody loses what he is typing.
    """
    names, elements = list(filters), list(filters.values())

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        *(Input(element, "value") for element in elements),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def keep_filters(*given: str | None) -> Any:  # noqa: ANN401 - no_update
        known = replace(TaskQuery.parse(given[-1] or ""), task="")
        asked = known.with_(**dict(zip(names, given[:-1], strict=True)))
        return no_update if asked == known else asked.to_query()

    @app.callback(
        *(Output(element, "value") for element in elements),
        Input(URL, "search"),
        *(State(element, "value") for element in elements),
        prevent_initial_call=True,
    )
    def follow_address(search: str | None, *given: str | None) -> tuple[Any, ...]:
        query = TaskQuery.parse(search or "")
        return tuple(
            no_update if (has or "") == (want := getattr(query, name)) else want or _EMPTY.get(name)
            for name, has in zip(names, given, strict=True)
        )


_EMPTY: Final = {"text": ""}
"""What a filter without a value holds; a choice holds None."""
