"""組合せ: which tasks together save most within the limits of a town."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.portfolio.callbacks import register
from bpr.dashboard.pages.portfolio.layout import render
from bpr.workspace.rights import Right

PAGE = Page(path="/portfolio", label="組合せ", render=render, register=register, right=Right.WHOLE)
