"""Shows how far a long step is: a moving line on a terminal, a line every ten percent elsewhere."""

import sys
import time

import click


class Progress:
    """Called with (step, done, total); says nothing of steps that are over at once."""

    def __init__(self) -> None:
        self._step = ""
        self._began = 0.0
        self._tenth = -1

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show one step's state on standard error."""
        if step != self._step:
            self._step, self._began, self._tenth = step, time.monotonic(), -1
        tenth = 10 * done // max(total, 1)
        elapsed = time.monotonic() - self._began
        if sys.stderr.isatty():
            click.echo(f"\r  {step}: {done:,} of {total:,} ({elapsed:.0f} s)  ", nl=done >= total, err=True)
        elif tenth != self._tenth and (elapsed > 2 or done >= total):
            click.echo(f"  {step}: {done:,} of {total:,} ({elapsed:.0f} s)", err=True)
        self._tenth = tenth
