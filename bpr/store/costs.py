"""The store's part on unit costs: what an office put in the place of a number; rows are only added."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bpr.settings.savings import Factor
from bpr.store.act import Act
from bpr.store.tables import UNIT_COSTS
from bpr.store.transactions import Transactions

_C = UNIT_COSTS.c


@dataclass(frozen=True)
class OwnCost:
    """What somebody said of a unit cost; without a factor: the settings' own number again."""

    factor: Factor | None
    saved_at: datetime
    saved_by: str


class CostStore(Transactions):
    """Own unit costs by their keys; every method is one transaction."""

    def add_unit_cost(self, cost: str, label: str, factor: Factor | None, act: Act) -> bool:
        """Keep what holds from now on; False where it holds already. `label` is for the log."""
        told = _tell(factor)
        with self.writing(act, "cost.set", label, told) as entry:
            entry.before = _tell(_find(entry.connection, cost))
            entry.silent = entry.before == told
            if not entry.silent:
                text = None if told is None else json.dumps(told, ensure_ascii=False)
                own = {"saved_at": act.when, "saved_by": act.who}
                row = {"cost": cost, "factor": text, **own}
                entry.connection.execute(insert(UNIT_COSTS).values(row))
            return not entry.silent

    def list_unit_costs(self) -> dict[str, Factor]:
        """Costs that the office put its own number in the place of, by key."""
        latest = select(func.max(_C.id)).group_by(_C.cost)
        query = select(_C.cost, _C.factor).where(_C.id.in_(latest), _C.factor.is_not(None))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(_C.cost)).all()
        return {str(cost): _read(text) for cost, text in rows}

    def read_cost_history(self, cost: str) -> list[OwnCost]:
        """Everything that was said of a cost, the first first."""
        query = select(_C.factor, _C.saved_at, _C.saved_by).where(_C.cost == cost).order_by(_C.id)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return [OwnCost(text and _read(text), when, who) for text, when, who in rows]


def _find(connection: Connection, cost: str) -> Factor | None:
    query = select(_C.factor).where(_C.cost == cost).order_by(_C.id.desc()).limit(1)
    text = connection.execute(query).scalar()
    return _read(text) if text else None


def _read(text: str) -> Factor:
    kept = json.loads(text)
    return Factor(tuple(kept["range"]), kept["unit"], kept["kind"], kept["source"])


def _tell(factor: Factor | None) -> Mapping[str, Any] | None:
    if factor is None:
        return None
    own = {"unit": factor.unit, "kind": factor.kind, "source": factor.source}
    return {"range": list(factor.range), **own}
