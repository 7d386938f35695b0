"""概況: what is our work made of, and what does it cost."""

from bpr.dashboard.pages.overview.callbacks import register
from bpr.dashboard.pages.overview.layout import render
from bpr.dashboard.pages.page import Page

PAGE = Page(path="/", label="概況", render=render, register=register)
