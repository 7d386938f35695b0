"""The long list of tasks: rows come from the server as they are scrolled to.

Cells hold text made on the server, so that nothing is computed from survey text in the browser.
"""

from typing import Any

import dash_ag_grid as dag

from bpr.tabulate.listing import PAGE_ROWS

LOCALE = {
    "noRowsToShow": "当てはまる業務がありません。絞り込みをゆるめてください。",
    "loadingOoo": "読み込み中…",
    "ariaRowSelect": "スペースキーで選択",
    "ariaRowDeselect": "スペースキーで選択を外す",
    "ariaSortableColumn": "エンターキーで並べ替え",
    "ariaRowToggleSelection": "スペースキーで選択を切り替え",
    "ariaColumn": "列",
    "ariaChecked": "選択中",
    "ariaUnchecked": "未選択",
    "ariaToggleCellValue": "スペースキーで切り替え",
}


def task_grid(grid_id: str, columns: list[dict[str, Any]], *, many: bool) -> dag.AgGrid:
    """Grid with endless rows; `many` lets several tasks be ticked."""
    selection: dict[str, Any] = {"mode": "multiRow" if many else "singleRow"}
    selection |= {"checkboxes": many, "headerCheckbox": False, "enableClickSelection": not many}
    return dag.AgGrid(
        id=grid_id,
        columnDefs=columns,
        rowModelType="infinite",
        getRowId="params.data.task_id",
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
        },
        dashGridOptions={
            "rowSelection": selection,
            "selectionColumnDef": {
                "headerName": "選ぶ",
                "width": 62,
                "pinned": "left",
                "resizable": False,
            },
            "cacheBlockSize": PAGE_ROWS,
            "rowHeight": 72,
            "headerHeight": 48,
            "suppressColumnVirtualisation": True,
            "localeText": LOCALE,
            "tabToNextCell": {"function": "leaveGrid(params)"},
            "tabToNextHeader": {"function": "leaveGrid(params)"},
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
        },
        eventListeners={"cellFocused": ["showDetail(params, setEventData)"]},
        className="task-grid",
        style={"height": "620px"},
    )
