"""What gunicorn serves: `gunicorn console.wsgi:app`. Here the public door and the console become one application."""

from console.app import add_console
from console.imports.worker import rounds
from widget import create_app
from widget.rounds import begin_rounds
from widget.settings import read_web_settings

settings = read_web_settings()
app = create_app(settings=settings)
add_console(app, settings)
begin_rounds(rounds(app.extensions["console"].knowledge, app.extensions["console"].reindex))
