"""The database server of our own: there when it is needed, gone when nobody needs it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

USE = """
import sys, pathlib
from soskuntoutus import cluster
url = cluster.permanent(pathlib.Path(sys.argv[1]))
print(url.split("5432/", 1)[1].rsplit("/", 1)[0], flush=True)
sys.stdin.read()
"""


class User:
    """A process that uses the server in a folder until it is told to end."""

    def __init__(self, folder: Path):
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, query: str):
        place = {"host": self.socket, "port": 5432, "user": "soskuntoutus", "dbname": "postgres"}
        with psycopg.connect(**place) as connection:
            return connection.execute(query).fetchone()[0]

    def begin(self):
        self.socket = self.process.stdout.readline().strip()
        return self

    def end(self):
        self.process.communicate(timeout=30)

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def user(tmp_path):
    """Starts processes that share one server; none outlives the test."""
    started = []

    def start():
        started.append(User(tmp_path / "postgres"))
        return started[-1]

    yield start
    for each in started:
        each.kill()
    stopped(tmp_path / "postgres")


def running(folder: Path) -> bool:
    return (folder / "data" / "postmaster.pid").exists()


def stopped(folder: Path, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while running(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not running(folder)


def test_the_server_stops_when_its_last_user_ends(user, tmp_path):
    first = user().begin()
    second = user().begin()
    first.end()
    assert second.ask("SELECT 1") == 1
    second.end()
    assert stopped(tmp_path / "postgres")


def test_the_server_stops_when_its_last_user_is_killed(user, tmp_path):
    user().begin().kill()
    assert stopped(tmp_path / "postgres")


def test_users_who_begin_at_once_share_one_server(user):
    several = [user() for _ in range(4)]
    starts = {each.begin().ask("SELECT pg_postmaster_start_time()") for each in several}
    assert len(starts) == 1


def test_data_stays_when_the_server_is_killed(user, tmp_path):
    first = user().begin()
    first.ask("SELECT lo_from_bytea(4711, 'kept')")
    os.kill(int((tmp_path / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    first.kill()
    assert user().begin().ask("SELECT lo_get(4711)") == b"kept"


def test_a_number_left_behind_that_now_is_another_process_is_left_alone(user, tmp_path):
    user().begin().end()
    assert stopped(tmp_path / "postgres")
    (tmp_path / "postgres/data/postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}/postgres/data\n")
    assert user().begin().ask("SELECT 1") == 1


def test_a_server_whose_keeper_was_killed_is_replaced(user, tmp_path):
    first = user().begin()
    began = first.ask("SELECT pg_postmaster_start_time()")
    keeper = subprocess.check_output(["pgrep", "-f", f"soskuntoutus.cluster {tmp_path}/postgres"])
    os.kill(int(keeper), signal.SIGKILL)
    first.kill()
    assert user().begin().ask("SELECT pg_postmaster_start_time()") != began
