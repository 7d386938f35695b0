"""Text as the parts of a workbook write it."""

import re

from bpr.export.cells import safe_text

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def xml_text(text: str) -> str:
    r"""Text that is read back as it was: line ends in one way, and `_x0041_` not as an escape.

    >>> xml_text("a_x0041_"), xml_text("one\r\ntwo\x02")
    ('a_x005F_x0041_', 'one\ntwo')
    """
    return _ESCAPE.sub("_x005F_", safe_text(re.sub(r"\r\n?", "\n", text)))
