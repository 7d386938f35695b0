"""Forms that people confirmed: rows are added; the latest of a fingerprint counts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from bpr.store.act import Act
from bpr.store.tables import FORMS


@dataclass(frozen=True)
class ConfirmedForm:
    """A form by its fingerprint: key of a label -> field, None for a column not to be used."""

    fingerprint: str
    fields: Mapping[str, str | None]
    label: str


def insert_form(connection: Connection, form: ConfirmedForm, act: Act) -> None:
    """Add what a person confirmed."""
    values = {
        "fingerprint": form.fingerprint,
        "columns": json.dumps(dict(form.fields), ensure_ascii=False),
        "label": form.label,
        "confirmed_at": act.when,
        "confirmed_by": act.who,
    }
    connection.execute(insert(FORMS).values(values))


def select_forms(connection: Connection) -> list[ConfirmedForm]:
    """Latest word on each form, the last confirmed first."""
    c = FORMS.c
    latest = select(func.max(c.id)).group_by(c.fingerprint)
    query = select(c.fingerprint, c.columns, c.label).where(c.id.in_(latest)).order_by(c.id.desc())
    return [
        ConfirmedForm(fingerprint, json.loads(columns), label)
        for fingerprint, columns, label in connection.execute(query).all()
    ]
