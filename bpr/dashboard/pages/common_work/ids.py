"""共通業務: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "common-answer"
    LIST = "common-list"
    DETAIL = "common-detail"
    GROUP = "group"
    CHART = "common-chart"
    CONFIRM = "common-confirm"
    UNCONFIRM = "common-unconfirm"
    NAME = "common-name"
    RENAME = "common-rename"
    OWN_NAME = "common-own-name"
    MEMBERS = "common-members"
    TAKE_OUT = "common-take-out"
    REASON = "common-reason"
    OUTSIDE = "common-outside"
    PUT_BACK = "common-put-back"
    TEXT = "common-text"
    FIND = "common-find"
    FOUND = "common-found"
    CHOSEN = "common-chosen"
    PUT_IN = "common-put-in"
    SAVE = "common-save"
    DOWNLOAD = "common-download"
    VISITED = "common-visited"
    KEPT = "common-kept"
