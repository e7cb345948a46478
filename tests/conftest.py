"""What tests stand on: `db`, a transaction rolled back; `committed`, a database of the test's own; `page`."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import machine
from soskuntoutus import clock
from soskuntoutus.demo.cast import Cast
from tests.worlds import Databases, World, copy, drop, evening, using

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if exitstatus:
        seed = getattr(config.option, "randomly_seed", None)
        terminalreporter.write_line(f"The same order again: --randomly-seed={seed}")


@pytest.fixture(autouse=True)
def _no_sign_in_counts():
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """The migrated database that every other is copied from, whichever test asks first."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def databases(django_db_setup, django_db_blocker) -> Iterator[Databases]:
    """Every world that some test has asked for."""
    with django_db_blocker.unblock():
        databases = Databases()
        yield databases
        databases.drop()


def _step(request) -> int:
    marker = request.node.get_closest_marker("step")
    return marker.args[0] if marker else 0


@pytest.fixture
def world(request, databases, django_db_blocker) -> Iterator[World]:
    """The cast and Ville at the step of `@pytest.mark.step(n)`, in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        world = World(databases)
        yield world.go(_step(request))
        world.leave()


@pytest.fixture
def at_step(world) -> Callable[[int], World]:
    """Take the world to another step of Ville's path."""
    return world.go


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Transactions commit, connections see each other, and constraints deferred to the commit speak."""
    with django_db_blocker.unblock():
        name = copy(connection.settings_dict["NAME"])
        with using(name):
            yield
        drop(name)


@pytest.fixture
def committed_world(request, databases, django_db_blocker) -> Iterator[World]:
    """The same world as a database of the test's own, where everything commits."""
    with django_db_blocker.unblock():
        step = _step(request)
        name = copy(databases.at(step))
        with using(name), clock.at(evening(step)):
            world = World(databases)
            world.step, world.cast = step, Cast.gathered()
            yield world
        drop(name)


@pytest.fixture
def server(committed_world) -> Iterator[str]:
    """Address of the running service."""
    # Static files come from the service itself, as in production.
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory) -> Path:
    """Where pictures go: ARTEFACTS, or a temporary folder."""
    folder = Path(os.environ.get("ARTEFACTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    program = machine.browser()
    if program is None:
        pytest.fail("The browser tests need Chromium: sudo apt-get install chromium")
    # Playwright leaves an event loop in this thread until the session ends; Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """What the page complained of; a test that expects a complaint checks it and clears the list."""
    return []


@pytest.fixture
def page(request, browser, server, faults, artefacts) -> Iterator[Page]:
    """A page of the service, 1280 px wide, in Finnish; any error in its console, CSP too, fails the test."""
    context = browser.new_context(
        base_url=server,
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    name = re.sub(r"\W+", "-", request.node.name)
    page.screenshot(path=artefacts / f"{name}.png", full_page=True)
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What hinders people on a page, by WCAG 2.2 AA."""
    program = AXE.read_text()

    def barriers(page: Page) -> list[str]:
        page.evaluate(program)
        found = page.evaluate("standards => axe.run({runOnly: standards})", STANDARDS)["violations"]
        return [f"{barrier['id']}: {node['html']}" for barrier in found for node in barrier["nodes"]]

    return barriers
