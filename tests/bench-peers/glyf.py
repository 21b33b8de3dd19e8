"""Makes quadratic copies of the program's faces, for peers that cannot embed the cubic ones.

    glyf.py FONTS OUT
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable


def quadratic(source: Path, target: Path) -> None:
    font = TTFont(source)
    order = font.getGlyphOrder()
    drawn, glyphs = font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs "
        "maxStackElements maxSizeOfInstructions maxComponentElements maxPoints maxContours "
        "maxCompositePoints maxCompositeContours maxComponentDepth"
    ).split():
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.recalc(font)
    font["post"].formatType = 3.0
    for table in ("CFF ", "VORG", "GSUB", "GPOS"):
        if table in font:
            del font[table]
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(target)


def main() -> None:
    fonts, out = map(Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    for name in ("Song", "Hei"):
        target = out / f"{name}.ttf"
        if not target.exists():
            part = target.with_suffix(".part")
            quadratic(fonts / f"{name}.otf", part)
            part.rename(target)


if __name__ == "__main__":
    main()
