"""`python -m finsam_dash`: the command line."""

import sys

if __name__ == "__main__":
    try:
        from finsam_dash.cli import run
    except KeyboardInterrupt:
        # Reading the program takes a second or more, and nobody wants a traceback for an answer.
        sys.exit("Avbrutet. Inget har sparats.")
    run()
