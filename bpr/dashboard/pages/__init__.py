"""The pages: each answers one question. A new page is a package here and a line in `PAGES`."""

from bpr.dashboard.pages import (
    candidates,
    common_work,
    compare,
    guide,
    imports,
    kpi,
    overview,
    papers,
    portfolio,
    review,
    settings,
    targets,
    tasks,
    weights,
)
from bpr.dashboard.pages.page import Page

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    imports.PAGE,
    review.PAGE,
    tasks.PAGE,
    common_work.PAGE,
    candidates.PAGE,
    weights.PAGE,
    portfolio.PAGE,
    targets.PAGE,
    kpi.PAGE,
    compare.PAGE,
    papers.PAGE,
    guide.PAGE,
    settings.PAGE,
)
