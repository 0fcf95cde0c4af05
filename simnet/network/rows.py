"""The rows of a Network: integer records that the engine and the metrics read, all frozen.

Times are minutes, money is 1/10,000 of the currency, weights are grams, shares that chance decides are of 4,096.
An address is an offset into the network's `timetable`; -1 is none.
"""

from __future__ import annotations

from simnet.integers import integers

POINTS = integers(
    "site part source trigger up_to lot minimum review level cost price "
    "lead shape lane orderly opening_on_hand opening_on_order opening_owed transport shipment "
    "way fair push balance lateral laterals children plan fickle road joint"
)
"""A stocking point. source: a point, or -1 for the supplier. lead: mean minutes. shape: row of `shapes`, or -1 for a
constant. lane: key of the lane's chance. level: 0 for the most downstream. transport: money a kg; shipment: a lot.

way: the row of WAYS whose hours and departures its lane keeps, or -1. fair: waiting lines are served by need. push:
what a receipt leaves is offered to the points it refills, whose list is at the address `children`. balance: minutes
between looks at sisters, 0 for none; lateral, laterals: the first of its lateral sources and how many. plan: a row of
PLANS, or -1. fickle: key of the chance that decides which customers take a will-fit part. road: the row of WAYS with
the mode and distance of its lane, or -1. joint: the row of JOINTS that its orders are on, or -1."""

JOINTS = integers("site every minimum limit")
"""The orders of a site at a supplier that takes them for all parts together. every: minutes between orders. minimum:
least value. limit: minutes after which it is sent whatever it comes to, 0 for never."""

CLASSES = integers("rank lost complete together patience need_by surcharge discount dealer_pays rush")
"""An order class. rank: 1 is served first. together: jobs are handed over complete. patience: minutes after which what
still waits is lost, 0 for never. need_by: minutes within which the line is promised, 0 for off the shelf. surcharge,
discount: 1/10,000 of the price."""

TERMS = integers("reserve queue source sources wait_at will_fit")
"""What one order class meets at one point (row = point x order classes + class). reserve: pieces that it leaves for
better classes. queue: 0 is served first. source, sources: the first of its sourcing list in SOURCES and how many.
wait_at: the row of SOURCES at whose point the rest waits; -1: at the point asked. will_fit: of 4,096."""

SOURCES = integers("point way lane")
"""One place in a sourcing list: a point (-1: the supplier), the way from there, the key of that way's chance."""

WAYS = integers(
    "source site order_class kind lead shape orderly hold release picking hours departures receiving reception via "
    "mode transport shipment distance"
)
"""How lines of a class travel from one site (-1: a supplier) to another. kind: FACING to SUPPLIER_DIRECT. hold: pieces
that the giver keeps. release, departures: addresses of gates. hours, reception: addresses of calendars of the two ends;
picking and receiving take their working minutes. via: a second way, from where the first ends. mode: index of the
network's `modes`. distance: meters, -1 if not known."""

PLANS = integers("point period cells window hits within idle levels accept key buy_back starts trigger up_to sold")
"""A point whose stock is planned inside the run, every `period` minutes from what was asked in the last `cells`
periods. window: periods whose pieces decide the level. hits, within: listed once so many lines were asked in so many
periods (0: never again). idle: periods without a line after which it is taken off the list (0: never). levels: address
of its table of levels, -1 to keep its own. accept: of 4,096 proposals, how many are accepted; key: of that chance.
buy_back: what is above the level goes back. starts: it is listed at minute 0. trigger, up_to: its own policy's, when
listed. sold: pieces taken as sold in the window before minute 0."""

FACING, REFERRAL, LATERAL, CENTRAL, SUPPLIER_DIRECT = 1, 2, 3, 4, 5
"""Kinds of sources, in the order of the ladder."""
