"""Benchmarks: each prints one JSON object, measures ratios in one run, and can be run again."""
