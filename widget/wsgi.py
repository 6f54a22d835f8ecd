"""What gunicorn serves: `gunicorn widget.wsgi:app`."""

from widget.app import create_app

app = create_app()
