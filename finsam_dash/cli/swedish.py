"""The command line library told to speak Swedish; its sentences stand in wording/commandline.py."""

from __future__ import annotations

import importlib
from typing import Any

import click

from finsam_dash.wording.commandline import CLICK_SWEDISH


def speak_swedish() -> None:
    """Replace the command line library's English sentences, in every module that holds them."""

    def translate(text: str) -> str:
        return CLICK_SWEDISH.get(text, text)

    def translate_number(one: str, many: str, number: int) -> str:
        return translate(one if number == 1 else many)

    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        module = importlib.import_module(f"click.{name}")
        for attribute, replacement in (("_", translate), ("ngettext", translate_number)):
            if hasattr(module, attribute):
                setattr(module, attribute, replacement)


speak_swedish()


class SwedishRange(click.IntRange):
    """A whole number between two bounds, told as 1–12."""

    def _describe_range(self) -> str:
        return f"{self.min}–{self.max}"


class SwedishCommand(click.Command):
    """A command whose usage line is Swedish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[VAL]", **kwargs})


class SwedishGroup(click.Group):
    """A group of such commands."""

    command_class = SwedishCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        metavars = {"options_metavar": "[VAL]", "subcommand_metavar": "KOMMANDO [ARGUMENT]…"}
        super().__init__(*args, **{**metavars, **kwargs})
