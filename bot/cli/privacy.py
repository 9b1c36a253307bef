"""`python -m bot privacy`: what is stored of whom, why, and for how long."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.support import told, write_file
from bot.operations.privacy.document import document
from bot.store.register import load_register


@click.group()
def privacy() -> None:
    """Personal data: what is stored of whom, why, for how long, and what is held now."""


@privacy.command("register")
@click.option("--write", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
def show_register(file: Path | None) -> None:
    """Print the privacy register: of each column why it is kept, how long, who sees it, how it goes (Markdown)."""
    with told():
        made = document(load_register())
        if file is None:
            click.echo(made, nl=False)
        else:
            write_file(file, made.encode())
