"""The book of rules, written once: what happens to stock when lines are asked, shipped and received.

Two rules of the book: everything that changes the world is in the `rules_*` files beside this one, and nothing in them
knows which clock runs. `schedule(world, minute, phase, place, quantity)` and `draw(key, n)` (twelve bits of chance)
belong to the clock and are bound when it builds its namespace. Law numbers refer to docs/semantics.md.
"""

from __future__ import annotations

from simnet.engine import rules_books, rules_count, rules_lines, rules_stock

CHAPTERS = (rules_stock, rules_count, rules_lines, rules_books)

BOOK = [  # callees first: the order in which a clock binds them
    rules_stock.turn_month,
    rules_stock.put,
    rules_stock.owe,
    rules_stock.decide,
    rules_stock.place,
    rules_stock.ship,
    rules_count.note,
    rules_count.count_customer,
    rules_count.bin_of,
    rules_count.count_wait,
    rules_lines.enqueue,
    rules_lines.fall_short,
    rules_lines.answer,
    rules_lines.supply,
    rules_lines.plan_review,
    rules_lines.ask,
    rules_lines.review,
    rules_lines.serve,
    rules_lines.receive,
    rules_lines.happen,
    rules_lines.demand,
    rules_books.open_books,
    rules_books.first_reviews,
    rules_books.clear_flow,
    rules_books.start_measuring,
    rules_books.sum_up,
    rules_books.close_books,
]
