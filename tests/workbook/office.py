"""LibreOffice, without a window: it opens a workbook and saves it again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needed = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (Debian: libreoffice-calc)")


def saved_again(path: Path, folder: Path, form: str = "xlsx") -> Path:
    """The workbook as LibreOffice saves it, in a folder of its own; `form` may be pdf."""
    assert SOFFICE is not None
    profile = (folder / "profile").as_uri()
    out = folder / "saved"
    command = [SOFFICE, "--headless", f"-env:UserInstallation={profile}", "--convert-to", form, "--outdir", str(out)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    return out / f"{path.stem}.{form}"
