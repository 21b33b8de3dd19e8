"""ReportLab: Platypus tables. It embeds only quadratic outlines, so its faces are made by glyf.py."""

import io
import json
from pathlib import Path

import reportlab
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

VERSION = f"ReportLab {reportlab.Version}"


def style(name: str, font: str, align: int, **more) -> ParagraphStyle:
    base = {"fontName": font, "fontSize": 10.5, "leading": 15.75, "wordWrap": "CJK"}
    return ParagraphStyle(name, alignment=align, **(base | more))


class Press:
    def __init__(self, sheet: Path, fonts: Path) -> None:
        self.sheet = json.loads(sheet.read_text(encoding="utf-8"))
        glyf = sheet.parent / "glyf"
        pdfmetrics.registerFont(TTFont("Song", str(glyf / "Song.ttf")))
        pdfmetrics.registerFont(TTFont("Hei", str(glyf / "Hei.ttf")))
        pdfmetrics.registerFont(TTFont("Ticks", str(fonts / "Ticks.ttf")))
        self.styles = {
            "title": style("title", "Hei", TA_CENTER, fontSize=22, leading=30),
            "label": style("label", "Hei", TA_CENTER),
            "center": style("center", "Song", TA_CENTER),
            "left": style("left", "Song", TA_LEFT),
            "long": style("long", "Song", TA_JUSTIFY, firstLineIndent=21),
        }

    def pdf(self, copies: list[dict]) -> bytes:
        top, right, bottom, left = (side * mm for side in self.sheet["margins_mm"])
        out = io.BytesIO()
        doc = BaseDocTemplate(out, pagesize=A4, title=self.sheet["title"])
        frame = Frame(
            left, bottom, A4[0] - left - right, A4[1] - top - bottom, 0, 0, 0, 0, id="sheet"
        )
        story, templates = [], []
        for k, copy in enumerate(copies):
            templates.append(PageTemplate(f"c{k}", [frame], onPage=self.footer(copy)))
            if k:
                story += [NextPageTemplate(f"c{k}"), PageBreak()]
            story += self.flowables(copy)
        doc.addPageTemplates(templates)
        doc.build(story)
        return out.getvalue()

    def footer(self, copy: dict):
        first = []

        def draw(canvas, doc) -> None:
            first.append(doc.page)
            canvas.setFont("Song", 9)
            y = 14 * mm
            canvas.drawString(25 * mm, y, self.sheet["foot_left"])
            canvas.drawCentredString(A4[0] / 2, y, f"第 {doc.page - first[0] + 1} 页")
            canvas.drawRightString(A4[0] - 20 * mm, y, self.sheet["foot_right"].format_map(copy))

        return draw

    def paragraph(self, text: str, kind: str) -> Paragraph:
        for tick in "☑☐":
            text = text.replace(tick, f'<font name="Ticks">{tick}</font>')
        return Paragraph(text.replace("\n", "<br/>"), self.styles[kind])

    def flowables(self, copy: dict) -> list:
        sheet = self.sheet
        widths = [width * mm for width in sheet["columns_mm"]]
        head = Table(
            [[
                self.paragraph(sheet["left"], "left"),
                self.paragraph(sheet["right"].format_map(copy), "left"),
            ]],
            [115 * mm, 50 * mm],
        )
        sign = Table([[self.paragraph(text, "left") for text in sheet["signatures"]]], [55 * mm] * 3)
        return [
            Paragraph(sheet["title"], self.styles["title"]),
            head,
            self.grid(widths, copy),
            Spacer(0, 3 * mm),
            sign,
        ]

    def grid(self, widths: list[float], copy: dict) -> Table:
        rows = [[""] * len(widths) for _ in self.sheet["rows"]]
        taken = [[False] * len(widths) for _ in rows]
        spans, heights = [], []
        for r, row in enumerate(self.sheet["rows"]):
            c = 0
            long = False
            for cell in row["cells"]:
                while taken[r][c]:
                    c += 1
                kind = "label" if "label" in cell else cell.get("align", "center")
                long |= kind == "long"
                text = cell.get("label") or cell["text"].format_map(copy)
                rows[r][c] = self.paragraph(text, kind)
                right, down = c + cell.get("span", 1) - 1, r + cell.get("rows", 1) - 1
                spans.append(("SPAN", (c, r), (right, down)))
                for y in range(r, down + 1):
                    for x in range(c, right + 1):
                        taken[y][x] = True
            heights.append(None if long else row["height_mm"] * mm)
        lines = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("BOX", (0, 0), (-1, -1), 1, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("PADDING", (0, 0), (-1, -1), 3),
        ]
        return Table(rows, widths, heights, style=lines + spans)
