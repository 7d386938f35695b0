"""重み: what the address of the page says - the weights looked through, and an opened evaluation."""

from dataclasses import dataclass
from typing import Final

from bpr.errors import InputError
from bpr.tabulate.address import Address
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Opinion, Workspace

PATH: Final = "/weights"
CANDIDATES: Final = "/candidates"


@dataclass(frozen=True)
class WeightsQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    weight_set: str = ""
    """A kept weight set as `name@version`."""
    weights: str = ""
    """Multipliers by theme (`volume:2,routine:0.5`), where no set is named."""
    evaluation: str = ""
    """Number of a frozen evaluation that is opened."""

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"

    def tasks(self, task_id: str = "") -> TaskQuery:
        """The same weights as a query for tasks."""
        return TaskQuery(weight_set=self.weight_set, weights=self.weights, task=task_id)


@dataclass(frozen=True)
class Look:
    """What a person looks at; `problem` says why it is not what the address names."""

    query: WeightsQuery
    opinion: Opinion
    problem: str = ""


def read_look(workspace: Workspace, search: str | None) -> Look:
    """What the address asks for; the standard weights where its set is not there."""
    query = WeightsQuery.parse(search or "")
    try:
        return Look(query, workspace.read_opinion(query.tasks()))
    except InputError as error:
        return Look(query.with_(weight_set=""), Opinion(), str(error))
