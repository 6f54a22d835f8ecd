"""A server of one's own process for the messengers' tests: real store, webhook, workers; only the answers are made up.

`python -m tests.channel_server PORT`, with the environment of the settings. It can be killed at any moment.
"""

import sys
from dataclasses import dataclass

from werkzeug.serving import make_server

from knowledge import Knowledge, open_knowledge, read_settings
from widget.app import create_app, open_reception
from widget.channels.channel import Pace
from widget.channels.running import channel_rounds
from widget.channels.telegram import Telegram
from widget.conversation.given_replies import Reply
from widget.conversation.turn import Ask
from widget.rounds import begin_rounds
from widget.settings import read_web_settings


@dataclass
class EchoGateway:
    """Says what it was asked."""

    knowledge: Knowledge

    def answer(self, ask: Ask) -> Reply:
        message = {"text": ask.message, "offerings": [], "buttons": []}
        return Reply(conversation=ask.conversation, language="de", messages=[message], by="search")


def main() -> None:
    Telegram.pace = Pace(per_second=10_000, per_second_and_user=10_000)  # Telegram's would take minutes
    settings = read_web_settings()
    gateway = EchoGateway(open_knowledge(read_settings()))
    reception = open_reception(gateway, settings)  # type: ignore[arg-type]
    begin_rounds(channel_rounds(gateway, reception))  # type: ignore[arg-type]
    app = create_app(gateway, settings, reception)  # type: ignore[arg-type]
    make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
