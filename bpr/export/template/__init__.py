"""The blank form (調査票): easy to fill, hard to fill wrongly, read back without a finding."""

from bpr.export.template.book import write_template
from bpr.export.template.columns import ANSWERS
from bpr.export.template.office import Office, era_year, template_name

__all__ = ["ANSWERS", "Office", "era_year", "template_name", "write_template"]
