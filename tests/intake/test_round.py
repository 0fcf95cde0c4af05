"""A history written in any of the formats and imported gives the same lines; so does the table written of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import simnet as sn
from simnet.intake.history import Asked, read_orders
from simnet.intake.written import write_folder, write_orders
from tests.intake.files import lines_of

LETTERS = st.characters(exclude_categories=("C", "Z")) | st.sampled_from("=+-@'0E .,;\"é件")
NAMES = st.text(LETTERS, min_size=1, max_size=8)
PLAIN_NAMES = NAMES.filter(
    lambda name: name == name.strip() and name.isprintable() and not (name.startswith('="') and name.endswith('"'))
)
LINES = st.lists(
    st.tuples(PLAIN_NAMES, st.dates(date(2024, 1, 1), date(2025, 12, 31)), st.integers(1, 99_999), PLAIN_NAMES),
    min_size=1,
    max_size=12,
)
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y%m%d", "%d-%b-%Y", "%Y年%m月%d日", "%d.%m.%Y %H:%M", "serial")
ORDERS = {"%d.%m.%Y": "dmy", "%m/%d/%Y": "mdy", "%d.%m.%Y %H:%M": "dmy"}
NUMBERS = ("plain", "1.234,00", "1,234.00", "1 234", "1234 ST")


def date_text(day: date, form: str) -> str:
    """A date in one of the formats."""
    return str((day - date(1899, 12, 30)).days) if form == "serial" else day.strftime(form)


def number_text(pieces: int, form: str) -> str:
    """A number in one of the formats."""
    if form == "plain" or form == "1234 ST":
        return f"{pieces}{form[4:] if form != 'plain' else ''}"
    if form == "1 234":
        return f"{pieces:,}".replace(",", " ")
    text = f"{pieces:,.2f}"
    return text if form == "1,234.00" else text.translate(str.maketrans(",.", ".,"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES,
    date_form=st.sampled_from(DATES),
    number_form=st.sampled_from(NUMBERS),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@example(
    lines=[("=1+1", date(2025, 1, 2), 7, "'=x")],
    date_form="%d.%m.%Y",
    number_form="1.234,00",
    delimiter=";",
    encoding="utf-8",
    end="\n",
)
def test_a_history_in_any_format_gives_the_same_lines(
    lines: list[tuple[str, date, int, str]],
    date_form: str,
    number_form: str,
    delimiter: str,
    encoding: str,
    end: str,
    tmp_path: Path,
) -> None:
    """What was written is read, to the letter and the piece; the clean table is read back as it was written."""
    from simnet.scenario.escaped import escaped

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["Part", "Date", "Qty", "Dealer"])
    for part, day, pieces, dealer in lines:
        cells = escaped(part), date_text(day, date_form), number_text(pieces, number_form), escaped(dealer)
        writer.writerow(cells)
    path = tmp_path / "orders.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    asked = Asked(
        dates=ORDERS.get(date_form), encoding=encoding if encoding == "gb18030" else None, delimiter=delimiter
    )
    found = read_orders(str(path), asked)
    wanted = [(part, (day.year, day.month, day.day), pieces, dealer) for part, day, pieces, dealer in lines]
    assert lines_of(found) == wanted
    write_orders(found, tmp_path / "clean.csv")
    assert lines_of(read_orders(str(tmp_path / "clean.csv"))) == wanted


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
@example(lines=[("=1+1", date(2025, 1, 2), 7, "'=x"), ("00123", date(2025, 1, 2), 7, "-5")])
@example(lines=[("central", date(2025, 1, 2), 7, "central"), ("null", date(2025, 1, 2), 1, "supplier")])
def test_the_folder_loads_with_the_same_lines(lines: list[tuple[str, date, int, str]], tmp_path: Path) -> None:
    """The scenario's reader takes every name and every line of the folder back."""
    from simnet.scenario.escaped import escaped

    path = tmp_path / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[escaped(part), day.isoformat(), pieces, escaped(dealer)] for part, day, pieces, dealer in lines]
        csv.writer(file).writerows([["part", "date", "quantity", "dealer"], *rows])
    folder = tmp_path / "made"
    folder.mkdir(exist_ok=True)
    write_folder(read_orders(str(path)), folder, "made", "EUR")
    study = sn.load(folder / "made.yaml")
    entry = study.scenario.demand[0]
    history = entry.history  # type: ignore[attr-defined]
    got = sorted(
        (history.part_names[p], history.site_names[s], int(q))
        for p, s, q in zip(history.part, history.site, history.quantity, strict=True)
    )
    assert got == sorted((part, dealer, pieces) for part, _, pieces, dealer in lines)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("'=1", "''=1"),
        ("''@", "'''@"),
        ("'x", "'x"),
        ("x", "x"),
    ],
)
def test_names_that_a_spreadsheet_would_run(name: str, written: str) -> None:
    """One quote more on the way out, one less on the way in; other names are not touched."""
    from simnet.scenario.escaped import escaped, taken_back

    assert escaped(name) == written
    assert taken_back(written) == name


@given(st.text(max_size=20))
def test_what_is_escaped_is_taken_back(text: str) -> None:
    """Of any text."""
    from simnet.scenario.escaped import escaped, taken_back

    assert taken_back(escaped(text)) == text
