"""Frame of BPR: which means of rebuilding fit which task."""

import dataframely as dy


class FittingMeans(dy.Schema):
    """Means that fit a task, one row each; a task that none fits has no row.

    `mean` is a name in means.toml.
    """

    task_id = dy.String(primary_key=True)
    mean = dy.String(primary_key=True)
