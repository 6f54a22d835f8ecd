"""Adds the console to the public door's application: its blueprints, its parts, its headers."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import HTTPException

from console.accounts.managing import managing
from console.accounts.own import own_account
from console.accounts.views import accounts
from console.bench.trying_views import trying
from console.bench.views import bench
from console.exports.views import exports
from console.figures.views import figures
from console.freshness.link_pages import review
from console.freshness.views import freshness
from console.guard import guard
from console.guides.editing import guide_editing
from console.guides.views import guides
from console.imports.views import imports
from console.in_vain.naming import naming
from console.in_vain.views import in_vain
from console.inbox.views import inbox
from console.offerings.editing import editing
from console.offerings.views import offerings
from console.pages import problem_page
from console.parts import Parts
from console.policy import check_policies
from console.reindexing import Reindexing
from console.static_files import files
from console.translations.exchange import xliff
from console.translations.machine_work import machine
from console.translations.views import translations
from console.visitor import leave_cookie
from console.welcome import welcome
from widget.mail.postbox import postbox_of
from widget.secret import secret_key
from widget.security import refuse_framing
from widget.settings import WebSettings


def add_console(
    app: Flask,
    settings: WebSettings,
    *,
    reindex: Callable[[], None] | None = None,
) -> None:
    """Add the console under /console.

    Args:
        reindex: Called after each edit that parents can see; by default the index follows in the background.

    Raises:
        UndeclaredRouteError: A route does not say who may use it.
    """
    knowledge = app.extensions["gateway"].knowledge
    app.extensions["console"] = Parts(
        knowledge=knowledge,
        settings=settings,
        key=secret_key(knowledge.settings.data_dir, settings.secret_key),
        reindex=reindex or Reindexing(knowledge.index).soon,
        postbox=postbox_of(settings.mail, knowledge.settings.data_dir),
    )
    console = Blueprint("console", __name__, url_prefix="/console", template_folder="templates")
    for area in (
        welcome,
        accounts,
        own_account,
        managing,
        offerings,
        editing,
        inbox,
        bench,
        trying,
        in_vain,
        naming,
        figures,
        freshness,
        review,
        imports,
        exports,
        files,
        translations,
        xliff,
        machine,
        guides,
        guide_editing,
    ):
        console.register_blueprint(area)
    console.before_request(guard)
    console.after_request(leave_cookie)
    console.after_request(_guarded)
    console.register_error_handler(HTTPException, problem_page)
    app.register_blueprint(console)
    check_policies(app)


def _guarded(response: Response) -> Response:
    refuse_framing(response)
    return response
