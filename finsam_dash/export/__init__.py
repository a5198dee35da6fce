"""Report -> bytes and JSON for the world outside: a new surface renders the Report and never recomputes."""
