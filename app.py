"""For WSGI servers: `app:app`."""

from quizapp.factory import create_app

app = create_app()
