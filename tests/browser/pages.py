"""Reports to be opened, and a browser that opens them and says what it saw."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import simnet as sn
from simnet.report import write_html
from tests.browser.names import LONG, OVERRIDE, SCRIPT, hostile_world
from tests.browser.world import write_world

PHONE, DESKTOP = (390, 844), (1280, 900)
PAPER = (695, 1000)
"""A4 between the margins of the page, 184 mm wide."""
MARGIN = 0.04
"""Share of a page's width that stays free at each side."""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--no-first-run",
)  # fmt: skip
"""The sandbox wants a user of its own, which a build server's root is not."""


def world_report(folder: Path) -> Path:
    """Run the network of five designs and sixty sites, with few parts and replications; its report."""
    study = sn.load(write_world(folder, parts=30))
    study.compare(replications=3, folder=None).report(folder / "report.html")
    return folder / "report.html"


def hostile_report(folder: Path) -> Path:
    """Run the scenario of hostile names; its report."""
    study = sn.load(hostile_world(folder))
    result = study.compare(replications=2, folder=None)
    story = replace(result.story(), title=f"{SCRIPT} {OVERRIDE} {LONG}")  # a scenario's own name may not be so bad
    return write_html(folder / "report.html", result.scene(), story)


@dataclass
class Browser:
    """Chromium without a window."""

    driver: Any

    @classmethod
    def start(cls, binary: str) -> Browser:
        """Start it, with the logs of its console and of its requests."""
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for flag in FLAGS:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        return cls(webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver"))))

    def quit(self) -> None:
        """Close it."""
        self.driver.quit()

    def open(self, page: Path, size: tuple[int, int] = DESKTOP, dark: bool = False) -> None:
        """Open a page in a window of a size, by day or by night, with fresh logs."""
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        width, height = size
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get(page.as_uri())
        self.wait_for(page)

    def wait_for(self, page: Path) -> None:
        """Wait until the page is there to its end: on a busy machine the driver comes back before that."""
        from selenium.webdriver.support.wait import WebDriverWait

        there = "document.readyState === 'complete' && !!document.querySelector('footer, section, table, svg')"
        WebDriverWait(self.driver, 60).until(lambda _: self.ask(there), f"{page} was not there in a minute")

    def too_wide_for_paper(self, page: Path) -> list[str]:
        """What is wider than A4 between its margins, as the page lays itself out for print; a browser would shrink all
        of the page for it, or cut it off."""
        self.open(page, PAPER)
        with self.on_paper():
            return list(
                self.ask("""[...document.querySelectorAll("body *")].filter(each => !each.closest(".unseen, .skip, svg")
                  && each.getBoundingClientRect().right > window.innerWidth + 1)
                  .map(each => each.outerHTML.slice(0, 120))""")
            )

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """The page as it lays itself out for print."""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        yield
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    def ask(self, script: str) -> Any:
        """What a script in the page returns."""
        return self.driver.execute_script(f"return ({script})")

    def errors(self) -> list[str]:
        """What the console complains of."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses of everything that was asked for since the page was opened."""
        told = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [each["params"]["request"]["url"] for each in told if each["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith("data:")]

    def printed(self, path: Path) -> Path:
        """The page as PDF, on the paper that its style asks for."""
        made = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        path.write_bytes(base64.b64decode(made["data"]))
        return path


def path_of(url: str) -> Path:
    """The file of an address."""
    return Path(unquote(urlsplit(url).path))


def text_of(pdf: Path) -> list[str]:
    """The text of each printed page."""
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return told.stdout.decode("utf-8").split("\f")[:-1]


def used_of(pdf: Path) -> list[float]:
    """Of each page as it is drawn: how far down there is anything on it, as a share of its height."""
    found = []
    for page in drawn(pdf):
        rows = (page < 200).any(axis=1).nonzero()[0]
        found.append(float(rows[-1] / page.shape[0]) if len(rows) else 0.0)
    return found


def drawn(pdf: Path) -> list[Any]:
    """Each page as a gray picture."""
    return pictures(subprocess.run(["pdftoppm", "-gray", "-r", "40", pdf], capture_output=True, check=True).stdout)


def ink_of(pdf: Path) -> list[tuple[float, float]]:
    """Of each page as it is drawn: the share of it that is not paper, and that share in its outer margins."""
    found = []
    for page in drawn(pdf):
        dark, edge = page < 200, int(page.shape[1] * MARGIN)
        found.append((float(dark.mean()), float(dark[:, :edge].mean() + dark[:, -edge:].mean())))
    return found


def pictures(data: bytes) -> list[Any]:
    """Gray pictures of a stream of portable graymaps."""
    import numpy as np

    found, at = [], 0
    while at < len(data):
        _, size, _, rest = data[at:].split(b"\n", 3)
        width, height = map(int, size.split())
        start = len(data) - len(rest)
        found.append(np.frombuffer(data[start : start + width * height], np.uint8).reshape(height, width))
        at = start + width * height
    return found
