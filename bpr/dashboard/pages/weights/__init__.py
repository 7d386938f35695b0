"""重み: what other weights would change, and what is kept of them."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.weights.callbacks import register
from bpr.dashboard.pages.weights.layout import render
from bpr.workspace.rights import Right

PAGE = Page(path="/weights", label="重み", render=render, register=register, right=Right.WHOLE)
