"""Formulas that size stock: exact single-site fill, the smallest level for a target, economic lots."""
