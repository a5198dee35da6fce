"""Röjandekontroll: what may not be shown in publicering, and the proof that it cannot be worked out.

`system` is what an attacker faces, `protect` chooses what to hide, `attack` tries to undo it. All of it is about
abstract counts; `places` says what a förbund may publish at all, `grid` maps its figures to counts and `history` adds
what was published before.
"""
