"""Prints the sheet with one of the peers and says how long it took.

    forms.py PEER SHEET MATTER FONTS            reads commands, one a line:
        one K        copy number K, in memory       -> {"ms", "bytes"}
        keep K FILE  the same, written to FILE
        many N FILE  copies 0..N in one file        -> {"ms", "bytes", "rss_kb"}
    forms.py PEER SHEET MATTER FONTS once FILE  a whole process for one form

Times begin after the peer's own loading (modules, fonts); a cold process is timed from outside.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path


def copy_of(matter: str, k: int) -> dict:
    """The values that differ from copy to copy; the number in front makes every line break anew."""
    return {
        "number": f"TS-2026-XM01-{k:04}",
        "name": "䶮㛃𬭎𠅤",
        "matter": f"{k:04}" + matter[4:],
    }


def main() -> None:
    peer, sheet, matter, fonts, *rest = sys.argv[1:]
    module = importlib.import_module(f"peer_{peer}")
    press = module.Press(Path(sheet), Path(fonts))
    matter = Path(matter).read_text(encoding="utf-8").strip()
    if rest[:1] == ["once"]:
        Path(rest[1]).write_bytes(press.pdf([copy_of(matter, 0)]))
        return
    print(json.dumps({"ready": module.VERSION}), flush=True)
    for line in sys.stdin:
        verb, count, *target = line.split()
        copies = range(int(count)) if verb == "many" else [int(count)]
        start = time.perf_counter()
        pdf = press.pdf([copy_of(matter, k) for k in copies])
        if target:
            Path(target[0]).write_bytes(pdf)
        spent = (time.perf_counter() - start) * 1000
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"ms": spent, "bytes": len(pdf), "rss_kb": rss}), flush=True)


if __name__ == "__main__":
    main()
