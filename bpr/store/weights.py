"""Named weight sets: every saving adds a version, and none is ever changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from bpr.store.act import Act
from bpr.store.tables import WEIGHT_SETS

_C = WEIGHT_SETS.c
_SHOWN = (_C.name, _C.version, _C.multipliers, _C.note, _C.saved_at, _C.saved_by)


@dataclass(frozen=True)
class WeightSet:
    """One version of an opinion: theme -> what its built-in weights are multiplied by."""

    name: str
    version: int
    multipliers: dict[str, float]
    note: str | None
    saved_at: datetime
    saved_by: str


def insert_weight_set(
    connection: Connection,
    name: str,
    multipliers: Mapping[str, float],
    note: str | None,
    act: Act,
) -> WeightSet:
    """Add the next version of a name; writers come one by one, so nobody else takes it."""
    version = latest_version(connection, name) + 1
    values = {
        "name": name,
        "version": version,
        "multipliers": write_multipliers(multipliers),
        "note": note,
        "saved_at": act.when,
        "saved_by": act.who,
    }
    connection.execute(insert(WEIGHT_SETS).values(values))
    kept = {theme: float(value) for theme, value in multipliers.items()}
    return WeightSet(name, version, kept, note, act.when, act.who)


def select_weight_sets(connection: Connection) -> list[WeightSet]:
    """Latest version of each name, in the order in which the names were first saved."""
    names = select(
        _C.name, func.min(_C.id).label("first"), func.max(_C.version).label("latest")
    ).group_by(_C.name)
    found = names.subquery()
    query = (
        select(*_SHOWN)
        .join(found, and_(_C.name == found.c.name, _C.version == found.c.latest))
        .order_by(found.c.first)
    )
    return [_read(row) for row in connection.execute(query).all()]


def select_weight_set(connection: Connection, name: str, version: int | None) -> WeightSet | None:
    """Return one version of a name (None: the latest), or None where it is not there."""
    query = select(*_SHOWN).where(_C.name == name)
    if version is not None:
        query = query.where(_C.version == version)
    row = connection.execute(query.order_by(_C.version.desc()).limit(1)).one_or_none()
    return _read(row) if row else None


def select_versions(connection: Connection, name: str) -> list[WeightSet]:
    """All versions of a name, the first first."""
    query = select(*_SHOWN).where(_C.name == name).order_by(_C.version)
    return [_read(row) for row in connection.execute(query).all()]


def latest_version(connection: Connection, name: str) -> int:
    """Return the number of a name's latest version, 0 where it has none."""
    query = select(func.max(_C.version)).where(_C.name == name)
    return connection.execute(query).scalar() or 0


def write_multipliers(multipliers: Mapping[str, float]) -> str:
    """Multipliers as JSON, by theme; every float comes back as it was."""
    numbers = {theme: float(value) for theme, value in multipliers.items()}
    return json.dumps(numbers, ensure_ascii=False, sort_keys=True, allow_nan=False)


def read_multipliers(text: str) -> dict[str, float]:
    """Multipliers from their JSON."""
    return {str(theme): float(value) for theme, value in json.loads(text).items()}


def _read(row: Sequence[Any]) -> WeightSet:
    name, version, multipliers, note, when, who = row
    return WeightSet(name, version, read_multipliers(multipliers), note, when, who)
