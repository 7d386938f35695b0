"""候補: which task to begin with."""

from bpr.dashboard.pages.candidates.callbacks import register
from bpr.dashboard.pages.candidates.layout import render
from bpr.dashboard.pages.page import Page

PAGE = Page(path="/candidates", label="候補", render=render, register=register)
