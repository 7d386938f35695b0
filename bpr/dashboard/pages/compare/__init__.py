"""比較: in what do we differ - division from division, year from year, town from town."""

from bpr.dashboard.pages.compare.callbacks import register
from bpr.dashboard.pages.compare.layout import render
from bpr.dashboard.pages.compare.query import PATH
from bpr.dashboard.pages.page import Page
from bpr.workspace.rights import Right

PAGE = Page(path=PATH, label="比較", render=render, register=register, right=Right.WHOLE)
