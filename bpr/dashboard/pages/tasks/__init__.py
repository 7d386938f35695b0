"""業務: every task, its class and why; here a person corrects it."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.tasks.callbacks import register
from bpr.dashboard.pages.tasks.layout import render

PAGE = Page(path="/tasks", label="業務", render=render, register=register)
