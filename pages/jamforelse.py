"""Jämförelse: placeholder."""
