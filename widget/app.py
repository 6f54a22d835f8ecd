"""Wires the gateway: settings, its parts, routes, limits, headers, errors."""

import atexit
import hashlib
import logging
import threading
import time
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from flask_compress import Compress

from knowledge import Knowledge, open_knowledge, read_settings
from widget.api.chat import chat
from widget.api.feedback import FEEDBACK_RATE, feedback
from widget.api.offerings import offerings
from widget.api.open_data import open_data
from widget.cards.tappable import linked
from widget.channels.opening import open_channels
from widget.channels.running import channel_rounds, forget_old_channel_work
from widget.channels.taking import Reception, webhooks
from widget.conversation.assistant import RasaAssistant
from widget.conversation.own_answer import need_buttons
from widget.conversation.turn import Gateway
from widget.crisis import CRISIS_MODEL, SecondLook, check
from widget.health import faults_of, health
from widget.hsds import hsds
from widget.limits import limit_requests
from widget.mail.announcing import announce_questions
from widget.mail.postbox import FolderPostbox, mailbox_folder, postbox_of
from widget.observers.asked_in_vain import InVainRecorder
from widget.observers.counting import Counting
from widget.origins import Origins, share_with_origins
from widget.pages.embedding import embedding
from widget.pages.offering_page import offering_page
from widget.pages.page import page
from widget.pages.poster import poster
from widget.pages.talk import talk
from widget.problems import handle_problems
from widget.rounds import Round, begin_rounds
from widget.secret import secret_key
from widget.security import send_security_headers
from widget.settings import WebSettings, read_web_settings
from widget.static_files import files, static_files
from widget.texts import REPLY_LANGUAGES, page_texts

_log = logging.getLogger(__name__)
# A message of 10,000 characters fits, however its JSON writes them: an emoji can take twelve bytes.
_LARGEST_REQUEST_BYTES = 128 * 1024
_FORGET_EVERY_S = 6 * 3600.0
_FEEDBACK_KEPT = timedelta(days=365)
_COUNT_EVERY_S = 10.0
_ANNOUNCE_EVERY_S = 20.0
_ANNOUNCE_AGAIN_S = 300.0


def create_app(
    gateway: Gateway | None = None, settings: WebSettings | None = None, reception: Reception | None = None
) -> Flask:
    """Return the web application.

    Args:
        gateway: What answers; by default one over the knowledge base and the Rasa of the environment's settings.
        settings: The web settings; by default those of the environment.
        reception: Where messengers deliver; by default those of the environment, and none beside a given gateway.

    Raises:
        SettingError: A setting does not have its form.
    """
    settings = settings or read_web_settings()
    if gateway is None:
        gateway = open_gateway(settings)
        counting = Counting(gateway.knowledge)
        gateway = replace(gateway, observers=(*gateway.observers, counting))
        atexit.register(counting.write)
        # The first parent should not wait for models to load.
        threading.Thread(target=_prepare, args=(gateway.knowledge,), name="prepare", daemon=True).start()
        reception = open_reception(gateway, settings)
        begin_rounds([*_rounds(gateway.knowledge, settings, counting), *channel_rounds(gateway, reception)])
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST_BYTES
    app.config["PUBLIC_URL"] = settings.public_url
    app.config["TILES"] = settings.tiles
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["gateway"] = gateway
    app.extensions["channels"] = reception
    app.jinja_env.globals["version"] = _version_of_files()
    app.jinja_env.filters["linked"] = linked
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (
        files,
        chat,
        embedding,
        feedback,
        offerings,
        open_data,
        offering_page,
        hsds,
        health,
        page,
        poster,
        talk,
        webhooks,
    ):
        app.register_blueprint(blueprint)
    share_with_origins(app, Origins(gateway.knowledge.store, everywhere=settings.origins))
    send_security_headers(app)
    Compress(app)
    limiter = limit_requests(app, settings.rate_limit, trusted_proxies=settings.trusted_proxies)
    limiter.limit(FEEDBACK_RATE)(feedback)
    handle_problems(app)
    return app


def open_gateway(settings: WebSettings) -> Gateway:
    """Return the gateway over the environment's knowledge base and Rasa."""
    check("", "de")  # it reads its patterns at the first message, which must not wait
    knowledge = open_knowledge(read_settings())
    return Gateway(
        knowledge=knowledge,
        observers=(InVainRecorder(knowledge),),
        assistant=RasaAssistant(settings.rasa_url, token=settings.rasa_token),
        check_crisis=SecondLook(knowledge.models_dir / CRISIS_MODEL, lambda: knowledge.encoder),
    )


def open_reception(gateway: Gateway, settings: WebSettings) -> Reception:
    """Return where messengers deliver, with those of the environment that are on."""
    knowledge = gateway.knowledge
    channels = open_channels(knowledge)
    return Reception(
        knowledge=knowledge, channels=channels, key=secret_key(knowledge.settings.data_dir, settings.secret_key)
    )


def _prepare(knowledge: Knowledge) -> None:
    """Open store, models and index, and read the catalogues, before the first question."""
    began = time.monotonic()
    faults = faults_of(knowledge)
    if not faults:
        knowledge.warm_up()
    for language in REPLY_LANGUAGES:
        need_buttons(knowledge, language)
        page_texts(language)
    _log.info("prepared in %.1f s; faults: %s", time.monotonic() - began, faults or "none")


def _rounds(knowledge: Knowledge, settings: WebSettings, counting: Counting) -> list[Round]:
    rounds = [
        Round(
            name="forget", work=lambda: forget_what_is_old(knowledge), every_s=_FORGET_EVERY_S, again_s=_FORGET_EVERY_S
        ),
        Round(name="count", work=counting.write, every_s=_COUNT_EVERY_S, again_s=_COUNT_EVERY_S),
    ]
    postbox = postbox_of(settings.mail, knowledge.settings.data_dir)
    # A folder would keep a parent's words after the parent had them deleted, and tell nobody of them.
    if postbox.delivers:
        rounds.append(
            Round(
                name="announce",
                work=lambda: announce_questions(knowledge, postbox, public_url=settings.public_url),
                every_s=_ANNOUNCE_EVERY_S,
                again_s=_ANNOUNCE_AGAIN_S,
            )
        )
    return rounds


def forget_what_is_old(knowledge: Knowledge) -> None:
    """Keep the privacy page's promises: conversations left alone go, and all else that came from parents in its time."""
    retention = timedelta(days=knowledge.settings.retention_days)
    knowledge.conversations.delete_older_than(retention)
    knowledge.in_vain.forget_words(retention)
    knowledge.in_vain.delete_older_than(_FEEDBACK_KEPT)
    knowledge.questions.delete_expired()
    knowledge.feedback.delete_older_than(_FEEDBACK_KEPT)
    knowledge.figures.delete_old(knowledge.settings.current_date())
    knowledge.web_sessions.delete_expired()
    FolderPostbox(mailbox_folder(knowledge.settings.data_dir)).delete_older_than(retention)
    forget_old_channel_work(knowledge)


def _version_of_files() -> str:
    """Return a short text that changes with the static files, so that browsers fetch new ones."""
    digest = hashlib.sha256()
    for file in static_files().values():
        digest.update(file.content)
    return digest.hexdigest()[:10]
