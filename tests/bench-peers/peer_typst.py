"""typst: one compiler with its fonts loaded, kept warm; the copies come in as an input."""

import json
from importlib.metadata import version
from pathlib import Path

import typst

VERSION = f"typst {version('typst')}"


class Press:
    def __init__(self, sheet: Path, fonts: Path) -> None:
        loaded = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        self.compiler = typst.Compiler(
            str(sheet.with_name("sheet.typ")), root=str(sheet.parent), font_paths=loaded
        )

    def pdf(self, copies: list[dict]) -> bytes:
        inputs = {"copies": json.dumps(copies)}
        return self.compiler.compile(format="pdf", sys_inputs=inputs)
