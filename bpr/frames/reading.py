"""Frames that tell how workbooks were read: files, tables, forms, columns, marks."""

import dataframely as dy


class Workbooks(dy.Schema):
    """Every file that was given: read, or refused with the reason."""

    name = dy.String()
    sha256 = dy.String()
    status = dy.Enum(["read", "refused"])
    reason = dy.String(nullable=True)


class Sheets(dy.Schema):
    """Every table of every sheet, with its header row (1-based Excel row), or why none was read.

    `fingerprint`: key of the form; `known`: how a form that a person confirmed was applied.
    """

    workbook = dy.String()
    name = dy.String()
    table = dy.Int64(min=0)
    status = dy.Enum(["read", "skipped"])
    reason = dy.String(nullable=True)
    header_row = dy.Int64(nullable=True)
    rows_read = dy.Int64()
    fingerprint = dy.String(nullable=True)
    known = dy.Enum(["confirmed", "similar"], nullable=True)


class Forms(dy.Schema):
    """Every labelled column of every table, with the field it was given, for people to confirm."""

    workbook = dy.String()
    sheet = dy.String()
    table = dy.Int64(min=0)
    column = dy.String()
    key = dy.String()
    label = dy.String()
    field = dy.String(nullable=True)


class StaffCounts(dy.Schema):
    """How many people a workbook says that its division has."""

    workbook = dy.String()
    sheet = dy.String()
    division = dy.String(nullable=True)
    staff = dy.Float64(min=0)


class Columns(dy.Schema):
    """Which column of a sheet was read as which field, and why.

    `row`: the 1-based Excel row of the value, only on sheets that describe one task (cards).
    """

    workbook = dy.String()
    sheet = dy.String()
    block = dy.Int64()
    field = dy.String()
    column = dy.String()
    row = dy.Int64(nullable=True)
    header = dy.String()
    measure = dy.String(nullable=True)
    staff_category = dy.String(nullable=True)
    reason = dy.String()
    confidence = dy.Float64(min=0, max=1)


class Marks(dy.Schema):
    """What the reader noticed while reading: a code of `messages`, a place, the text there."""

    workbook = dy.String()
    sheet = dy.String(nullable=True)
    cell = dy.String(nullable=True)
    row = dy.Int64(nullable=True)
    code = dy.String()
    value = dy.String(nullable=True)
