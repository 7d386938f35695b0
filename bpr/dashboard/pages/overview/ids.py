"""概況: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    HEAD = "overview-head"
    ANSWER = "overview-answer"
    BODY = "overview-body"
    DEPARTMENT = "overview-department"
    DIVISION = "overview-division"
    STAFF = "overview-staff"
    WORK_CLASS = "overview-work-class"
    CLASSES = "overview-classes"
    MEDIA = "overview-media"
    VISITED = "overview-visited"
    KEPT = "overview-kept"
    DOWNLOAD = "overview-download"
    DOWNLOAD_BUTTON = "overview-download-button"
