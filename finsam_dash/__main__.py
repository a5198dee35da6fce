"""`python -m finsam_dash`: the command line."""

from finsam_dash.cli import run

if __name__ == "__main__":
    run()
