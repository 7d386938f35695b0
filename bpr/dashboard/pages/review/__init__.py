"""確認: the queue of classes that a person should look at, one after the other, by keyboard."""

from bpr.dashboard.pages.page import Page
from bpr.dashboard.pages.review.callbacks import register
from bpr.dashboard.pages.review.layout import render

PAGE = Page(path="/review", label="確認", render=render, register=register)
