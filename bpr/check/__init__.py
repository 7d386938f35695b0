"""Checking: answers as written -> findings that name the cell, the value and the next step."""
