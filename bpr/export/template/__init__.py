"""The blank form (調査票): easy to fill, hard to fill wrongly, read back without a finding."""

from bpr.export.template.book import write_template
from bpr.export.template.columns import ANSWERS
from bpr.export.template.office import Office, era_year, template_name
from bpr.export.template.plan import (
    BLANK,
    PlannedForm,
    add_departments,
    offices_of,
    plan_forms,
    require_distinct,
    write_forms,
)

__all__ = [
    "ANSWERS",
    "BLANK",
    "Office",
    "PlannedForm",
    "add_departments",
    "era_year",
    "offices_of",
    "plan_forms",
    "require_distinct",
    "template_name",
    "write_forms",
    "write_template",
]
