import argparse
import sys

from app.cli.progress_bar import progress_bar
from app.services.steps.progress import silent


class Terminal:
    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_a_bar_on_a_terminal_only(monkeypatch):
    assert progress_bar(argparse.Namespace()) is silent
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert progress_bar(argparse.Namespace(quiet=True)) is silent
    draw = progress_bar(argparse.Namespace(quiet=False))
    draw(1, 2)
    draw(2, 2)
    assert "1 of 2" in terminal.text
    assert terminal.text.endswith("2 of 2\n")
