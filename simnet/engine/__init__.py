"""One book of rules, two clocks: the rules are in `rules.py`; SimPy or Numba brings the time."""
