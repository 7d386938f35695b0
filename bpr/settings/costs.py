"""Unit costs: the factors in yen, in whose place an office puts its own numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bpr.settings.savings import Factor, LeverSavings, SavingsSettings

HOURLY: Final = "hourly"
"""Begins the key of the yen of an hour; the kind of staff follows (`hourly.regular`)."""
LEVER_COSTS: Final = ("licence_yen", "paid_hour_yen", "setup_yen", "yearly_yen")
"""Fields of a lever's savings in yen; its key is `rpa.licence_yen`."""


def list_unit_costs(savings: SavingsSettings) -> dict[str, Factor]:
    """Every factor in yen by its key: hours of staff first, then lever by lever."""
    found = {f"{HOURLY}.{staff}": factor for staff, factor in savings.hourly_yen.items()}
    for lever, one in savings.levers.items():
        found |= {f"{lever}.{field}": factor for field, factor in _costs_of(one)}
    return found


def apply_unit_costs(savings: SavingsSettings, own: Mapping[str, Factor]) -> SavingsSettings:
    """Put own numbers in the place of those of the same key and unit; others are passed over."""
    known = list_unit_costs(savings)
    used = {key: own[key] for key in known if key in own and own[key].unit == known[key].unit}
    hourly = {
        staff: used.get(f"{HOURLY}.{staff}", factor) for staff, factor in savings.hourly_yen.items()
    }
    levers = {name: _replace(name, one, used) for name, one in savings.levers.items()}
    return replace(savings, hourly_yen=hourly, levers=levers)


def _replace(name: str, lever: LeverSavings, used: Mapping[str, Factor]) -> LeverSavings:
    given: dict[str, Any] = {
        field: used.get(f"{name}.{field}", factor) for field, factor in _costs_of(lever)
    }
    return replace(lever, **given)


def _costs_of(lever: LeverSavings) -> Iterator[tuple[str, Factor]]:
    for field in LEVER_COSTS:
        factor: Factor | None = getattr(lever, field)
        if factor is not None:
            yield field, factor
