"""`manage.py demo`: the invented city with its cast, and the service on it."""

import os
import subprocess
import sys
from datetime import date

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, transaction

DAY = date(2026, 7, 9)
STEPS_DONE = 12
CLIENTS = 300


class Command(BaseCommand):
    help = "Make the cast and an invented city around Ville, tell who signs in as whom, and serve."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away and begin anew")
        parser.add_argument("--serve", action="store_true", help="serve until interrupted")
        parser.add_argument("--port", type=int, default=8000, help="on which port to serve")

    def handle(self, *args, reset: bool, serve: bool, port: int, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs only where DEMO=1 is set, never in production.")
        from soskuntoutus.demo.models import DemoDay  # not there in production

        if reset:
            self._begin_anew()
        if DemoDay.now() is None:
            self._make(DemoDay)
        if serve:
            self._tell(port)
            sys.stdout.flush()
            raise SystemExit(_serve(port))

    def _make(self, DemoDay) -> None:
        from soskuntoutus.demo import cast, city, steps

        self.stdout.write("Making the cast and an invented city around it …")
        with transaction.atomic():
            gathered = cast.make_cast()
            cast.make_film_group(gathered)
            cast.make_neighbours(gathered)
            city.make_city(gathered, CLIENTS, today=DAY)
            steps.put_ville_at(STEPS_DONE, gathered)
            DemoDay.set(DAY)

    def _begin_anew(self) -> None:
        if os.environ.get("DATABASE_URL"):
            raise CommandError("RESET=1 empties only the demo's own database; DATABASE_URL names another.")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        call_command("migrate", verbosity=0)

    def _tell(self, port: int) -> None:
        from soskuntoutus.demo.cast import PASSWORD, Cast

        gathered = Cast.gathered()
        people = [getattr(gathered, name) for name in Cast.__dataclass_fields__]
        users = [person for person in people if hasattr(person, "username")]
        width = max(len(user.username) for user in users)
        lines = [f"  {user.username:{width}}  {user}, {user.title}, {user.unit}" for user in users]
        self.stdout.write(
            "\n".join(["", "Who signs in as whom:", *lines, "", f"Everybody's password: {PASSWORD}"])
        )
        self.stdout.write(f"\nSoskuntoutus is at http://localhost:{port}/  (stop with Ctrl+C)\n")


def _serve(port: int) -> int:
    # A process of its own, so that this one can take the database down with it when it stops.
    program = [sys.executable, "-m", "gunicorn", "soskuntoutus.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*program, "--threads", "8", "--no-control-socket", "--log-level", "error"])
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
