"""What the console does in the background: reminders, looking at web addresses, saved questions, machine translation, imports."""

from datetime import UTC, datetime

from flask import Flask

from console.freshness.digest import remind
from console.imports.worker import import_rounds
from console.parts import Parts
from console.translations.machine_work import machine_round
from console.web_addresses.asking import Asker
from console.web_addresses.looking import look_at_links
from knowledge.bench import refresh_stale
from widget.rounds import Round

_REMIND_EVERY_S = 3600.0
_REMIND_AGAIN_S = 900.0
_LOOK_EVERY_S = 900.0
# Only what is out of date is asked: after an edit, and once a day, since offerings end.
_ASK_EVERY_S = 3600.0
_ASK_AGAIN_S = 300.0
_AGENT = "Buendnislotse/1.0 (checks links of family services{})"


def console_rounds(app: Flask) -> list[Round]:
    """Return the rounds of an application that has the console."""
    of: Parts = app.extensions["console"]
    rounds = [
        Round(
            name="remind",
            work=lambda: remind(of, now=datetime.now(UTC)),
            every_s=_REMIND_EVERY_S,
            again_s=_REMIND_AGAIN_S,
        ),
        Round(
            name="ask saved questions",
            work=lambda: refresh_stale(of.knowledge.search, of.knowledge.saved_questions),
            every_s=_ASK_EVERY_S,
            again_s=_ASK_AGAIN_S,
        ),
        *machine_round(of),
        *import_rounds(of.knowledge, of.reindex),
    ]
    if of.settings.check_links:
        about = f"; {of.settings.public_url}" if of.settings.public_url else ""
        asker = Asker(_AGENT.format(about))
        rounds.append(
            Round(
                name="look at links",
                work=lambda: look_at_links(of.knowledge, asker.ask),
                every_s=_LOOK_EVERY_S,
                again_s=_LOOK_EVERY_S,
            )
        )
    return rounds
