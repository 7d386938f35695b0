"""Fields that people type into: told to the server as a whole, so that no letter comes too late."""

from typing import Any

import dash_mantine_components as dmc


def text_field(**given: Any) -> dmc.TextInput:  # noqa: ANN401 - whatever a TextInput takes
    """One line; its value is told when one leaves the field or presses Enter.

    Told letter by letter, the answer to an earlier letter can set back what was typed meanwhile.
    """
    return dmc.TextInput(debounce=True, **given)


def text_area(**given: Any) -> dmc.Textarea:  # noqa: ANN401 - whatever a Textarea takes
    """Several lines; as `text_field`, told when one leaves the field."""
    return dmc.Textarea(debounce=True, **given)
