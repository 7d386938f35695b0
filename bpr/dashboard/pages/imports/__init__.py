"""取込: who has returned what, what is wrong with it, and how its columns were read."""

from bpr.dashboard.pages.imports.callbacks import register
from bpr.dashboard.pages.imports.layout import render
from bpr.dashboard.pages.imports.query import PATH
from bpr.dashboard.pages.page import Page
from bpr.workspace.rights import Right

PAGE = Page(path=PATH, label="取込", render=render, register=register, right=Right.COLLECT)
