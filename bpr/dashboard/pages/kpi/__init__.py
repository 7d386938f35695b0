"""KPI: are we getting on as planned, and what is the evidence."""

from bpr.dashboard.pages.kpi.callbacks import register
from bpr.dashboard.pages.kpi.layout import render
from bpr.dashboard.pages.page import Page
from bpr.workspace.rights import Right

PAGE = Page(path="/kpi", label="KPI", render=render, register=register, right=Right.WHOLE)
