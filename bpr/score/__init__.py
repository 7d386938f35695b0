"""Scoring: open, additive, recomputable on paper; what is unknown becomes an interval."""
