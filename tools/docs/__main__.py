"""`python -m tools.docs [PAGE ...]`: write the generated parts of the pages anew; all pages unless some are named.

`pictures` among them draws docs/pictures/ anew.
"""

from __future__ import annotations

import sys

from tools.docs import pictures
from tools.docs.pages import pages, renewed
from tools.docs.regions import ROOT


def main(names: list[str]) -> None:
    """Draw the pictures, write each page whose generated parts changed, and say which."""
    if not names or "pictures" in names:
        for picture in pictures.draw(pictures.FOLDER):
            print(picture.relative_to(ROOT))
    for page in pages():
        if names and page.stem not in names:
            continue
        new = renewed(page)
        if page.read_text("utf-8") != new:
            page.write_text(new, encoding="utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
