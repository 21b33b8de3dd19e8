"""WeasyPrint: HTML and CSS; the style sheet and its fonts are read once."""

import html
import json
import logging
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

VERSION = f"WeasyPrint {weasyprint.__version__}"

STYLE = """
@font-face { font-family: Song; src: url(%(song)s); }
@font-face { font-family: Hei; src: url(%(hei)s); }
@font-face { font-family: Ticks; src: url(%(ticks)s); }
@page {
  size: A4; margin: %(margins)s;
  @bottom-left { font: 9pt Song; content: string(left); }
  @bottom-center { font: 9pt Song; content: "第 " counter(page) " 页"; }
  @bottom-right { font: 9pt Song; content: string(right); }
}
body { font: 10.5pt/15.75pt Song, Ticks; margin: 0; }
section { break-before: page; counter-reset: page 1; }
section:first-child { break-before: auto; }
h1 { font: 22pt/30pt Hei; letter-spacing: 5.5pt; text-align: center; margin: 0; }
.left { string-set: left attr(title); }
.right { string-set: right attr(title); float: right; }
table { border-collapse: collapse; width: 165mm; table-layout: fixed; border: 1pt solid black; }
td { border: 0.5pt solid black; padding: 3pt 4pt; text-align: center; vertical-align: middle; }
td.label { font-family: Hei; }
td.left { text-align: left; }
td.long { text-align: justify; text-indent: 2em; }
.sign { margin-top: 3mm; display: flex; justify-content: space-between; }
"""


class Press:
    def __init__(self, sheet: Path, fonts: Path) -> None:
        logging.getLogger("weasyprint").setLevel(logging.ERROR)
        self.sheet = json.loads(sheet.read_text(encoding="utf-8"))
        self.config = FontConfiguration()
        margins = " ".join(f"{side}mm" for side in self.sheet["margins_mm"])
        faces = {"song": "Song.otf", "hei": "Hei.otf", "ticks": "Ticks.ttf"}
        urls = {key: (fonts / name).as_uri() for key, name in faces.items()}
        self.style = weasyprint.CSS(
            string=STYLE % (urls | {"margins": margins}), font_config=self.config
        )

    def pdf(self, copies: list[dict]) -> bytes:
        body = "".join(self.section(copy) for copy in copies)
        text = f"<html lang=zh-CN><body>{body}</body></html>"
        return weasyprint.HTML(string=text).write_pdf(
            stylesheets=[self.style], font_config=self.config
        )

    def section(self, copy: dict) -> str:
        sheet = self.sheet
        fill = lambda text: html.escape(text.format_map(copy)).replace("\n", "<br>")
        columns = "".join(f'<col style="width:{width}mm">' for width in sheet["columns_mm"])
        rows = []
        for row in sheet["rows"]:
            cells = []
            for cell in row["cells"]:
                kind = "label" if "label" in cell else cell.get("align", "")
                span, down = cell.get("span", 1), cell.get("rows", 1)
                text = fill(cell.get("label") or cell.get("text", ""))
                cells.append(f"<td class='{kind}' colspan={span} rowspan={down}>{text}</td>")
            rows.append(f'<tr style="height:{row["height_mm"]}mm">{"".join(cells)}</tr>')
        sign = "".join(f"<span>{html.escape(text)}</span>" for text in sheet["signatures"])
        return (
            f"<section><h1>{sheet['title']}</h1>"
            f"<div><span class=right title='{fill(sheet['foot_right'])}'>{fill(sheet['right'])}</span>"
            f"<span class=left title='{sheet['foot_left']}'>{sheet['left']}</span></div>"
            f"<table>{columns}{''.join(rows)}</table><div class=sign>{sign}</div></section>"
        )
