"""共通業務: which work does every division do."""

from bpr.dashboard.pages.common_work.callbacks import register
from bpr.dashboard.pages.common_work.layout import render
from bpr.dashboard.pages.common_work.query import PATH
from bpr.dashboard.pages.page import Page
from bpr.workspace.rights import Right

PAGE = Page(path=PATH, label="共通業務", render=render, register=register, right=Right.WHOLE)
