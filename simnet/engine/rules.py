"""The book of rules, written once: what happens to stock when lines are asked, shipped and received.

Two rules of the book: everything that changes the world is in the `rules_*` files beside this one, and nothing in them
knows which clock runs. `schedule(world, minute, phase, place, quantity)` and `draw(key, n)` (twelve bits of chance)
belong to the clock and are bound when it builds its namespace. Law numbers refer to docs/semantics.md.
"""

from __future__ import annotations

from simnet.engine import (
    rules_books,
    rules_count,
    rules_events,
    rules_joint,
    rules_lines,
    rules_moves,
    rules_plan,
    rules_serve,
    rules_short,
    rules_stock,
    rules_time,
    rules_ways,
)

CHAPTERS = (
    rules_time,
    rules_stock,
    rules_count,
    rules_ways,
    rules_short,
    rules_lines,
    rules_joint,
    rules_serve,
    rules_moves,
    rules_plan,
    rules_events,
    rules_books,
)

BOOK = [  # callees first: the order in which a clock binds them
    rules_time.first_from,
    rules_time.gate,
    rules_time.missed,
    rules_time.work,
    rules_stock.turn_month,
    rules_stock.reached,
    rules_stock.put,
    rules_stock.owe,
    rules_stock.decide,
    rules_stock.place,
    rules_count.note,
    rules_count.count_customer,
    rules_count.bin_of,
    rules_count.count_wait,
    rules_count.count_travel,
    rules_count.count_kind,
    rules_count.count_missed,
    rules_count.count_why,
    rules_count.count_end,
    rules_count.count_opened,
    rules_ways.weather,
    rules_ways.journey,
    rules_ways.deliver,
    rules_ways.ship,
    rules_ways.carry,
    rules_ways.travel,
    rules_ways.late_release,
    rules_short.plan_review,
    rules_short.look_later,
    rules_short.free_for,
    rules_short.cause_of,
    rules_short.take,
    rules_short.pass_on,
    rules_short.ask_others,
    rules_short.passed_to,
    rules_short.lose,
    rules_short.judge,
    rules_short.fulfilled,
    rules_short.enqueue,
    rules_short.keep_waiting,
    rules_short.await_turn,
    rules_short.open_line,
    rules_short.close_line,
    rules_short.fall_short,
    rules_lines.at_hand,
    rules_lines.answer,
    rules_lines.supply,
    rules_lines.ask,
    rules_lines.order,
    rules_lines.reorder,
    rules_joint.sent,
    rules_joint.wish,
    rules_joint.join,
    rules_joint.review,
    rules_lines.look,
    rules_serve.give,
    rules_serve.leave,
    rules_serve.serve_in_turn,
    rules_serve.hungrier,
    rules_serve.share_out,
    rules_serve.serve_by_need,
    rules_serve.serve,
    rules_serve.give_up,
    rules_moves.wants,
    rules_moves.barer,
    rules_moves.offer,
    rules_moves.surplus,
    rules_moves.move,
    rules_moves.balance,
    rules_plan.remember,
    rules_plan.level_for,
    rules_plan.wanted,
    rules_plan.turn_cell,
    rules_plan.propose,
    rules_plan.send_back,
    rules_plan.take_back,
    rules_plan.first_plan,
    rules_plan.plan,
    rules_events.receive,
    rules_events.happen,
    rules_events.demand,
    rules_books.open_books,
    rules_books.first_reviews,
    rules_books.clear_flow,
    rules_books.start_measuring,
    rules_books.sum_up,
    rules_books.censor,
    rules_books.close_books,
]

SELDOM = frozenset(  # the compiled clock calls these; the others it writes into their callers, 1.4 times as fast
    (
        *("first_from", "gate", "work", "journey", "travel", "count_kind", "count_why", "look_later", "cause_of"),
        *("lose", "fall_short", "order", "wish", "serve_by_need", "give_up", "offer", "balance"),
        *("remember", "take_back", "plan", "start_measuring", "close_books"),
    )
)
ONCE = frozenset(
    (
        *("review", "join", "look", "receive", "happen", "demand", "count_customer", "at_hand", "serve_in_turn"),
        *("missed", "late_release", "take", "pass_on", "ask_others", "judge", "keep_waiting", "await_turn"),
        *("hungrier", "share_out", "barer", "surplus", "move"),
        *("level_for", "wanted", "turn_cell", "propose", "send_back", "first_plan", "clear_flow", "sum_up", "censor"),
        *("open_books", "first_reviews"),
        *("ask", "answer", "supply", "reorder", "serve", "give"),
    )
)
"""Called from one place, or large and called from two or three: written into their callers before anything is compiled.

A rule that is compiled apart is compiled with all it calls, and once more within each rule above it: the six of the
last line would take as long as all the others together.
"""
