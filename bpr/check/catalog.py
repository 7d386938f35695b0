"""All rules, in the order in which they run."""

from typing import Final

from bpr.check.rule import Rule
from bpr.check.rules.choices import check_choices
from bpr.check.rules.duplicates import check_divisions, check_duplicates
from bpr.check.rules.numbers import check_number_cells, check_products
from bpr.check.rules.plausibility import check_minutes, check_staff_hours, check_task_hours
from bpr.check.rules.required import (
    check_class_answers,
    check_division,
    check_hours,
    check_names,
)

RULES: Final[tuple[Rule, ...]] = (
    check_names,
    check_division,
    check_hours,
    check_class_answers,
    check_number_cells,
    check_products,
    check_choices,
    check_duplicates,
    check_divisions,
    check_staff_hours,
    check_task_hours,
    check_minutes,
)
