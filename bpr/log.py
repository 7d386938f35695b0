"""The program's log: incidents under a number, never the content of a survey."""

import logging
import secrets
import traceback
from typing import Final

LOGGER: Final = logging.getLogger("bpr")


def record_incident(error: BaseException) -> str:
    """Log where a bug was raised; return the incident number that the user is shown.

    Only the type and the places are logged: the message of an exception may quote a cell.
    """
    number = secrets.token_hex(4).upper()
    places = "".join(traceback.format_tb(error.__traceback__))
    LOGGER.error("incident %s: %s\n%s", number, type(error).__qualname__, places)
    return number
