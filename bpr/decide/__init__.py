"""Deciding and proving: targets and their history, what the KPI count, what was really saved."""
