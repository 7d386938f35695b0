"""BPR対象: what was decided, and how far it is."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.targets.callbacks import register
from bpr.dashboard.pages.targets.layout import render
from bpr.workspace.rights import Right

PAGE = Page(path="/targets", label="BPR対象", render=render, register=register, right=Right.READ)
