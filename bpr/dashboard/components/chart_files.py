"""What the buttons below every chart do: its table as CSV or Excel, its picture as PNG."""

from typing import Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from bpr.dashboard.components.chart import file_button, part_of
from bpr.dashboard.components.download import typed_file
from bpr.dashboard.components.sight import pressed
from bpr.dashboard.shell import HEADER_TITLE
from bpr.export.numbers import NumberTable, write_number_book, write_number_csv
from bpr.workspace import Workspace


def register_chart_files(app: Dash, workspace: Workspace) -> None:
    """Register the buttons of all charts at once, whatever page they are on."""

    @app.callback(
        Output(part_of(MATCH, "download"), "data"),
        Input(file_button(MATCH, "csv"), "n_clicks"),
        Input(file_button(MATCH, "xlsx"), "n_clicks"),
        State(part_of(MATCH, "numbers"), "data"),
        prevent_initial_call=True,
    )
    def save_numbers(_csv: int | None, _xlsx: int | None, packed: dict[str, Any]) -> Any:  # noqa: ANN401 - what Download takes
        if not pressed() or ctx.triggered_id is None:
            return no_update
        source = workspace.edition_label(workspace.edition())
        return write_file(packed, source, ctx.triggered_id["format"])

    app.clientside_callback(
        ClientsideFunction("bpr", "savePicture"),
        Output(part_of(MATCH, "drawn"), "data"),
        Input(file_button(MATCH, "png"), "n_clicks"),
        State(part_of(MATCH, "numbers"), "data"),
        State(HEADER_TITLE, "children"),
        prevent_initial_call=True,
    )


def write_file(packed: dict[str, Any], source: str, kind: str) -> dict[str, str | bool]:
    """File of what `chart.pack` packed, in one of its formats."""
    notes = {"読み取れること": packed["sentence"], "内容": packed["caption"], "出所": source}
    table = NumberTable(packed["name"], notes, packed["header"], packed["rows"], packed["right"])
    write = write_number_book if kind == "xlsx" else write_number_csv
    return typed_file(write(table), f"{packed['file']}.{kind}", kind)
