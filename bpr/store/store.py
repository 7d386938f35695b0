"""The store: one database, looked at from one edition; every method is one transaction."""

from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy import Engine

from bpr.store.costs import CostStore
from bpr.store.database import open_database
from bpr.store.deciding import DecisionStore
from bpr.store.exchange import ExchangeStore
from bpr.store.jobs import JobStore
from bpr.store.people import PeopleStore
from bpr.store.rankings import RankingStore
from bpr.store.surveys import SurveyStore


@dataclass(frozen=True)
class Store(
    SurveyStore, RankingStore, DecisionStore, ExchangeStore, CostStore, PeopleStore, JobStore
):
    """Uploads, decisions, files of other towns, unit costs, people and jobs."""

    @property
    def engine(self) -> Engine:
        """The engine below, to be disposed of at the end."""
        return self.database.engine

    def of_edition(self, edition: int) -> Self:
        """Return the same store, looked at from another edition."""
        return replace(self, edition=edition)


def open_store(url: str) -> Store:
    """Connect, create or upgrade the tables; StoreError where that cannot be done."""
    return Store(open_database(url))
