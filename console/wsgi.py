"""What gunicorn serves: `gunicorn console.wsgi:app`. Here the public door and the console become one application."""

from console.app import add_console
from knowledge.bench import refresh_stale
from widget import create_app
from widget.rounds import Round, begin_rounds
from widget.settings import read_web_settings

# Only what is out of date is asked: after an edit, and once a day, since offerings end.
_ASK_EVERY_S, _ASK_AGAIN_S = 3600.0, 300.0

settings = read_web_settings()
app = create_app(settings=settings)
add_console(app, settings)

knowledge = app.extensions["gateway"].knowledge
begin_rounds(
    [
        Round(
            name="saved questions", work=lambda: refresh_stale(knowledge.search, knowledge.saved_questions),
            every_s=_ASK_EVERY_S, again_s=_ASK_AGAIN_S,
        )
    ]
)  # fmt: skip
