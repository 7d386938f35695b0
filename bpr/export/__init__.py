"""Exporting: frames -> bytes of .xlsx, .csv, .parquet and .json. Text stays text."""
