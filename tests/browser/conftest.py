"""A browser without a window, for pages as people see them. Skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.pages import Browser, hostile_report, world_report

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NEEDED = ("chromedriver", "pdftotext", "pdftoppm")


def lacking() -> str:
    """What is not there to open a page with, in words; nothing where all is."""
    try:
        import selenium  # noqa: F401
    except ModuleNotFoundError:
        return "needs the Python package selenium (pip install -e '.[dev]')"
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if not any(map(shutil.which, CHROMIUM)):
        missing.insert(0, "chromium")
    named = ", ".join(missing)
    return f"needs {named} (Debian: chromium chromium-driver poppler-utils)" if missing else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this folder are marked, and skipped where there is no browser."""
    here = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    reason = lacking() if here else ""
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.filterwarnings("default::ResourceWarning"))
        item.add_marker(pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"))
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    found = Browser.start(next(path for name in CHROMIUM if (path := shutil.which(name))))
    yield found
    found.quit()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of five designs and sixty sites."""
    return world_report(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a scenario whose names are an attack."""
    return hostile_report(tmp_path_factory.mktemp("hostile"))
