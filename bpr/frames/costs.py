"""Schema of what the work costs: staff hours at the yen of an hour, by class."""

import dataframely as dy

from bpr.frames.tables import CLASSES_AND_TOTAL


class CostByClass(dy.Schema):
    """Yen a year of staff hours by class and in `total`; low to high: the interval of the unit costs.

    `hours`: the base, all known hours of the class.
    """

    work_class = dy.Enum(list(CLASSES_AND_TOTAL), primary_key=True)
    hours = dy.Float64()
    yen_low = dy.Float64(min=0)
    yen = dy.Float64(min=0)
    yen_high = dy.Float64(min=0)
