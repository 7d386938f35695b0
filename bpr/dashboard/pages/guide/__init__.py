"""使い方: the five steps from the first workbook to a proven effect, and the words."""

from bpr.dashboard.pages.guide.layout import PATH, register, render
from bpr.dashboard.pages.page import Page

PAGE = Page(path=PATH, label="使い方", render=render, register=register)
