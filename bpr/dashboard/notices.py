"""The one place that turns errors of callbacks into a notice on the page."""

from dash import html, set_props

from bpr.dashboard.components.aria import aria
from bpr.errors import BprError
from bpr.log import record_incident

NOTICE = "notice"


def notice_area() -> html.Div:
    """Return the live region in which notices appear; screen readers speak it."""
    return html.Div(id=NOTICE, role="status", className="notice", **aria(live="polite"))


def show_error(error: Exception) -> None:
    """Show what a person can mend as it is said; show a bug as an incident number."""
    if isinstance(error, BprError):
        text = str(error)
    else:
        number = record_incident(error)
        text = f"思わぬ不具合が起きました（受付番号 {number}）。画面を開き直しても続くときは、番号を添えて総務課に知らせてください。"
    set_props(NOTICE, {"children": html.P(text, className="error")})


def show_done(text: str) -> None:
    """Say that something was done."""
    set_props(NOTICE, {"children": html.P(text, className="done")})
