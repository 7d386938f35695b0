"""KPI: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    HEAD = "kpi-head"
    ANSWER = "kpi-answer"
    BODY = "kpi-body"
    FORM = "kpi-form"
    CHART = "kpi-chart"
    LIST = "kpi-list"
    EVIDENCE = "kpi-evidence"
    KIND = "kpi-kind"
    YEAR = "kpi-year"
    VALUE = "kpi-value"
    BASE = "kpi-base"
    PROOF = "kpi-proof"
    NOTE = "kpi-note"
    ENTER = "kpi-enter"
    EXCEL = "kpi-excel"
    DOWNLOAD = "kpi-download"
    VISITED = "kpi-visited"
    KEPT = "kpi-kept"
