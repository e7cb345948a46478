"""What tests stand on: `db`, a transaction rolled back; `committed`, a database of the test's own; `page`."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import machine

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if exitstatus:
        terminalreporter.write_line(f"The same order again: --randomly-seed={config.option.randomly_seed}")


@pytest.fixture(autouse=True)
def _no_sign_in_counts():
    cache.clear()


@contextmanager
def _clone() -> Iterator[None]:
    """Let connections go to a copy of the migrated database; the copy is dropped, nothing is flushed."""
    settings, original = connection.settings_dict, connection.settings_dict["NAME"]
    name = f"{original}_{uuid4().hex[:12]}"
    connection.close()  # a template may have no visitors
    with connection._nodb_cursor() as cursor:
        quickly = "STRATEGY FILE_COPY" if cursor.connection.info.server_version >= 150000 else ""
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}" {quickly}')
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = original
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Transactions commit, connections see each other, and constraints deferred to the commit speak."""
    with django_db_blocker.unblock(), _clone():
        yield


@pytest.fixture
def server(committed) -> Iterator[str]:
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
def artefacts() -> Path:
    """Where pictures go: ARTEFACTS, or a temporary folder."""
    folder = Path(os.environ.get("ARTEFACTS") or tempfile.mkdtemp(prefix="soskuntoutus-pictures-"))
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
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    name = re.sub(r"\W+", "-", request.node.name)
    page.screenshot(path=artefacts / f"{name}.png", full_page=True)
    context.close()
    assert faults == []
