"""設定: by what rules does the tool count, and who may do what."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.settings.callbacks import register
from bpr.dashboard.pages.settings.layout import render
from bpr.dashboard.pages.settings.query import PATH
from bpr.workspace.rights import Right

PAGE = Page(path=PATH, label="設定", render=render, register=register, right=Right.WHOLE)
