#!/usr/bin/env python3
"""Cuts the faces that are compiled into the program from Debian's Noto CJK collections.

Run on Debian with `apt-get install fonts-noto-cjk fonts-noto-cjk-extra fonttools` as

    /usr/bin/python3 assets/fonts/cut.py

and commit what it writes: Song.otf (Noto Serif CJK SC Regular), Hei.otf (Noto Sans CJK SC Medium)
and Ticks.ttf (drawn here). Two runs give the same bytes. Not here: Hangul and the layout tables,
which no form uses; they would double the size of the program.
"""

import os
import pathlib
import subprocess

# Font tools write the time of the run into `head` unless told otherwise.
os.environ["SOURCE_DATE_EPOCH"] = "1640995200"

from fontTools.fontBuilder import FontBuilder  # noqa: E402
from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
NOTO = pathlib.Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED_CHINESE = 2  # index of the SC face in every Noto CJK collection

# What a Chinese form may hold; the face decides which of these it has.
RANGES = [
    (0x0020, 0x024F),  # Latin
    (0x02B0, 0x036F),  # modifiers
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin with two marks (pinyin)
    (0x2000, 0x2BFF),  # punctuation, letterlike, numbers, arrows, mathematics, boxes, shapes
    (0x2E00, 0x2FFF),  # dashes, radicals, description characters
    (0x3000, 0x33FF),  # CJK punctuation, kana, enclosed, units
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # compatibility Han
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full and half width
    (0x1F100, 0x1F2FF),  # enclosed supplements
    (0x20000, 0x3FFFF),  # Han extensions B and later
]


def cut(collection: str, target: str) -> None:
    """Writes the SC face of a collection, reduced to RANGES, as a file of its own."""
    subprocess.run(
        [
            "pyftsubset",
            str(NOTO / collection),
            f"--font-number={SIMPLIFIED_CHINESE}",
            "--unicodes=" + ",".join(f"{low:X}-{high:X}" for low, high in RANGES),
            "--layout-features=",
            "--drop-tables+=BASE,VORG,vhea,vmtx,DSIG",
            "--name-IDs=0,1,2,3,4,5,6,13,14",
            "--name-languages=0x409",
            "--no-notdef-outline",
            "--no-hinting",  # a fifth of the size; readers of PDF smooth instead of hinting
            "--no-recalc-timestamp",
            f"--output-file={HERE / target}",
        ],
        check=True,
    )


def ring(pen: TTGlyphPen, left: int, bottom: int, right: int, top: int, stroke: int) -> None:
    """A square drawn as an outer contour and a counter contour."""
    for inset, clockwise in ((0, True), (stroke, False)):
        corners = [
            (left + inset, bottom + inset),
            (left + inset, top - inset),
            (right - inset, top - inset),
            (right - inset, bottom + inset),
        ]
        polygon(pen, corners if clockwise else corners[::-1])


def polygon(pen: TTGlyphPen, corners: list) -> None:
    """One closed contour of straight sides; clockwise fills."""
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()


def tick(pen: TTGlyphPen) -> None:
    """The mark inside a box: a short stroke down, a long one up to the upper right."""
    polygon(pen, [(222, 420), (292, 484), (432, 322), (716, 654), (782, 594), (434, 184)])


def cross(pen: TTGlyphPen) -> None:
    """Two crossing strokes as one contour."""
    polygon(
        pen,
        [
            (270, 574), (324, 628), (500, 452), (676, 628), (730, 574), (554, 398),
            (730, 222), (676, 168), (500, 344), (324, 168), (270, 222), (446, 398),
        ],
    )


def ticks(target: str) -> None:
    """Draws the ballot boxes that the Noto CJK faces do not have, on their 1000-unit body."""
    glyphs, widths = {}, {}
    drawings = {
        ".notdef": [],
        "space": [],
        "box": [lambda pen: ring(pen, 90, -12, 910, 808, 52)],
        "boxtick": [lambda pen: ring(pen, 90, -12, 910, 808, 52), tick],
        "boxcross": [lambda pen: ring(pen, 90, -12, 910, 808, 52), cross],
        "check": [tick],
    }
    for name, parts in drawings.items():
        pen = TTGlyphPen(None)
        for part in parts:
            part(pen)
        glyphs[name] = pen.glyph()
        widths[name] = (1000, 90 if parts else 0)
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(drawings))
    builder.setupCharacterMap(
        {0x20: "space", 0x2610: "box", 0x2611: "boxtick", 0x2612: "boxcross", 0x2713: "check"}
    )
    builder.setupGlyf(glyphs)
    metrics = {
        name: (width, glyphs[name].xMin if hasattr(glyphs[name], "xMin") else 0)
        for name, (width, _) in widths.items()
    }
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {
            "familyName": "Taizhang Ticks",
            "styleName": "Regular",
            "uniqueFontIdentifier": "TaizhangTicks-1",
            "fullName": "Taizhang Ticks",
            "version": "Version 1.000",
            "psName": "TaizhangTicks",
        }
    )
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(str(HERE / target))


if __name__ == "__main__":
    cut("NotoSerifCJK-Regular.ttc", "Song.otf")
    cut("NotoSansCJK-Medium.ttc", "Hei.otf")
    ticks("Ticks.ttf")
    for face in ("Song.otf", "Hei.otf", "Ticks.ttf"):
        print(face, (HERE / face).stat().st_size)
