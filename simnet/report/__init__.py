"""Results for people and machines: terminal table, Markdown, CSV, JSON, HTML page, charts."""

from simnet.report.export import as_csv, as_json, as_markdown
from simnet.report.html import Story, html, write_html
from simnet.report.scene import Scene
from simnet.report.terminal import show, text
from simnet.report.write import write

__all__ = ["Scene", "Story", "as_csv", "as_json", "as_markdown", "html", "show", "text", "write", "write_html"]
