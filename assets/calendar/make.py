"""Writes <year>.toml beside this script from a folder of holiday-cn files (<year>.json).

Run once a year after the notice of the State Council office:  python3 make.py FOLDER

Not here: any judgement. A file holds what its notice says, so days of late December stand in the
file of the following year, as in the notice; ordinary weekends stand nowhere.
"""

import datetime
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def spans(days):
    """Joins neighbouring days to `first..last` texts."""
    runs = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == datetime.timedelta(days=1):
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return [a.isoformat() if a == b else f"{a}..{b}" for a, b in runs]


def listed(texts):
    return "[" + ", ".join(json.dumps(t) for t in texts) + "]"


def table(data):
    year, papers = data["year"], data["papers"]
    lines = [
        f"# Off days and make-up workdays of {year}, from holiday-cn (MIT, Copyright 2019 NateScarlet).",
        f"year = {year}",
        f"version = {len(papers)}",
        f'title = "国务院办公厅关于{year}年部分节假日安排的通知"',
        f"source = {listed(papers)}",
    ]
    names = list(dict.fromkeys(day["name"] for day in data["days"]))
    for name in names:
        days = [day for day in data["days"] if day["name"] == name]
        date = lambda day: datetime.date.fromisoformat(day["date"])
        off = spans([date(day) for day in days if day["isOffDay"]])
        work = spans([date(day) for day in days if not day["isOffDay"]])
        shown = name.replace("“", "").replace("”", "")
        lines += ["", "[[holiday]]", f'name = "{shown}"']
        if off:
            lines.append(f"off = {listed(off)}")
        if work:
            lines.append(f"work = {listed(work)}")
    return "\n".join(lines) + "\n"


def main():
    folder = pathlib.Path(sys.argv[1])
    for path in sorted(folder.glob("[0-9]*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["days"]:
            target = HERE / f"{data['year']}.toml"
            target.write_text(table(data), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
