"""The store's part on opinions: weight sets in versions, rankings frozen under them."""

from collections.abc import Mapping

from bpr.frames import DataFrame
from bpr.frames.evaluations import EvaluationRows
from bpr.store import evaluations, weights
from bpr.store.act import Act
from bpr.store.evaluations import Evaluation, FrozenRanking, NewEvaluation
from bpr.store.transactions import Transactions
from bpr.store.weights import WeightSet


class RankingStore(Transactions):
    """Weight sets and frozen rankings; every method is one transaction."""

    def add_weight_set(
        self, name: str, multipliers: Mapping[str, float], note: str | None, act: Act
    ) -> WeightSet:
        """Keep a weight set as the next version of its name."""
        with self.writing(act, "weights.save", name, dict(multipliers)) as entry:
            last = weights.select_weight_set(entry.connection, name, None)
            entry.before = last.multipliers if last else None
            return weights.insert_weight_set(entry.connection, name, multipliers, note, act)

    def list_weight_sets(self) -> list[WeightSet]:
        """Latest version of each name, in the order in which the names were first saved."""
        with self.reading() as connection:
            return weights.select_weight_sets(connection)

    def read_weight_set(self, name: str, version: int | None = None) -> WeightSet | None:
        """Return one version of a weight set (None: the latest)."""
        with self.reading() as connection:
            return weights.select_weight_set(connection, name, version)

    def list_versions(self, name: str) -> list[WeightSet]:
        """All versions of a weight set, the first first."""
        with self.reading() as connection:
            return weights.select_versions(connection, name)

    def add_evaluation(
        self, evaluation: NewEvaluation, rows: DataFrame[EvaluationRows], act: Act
    ) -> int:
        """Freeze a ranking with its rows, all of it or nothing; return its id."""
        told = {"weights": evaluation.set_name, "tasks": evaluation.base_count}
        with self.writing(act, "ranking.freeze", evaluation.title, told) as entry:
            return evaluations.insert_evaluation(
                entry.connection, self.edition, evaluation, rows, act
            )

    def list_evaluations(self) -> list[Evaluation]:
        """Frozen rankings of this edition, the newest first."""
        with self.reading() as connection:
            return evaluations.select_evaluations(connection, self.edition)

    def read_evaluation(self, evaluation_id: int) -> FrozenRanking | None:
        """Return a frozen ranking with its rows."""
        with self.reading() as connection:
            return evaluations.select_evaluation(connection, self.edition, evaluation_id)
