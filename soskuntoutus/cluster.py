"""A PostgreSQL server of our own, for a machine that was given no DATABASE_URL: development, demo and tests.

Every process that uses the server holds a shared lock on its folder. A keeper process, one per folder,
starts the server, waits until nobody holds that lock any more (a killed process holds nothing) and stops it.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from soskuntoutus.postgres import USER, Installation, Unavailable

SETTINGS = {
    "listen_addresses": "",  # no network; the socket stands in a folder of the user's own
    "port": "5432",
    "log_error_verbosity": "terse",  # a refused row's values stay out of the log
    "log_min_error_statement": "panic",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def permanent(folder: Path) -> str:
    """URL of the server whose data stays in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return _join(folder, "permanent")


def throwaway() -> str:
    """URL of a fresh server that goes away, data and all, when this process ends."""
    return _join(Path(tempfile.mkdtemp(prefix="soskuntoutus-")), "throwaway")


def _join(folder: Path, kind: str) -> str:
    users = os.open(
        folder / "users.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
    )  # held until the process ends
    fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper is stopping the server
    with (folder / "starting.lock").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        with (folder / "keeper.lock").open("w") as keeper:
            kept = not _free(keeper)
        if not kept:
            _start_keeper(folder, kind)
    return f"postgres://{USER}@:{SETTINGS['port']}/{quote(os.readlink(folder / 'socket'))}/postgres"


def _free(file: IO) -> bool:
    """Whether nobody holds the file; from then on we do."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start_keeper(folder: Path, kind: str) -> None:
    keeper = subprocess.Popen(
        [sys.executable, "-m", __name__, str(folder), kind],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C ends the user first, then the server
        text=True,
    )
    with keeper.stdout as answer:
        line = answer.readline().strip()
    if line != "ready":
        keeper.wait()
        raise Unavailable(line or f"The database's keeper stopped; {folder / 'log'} says why.")
    keeper.returncode = 0  # it outlives us: nobody here waits for it


def keep(folder: Path, kind: str) -> None:
    """Run the server until nobody uses it."""
    # The keeper's lock is the first to go: who then gets the users' lock finds no keeper, and starts one.
    with (folder / "users.lock").open("w") as users, (folder / "keeper.lock").open("w") as keeper:
        fcntl.flock(keeper, fcntl.LOCK_EX)
        installation = Installation.find(folder)
        try:
            with _running(installation, folder, kind) as server:
                print("ready", flush=True)  # noqa: T201 - the answer to the process that waits for it
                os.close(sys.stdout.fileno())
                while server.poll() is None and not _free(users):
                    time.sleep(0.1)
        finally:
            if kind == "throwaway":
                shutil.rmtree(installation.home, ignore_errors=True)
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(installation: Installation, folder: Path, kind: str) -> Iterator[subprocess.Popen]:
    data = installation.home / "data"
    settings = SETTINGS | (FORGETFUL if kind == "throwaway" else {})
    with (folder / "log").open("w") as log, _socket(installation, folder) as socket:
        if not data.exists():
            installation.initialise(data, log)
        _stop_left_over(data)
        settings["unix_socket_directories"] = str(socket)
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        server = installation.start("postgres", "-D", str(data), *words, log=log)
        try:
            _wait_until_ready(server, socket, folder)
            yield server
        finally:
            server.send_signal(signal.SIGINT)  # ends the sessions and stops in good order
            server.wait()


@contextmanager
def _socket(installation: Installation, folder: Path) -> Iterator[Path]:
    """A short place for the socket, whose path may have 107 bytes at most."""
    link = folder / "socket"
    if link.is_symlink():  # left by a keeper that was killed
        shutil.rmtree(link.readlink(), ignore_errors=True)
        link.unlink()
    place = Path(tempfile.mkdtemp(prefix="soskuntoutus-"))
    installation.give(place)
    link.symlink_to(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        link.unlink(missing_ok=True)


def _stop_left_over(data: Path) -> None:
    """End a server whose keeper was killed; a process that merely has its old number is left alone."""
    pidfile = data / "postmaster.pid"
    if not pidfile.exists():
        return
    pid = int(pidfile.read_text().split()[0])
    process = Path(f"/proc/{pid}/cmdline")
    if process.exists() and str(data).encode() in process.read_bytes().split(b"\0"):
        os.kill(pid, signal.SIGINT)
        while process.exists():
            time.sleep(0.1)
    else:
        pidfile.unlink()


def _wait_until_ready(server: subprocess.Popen, socket: Path, folder: Path) -> None:
    while True:
        try:
            psycopg.connect(host=str(socket), port=SETTINGS["port"], user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise Unavailable(f"PostgreSQL did not start; {folder / 'log'} says why.") from None
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        keep(Path(sys.argv[1]), sys.argv[2])
    except Unavailable as sentence:
        sys.exit(print(sentence) or 1)  # noqa: T201 - the answer to the process that waits for it
