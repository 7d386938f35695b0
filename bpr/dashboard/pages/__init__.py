"""The pages: each answers one question. A new page is a package here and a line in `PAGES`."""

from bpr.dashboard.pages import candidates, imports, overview, tasks
from bpr.dashboard.pages.page import Page

PAGES: tuple[Page, ...] = (overview.PAGE, imports.PAGE, tasks.PAGE, candidates.PAGE)
