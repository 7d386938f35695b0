"""資料: what one takes to the meeting."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.papers.callbacks import register
from bpr.dashboard.pages.papers.layout import render
from bpr.workspace.rights import Right

PAGE = Page(path="/papers", label="資料", render=render, register=register, right=Right.WHOLE)
