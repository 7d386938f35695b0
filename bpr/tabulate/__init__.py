"""Tabulating: tasks -> the published table shapes, each with its base and its comparison."""
