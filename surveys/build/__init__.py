"""Write the sample town: 32 returned forms of みどり野町, calibrated to published totals."""
