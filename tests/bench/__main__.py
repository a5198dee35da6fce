"""`python -m tests.bench PART`: print the ratios of one part."""

from __future__ import annotations

import argparse


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Ratios of one run on this machine.")
    parts = parser.add_subparsers(dest="part", required=True)
    speed = parts.add_parser("import", help="250 000 csv rows against sqlite3.executemany of the same stored rows")
    speed.add_argument("--insatser", type=int, default=1000)
    speed.add_argument("--months", type=int, default=125)
    speed.add_argument("--xlsx", action="store_true", help="the same rows as a workbook too (slow)")
    kill = parts.add_parser("kill", help="kill -9 at random moments of an import")
    kill.add_argument("--times", type=int, default=100)
    pages = parts.add_parser("pages", help="server time of every page, and memory with ten sessions")
    browser = parts.add_parser("browser", help="Insats and Översikt in a browser against constants and an empty page")
    frameworks = parts.add_parser("frameworks", help="the same five charts in Panel and Dash")
    frameworks.add_argument("--python", required=True, help="the python that has tests/bench/requirements.txt")
    export = parts.add_parser("export", help="every report and chart file of the example's year: time and memory")
    export.add_argument("--lage", choices=("intern", "publicering"), default="intern")
    attack = parts.add_parser("attack", help="random systems of röjandekontroll against the tests' own attacker")
    attack.add_argument("--systems", type=int, default=20_000)
    for part in (pages, browser, frameworks, export):
        part.add_argument("--database", help="a filled SQLite file to use; else one is made")
    for part in (browser, frameworks):
        part.add_argument("--repeats", type=int, default=7)
    chosen = parser.parse_args()
    if chosen.part == "import":
        from tests.bench import import_speed

        import_speed.run(chosen.insatser, chosen.months, with_xlsx=chosen.xlsx)
    elif chosen.part == "kill":
        from tests.bench import kill

        kill.run(chosen.times)
    elif chosen.part == "attack":
        from tests.bench import attack as attacks

        attacks.run(chosen.systems)
    elif chosen.part == "export":
        from tests.bench import export_set

        export_set.run(chosen.database, chosen.lage)
    elif chosen.part == "pages":
        from tests.bench import server_time

        server_time.run(chosen.database)
    elif chosen.part == "browser":
        from tests.bench import browser_speed

        browser_speed.run(chosen.database, chosen.repeats)
    else:
        from tests.bench import frameworks as beside

        beside.run(chosen.database, chosen.repeats, chosen.python)


main()
