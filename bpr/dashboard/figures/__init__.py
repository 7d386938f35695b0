"""Figures: pure functions from view-models to Plotly figures."""
