# Short commands. `just` comes with requirements-dev.txt. The first two say in short what README says first.

python := if os_family() == "windows" { ".venv\\Scripts\\python.exe" } else { ".venv/bin/python" }

# List the commands.
default:
    @just --list

# Start the dashboard.
run:
    {{python}} -m streamlit run app.py

# Everything that is checked, in parallel.
test *arguments:
    {{python}} -m pytest -n auto {{arguments}}

# Style: check and format.
lint:
    {{python}} -m ruff check --fix .
    {{python}} -m ruff format .

# Types.
types:
    {{python}} -m mypy

# Imports between the rooms.
walls:
    {{python}} -m pytest tests/test_walls.py -q

# Write docs/METOD.md anew.
metod:
    {{python}} -m finsam_dash.wording.method_page docs/METOD.md

# Write docs/TACKNING.md anew.
tackning:
    {{python}} -m finsam_dash.wording.coverage_page docs/TACKNING.md

# Write the example förbund anew.
exempel:
    {{python}} data/exempel/skapa.py

# Ratios against the least that import, pages and charts could cost: just bench import
bench *arguments:
    {{python}} -m tests.bench {{arguments}}
