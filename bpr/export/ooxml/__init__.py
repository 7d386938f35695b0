"""Workbooks as zips of XML parts, patched where needed and left alone elsewhere.

The only place that uses lxml: openpyxl would lose drawings, pictures and what it does not know.
"""
