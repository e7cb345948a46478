"""`manage.py demo`: the invented city with its cast, and the service on it."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection


class Command(BaseCommand):
    help = "Make the cast and an invented city around Ville, tell who signs in as whom, and serve."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away and begin anew")
        parser.add_argument("--serve", action="store_true", help="serve until interrupted")
        parser.add_argument("--port", type=int, default=8000, help="on which port to serve")

    def handle(self, *args, reset: bool, serve: bool, port: int, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs only where DEMO=1 is set, never in production.")
        from soskuntoutus.demo import beginning  # noqa: PLC0415 - not installed in production

        if reset:
            self._begin_anew()
        if not beginning.is_made():
            self.stdout.write("Making the cast and an invented city around it …")
            beginning.make()
        if serve:
            self.stdout.write(beginning.logins())
            self.stdout.write(f"\nSoskuntoutus is at http://localhost:{port}/  (stop with Ctrl+C)\n")
            self.stdout.flush()
            raise SystemExit(_serve(port))

    def _begin_anew(self) -> None:
        if os.environ.get("DATABASE_URL"):
            raise CommandError("RESET=1 empties only the demo's own database; DATABASE_URL names another.")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        call_command("migrate", verbosity=0)


def _serve(port: int) -> int:
    # A process of its own, so that this one can take the database down with it when it stops.
    program = [sys.executable, "-m", "gunicorn", "soskuntoutus.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*program, "--threads", "8", "--no-control-socket", "--log-level", "error"])
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
