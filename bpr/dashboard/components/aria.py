"""ARIA attributes as keyword arguments: their names have hyphens."""

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """`aria(label="…")` -> `{"aria-label": "…"}`."""
    return {f"aria-{name}": value for name, value in values.items()}
