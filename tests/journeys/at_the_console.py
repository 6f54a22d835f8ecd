"""Somebody at the console: invited on the server, signed in; and one record of each kind that its pages show."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page

from console.freshness.recipients import Recipient
from console.freshness.review_links import review_token
from knowledge import open_knowledge, read_settings
from knowledge.store import Asked, AskedInVain, Conversation
from knowledge.values import Guide
from tests.journeys.conftest import Server
from widget.secret import secret_key

ROOT = Path(__file__).resolve().parents[2]
ALLIANCE = "anhalt-bitterfeld"
PASSWORD = "ein Satz über Igel"
_GUIDE = "# Geld\n\n## Elterngeld\nElterngeld beantragen Sie nach der Geburt bei der Elterngeldstelle."
_IN_VAIN = (("de", "Wer hilft mir mit meinem Hund?"), ("de", "Hilfe mit dem Hund"), ("tr", "Köpeğim için yardım"))


def invited(server: Server, email: str) -> str:
    """Add a coordinator as on the terminal, and return the path of the link."""
    environment = {**os.environ, "LOTSE_DATA_DIR": str(server.log.parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "lotse", "coordinator", "add", email, "--alliance", ALLIANCE]
    answer = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return "/console/" + answer.stdout.strip().partition("/console/")[2]


def sign_in(page: Page, server: Server, email: str) -> None:
    page.goto(server.url + invited(server, email))
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_label("Noch einmal").fill(PASSWORD)
    page.get_by_role("button", name="Speichern").click()
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("heading", name="Guten Tag").wait_for()


def records(data_dir: Path, email: str) -> Mapping[str, object]:
    """Put one record of each kind that an address of the console names, and return them by the name of their argument.

    Args:
        data_dir: The running server's data folder.
        email: A coordinator, who is reminded of the offering.
    """
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(data_dir)}))
    offering = next(one for one in knowledge.store.offerings() if one.alliance == ALLIANCE)
    account = knowledge.accounts.of_email(email)
    assert account
    version = knowledge.editions.one(offering.id).version  # type: ignore[union-attr]
    asked = Asked(text="كيف أجد حضانة؟", language="ar", near="06366")
    saved = knowledge.saved_questions.add(asked, offering=offering.id, alliance=ALLIANCE)
    for number, (language, text) in enumerate(_IN_VAIN):
        knowledge.conversations.keep(Conversation(id=f"{email}-{number}", language=language))
        asked_in_vain = AskedInVain(language=language, need="carers", alliance=ALLIANCE, place="Köthen", text=text)
        knowledge.in_vain.record(asked_in_vain, conversation=f"{email}-{number}")
    vain = knowledge.in_vain.all([ALLIANCE])[-1]
    known = [one for one in knowledge.learnt_names.all() if one.revoked_at is None]
    name = (
        known[0]
        if known
        else knowledge.learnt_names.add("Jurte", language="de", code="leisure", alliance=ALLIANCE, by=email)
    )
    knowledge.notes.leave(
        offering.id, version=version, author="someone@example.org", text="Die Nummer stimmt nicht mehr."
    )
    guide = Guide(id="wegweiser-probe", alliance=ALLIANCE, language="de", title="Wegweiser Probe", text=_GUIDE)
    if not knowledge.guide_editions.one(guide.id):
        knowledge.guide_editions.save(guide, editor=email, read_version=0)
    question = knowledge.questions.leave(
        alliance=ALLIANCE, conversation="c1", language="ar", text="هل توجد حضانة مسائية؟",
        contact="maryam@example.org", keep_for=timedelta(days=30),
    )  # fmt: skip
    recipient = Recipient(email=email, language="de")
    return {
        "offering_id": offering.id,
        "account_id": account.id,
        "question_id": question.id,
        "saved_id": saved.id,
        "vain_id": vain.id,
        "name_id": name.id,
        "guide_id": guide.id,
        "token": review_token(secret_key(data_dir, None), offering.id, version, recipient),
    }
