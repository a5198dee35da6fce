"""Röjandekontroll: what may not be shown in publicering, and the proof that it cannot be worked out.

`system` is what an attacker faces, `protect` chooses what to hide, `attack` tries to undo it. All of it is about
abstract counts; `grid` maps a förbund's figures to them and `history` adds what was published before.
"""
