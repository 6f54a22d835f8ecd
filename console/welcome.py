"""The console's first page: what waits to be done."""

from flask import Blueprint, Response

from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.visitor import signed_in

welcome = Blueprint("welcome", __name__)


@welcome.get("/")
@needs("own.account")
def start() -> Response:
    """Show whose alliances these are, and where to go on."""
    account = signed_in()
    alliances = [one for one in parts().knowledge.store.alliances() if account.may_see(one.id)]
    return rendered("welcome.html", alliances=alliances)
