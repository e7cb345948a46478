"""While somebody types, something dies: the session, the network, the server, the tab, the right to see.

Nothing older than five seconds may be lost, and nothing may turn up anywhere else.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from clients.models import Assignment
from plans.models import Visit
from soskuntoutus.accounts.models import SignIn
from soskuntoutus.demo.cast import PASSWORD
from soskuntoutus.demo.models import DemoDay
from soskuntoutus.ui.models import Draft

pytestmark = pytest.mark.step(12)
FIRST, MORE = "Avasimme postin yhdessä.", "Sovimme, että soitan vuokranantajalle huomenna."
KEPT = re.compile(r"Luonnos tallessa klo \d+\.\d\d")
AT_MOST = 5_000
NETWORK = re.compile(r"Failed to load resource|ERR_")


class Writer:
    """Somebody who writes a note of a visit."""

    def __init__(self, page: Page, client: str):
        self.page, self.url = page, f"/clients/{client}/visits/new/"

    @property
    def words(self):
        return self.page.locator("[name=words]")

    @property
    def status(self):
        return self.page.locator(".actionbar .saved")

    def sign_in(self, username="niklas") -> None:
        self.page.goto("/accounts/login/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Kirjaudu tunnuksella").click()
        expect(self.page.locator("details.me")).to_be_visible()

    def begin(self, text: str = FIRST) -> None:
        """Open an empty note and type as a person does."""
        self.page.goto(self.url)
        expect(self.words).to_have_value("")
        self.words.press_sequentially(text)

    def goes_on(self, text: str = MORE) -> None:
        self.words.focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(f" {text}")

    def is_kept(self) -> None:
        expect(self.status).to_have_text(KEPT, timeout=AT_MOST)

    def fill_the_rest(self) -> None:
        for name, value in {"day": "1.7.2026", "began": "9.30", "ended": "10.30"}.items():
            self.page.locator(f"main [name={name}]").fill(value)
        self.page.locator('[name=next_meeting][value="later"]').check()

    def save(self) -> None:
        self.page.get_by_role("button", name="Tallenna käynti").click()

    def signs_in_here(self, username="niklas") -> None:
        dialog = self.page.get_by_role("dialog")
        dialog.locator("[name=login]").fill(username)
        dialog.locator("[name=password]").fill(PASSWORD)
        dialog.get_by_role("button", name="Kirjaudu tunnuksella").click()


@pytest.fixture
def writer(page, committed_world):
    DemoDay.set(date(2026, 7, 1))
    writer = Writer(page, committed_world.ville.uuid)
    writer.sign_in()
    return writer


@pytest.fixture
def noted(page, faults):
    """What a browser says of a network that is not there is no fault of the page."""
    yield
    faults[:] = [fault for fault in faults if not NETWORK.search(fault)]


def texts() -> list[str]:
    return sorted(draft.typed["words"][0] for draft in Draft.objects.all())


def wait_for(page: Page, *wanted: str) -> None:
    """The server has these texts and no others within five seconds."""
    for _tenth in range(AT_MOST // 100):
        if texts() == sorted(wanted):
            return
        page.wait_for_timeout(100)
    assert texts() == sorted(wanted)


def test_what_is_typed_is_kept_by_itself(writer):
    writer.begin()
    writer.is_kept()
    assert texts() == [FIRST]
    writer.goes_on()
    wait_for(writer.page, f"{FIRST} {MORE}")


def test_what_is_typed_is_kept_at_once_when_the_field_is_left(writer):
    writer.begin()
    with writer.page.expect_response("**/drafts/", timeout=1_000):
        writer.words.blur()
    assert texts() == [FIRST]


def test_a_closed_tab(writer):
    first, writer.page = writer.page, writer.page.context.new_page()
    writer.begin()
    writer.page.close(run_before_unload=True)
    writer.page = first
    wait_for(writer.page, FIRST)
    writer.page.goto(writer.url)
    expect(writer.words).to_have_value("")
    writer.page.get_by_role("link", name="Jatka luonnosta").click()
    expect(writer.words).to_have_value(FIRST)
    expect(writer.page.locator("#draft-note")).to_contain_text("Jatkat luonnosta, joka tallentui ke 1.7.")


def test_a_crashed_page_that_is_opened_again(writer):
    first, writer.page = writer.page, writer.page.context.new_page()
    writer.begin()
    writer.is_kept()
    address = writer.page.url
    writer.page.close()
    writer.page = first
    writer.page.goto(address)
    expect(writer.words).to_have_value(FIRST)


def test_a_reload(writer):
    writer.begin()
    writer.page.reload()
    wait_for(writer.page, FIRST)
    writer.page.reload()
    expect(writer.words).to_have_value(FIRST)


def test_the_back_button(writer):
    writer.begin()
    writer.page.get_by_role("link", name="Palaa").click()
    expect(writer.words).to_have_count(0)
    wait_for(writer.page, FIRST)
    writer.page.go_back()
    expect(writer.words).to_have_value(FIRST)
    writer.goes_on()
    wait_for(writer.page, f"{FIRST} {MORE}")


def test_a_validation_error(writer):
    writer.begin()
    writer.save()
    expect(writer.page.locator("#error-summary")).to_be_visible()
    expect(writer.words).to_have_value(FIRST)
    writer.goes_on()
    wait_for(writer.page, f"{FIRST} {MORE}")
    writer.fill_the_rest()
    writer.save()
    expect(writer.page.locator("#messages")).to_contain_text("Käynti tallennettu")
    assert Visit.objects.latest("pk").words == f"{FIRST} {MORE}"
    assert texts() == []


def test_a_saved_note_leaves_nothing_behind_also_with_the_back_button(writer):
    writer.begin()
    writer.is_kept()
    writer.fill_the_rest()
    writer.save()
    expect(writer.page.locator("#messages")).to_contain_text("Käynti tallennettu")
    assert texts() == []
    writer.page.go_back()
    expect(writer.words).to_have_value("")
    writer.page.wait_for_timeout(AT_MOST)
    assert texts() == []


@pytest.mark.usefixtures("noted")
def test_the_session_ends(writer):
    writer.begin()
    writer.is_kept()
    SignIn.objects.all().delete()
    writer.goes_on()
    expect(writer.page.get_by_role("dialog")).to_be_visible(timeout=AT_MOST)
    writer.signs_in_here()
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    wait_for(writer.page, f"{FIRST} {MORE}")
    writer.is_kept()
    writer.fill_the_rest()
    writer.save()
    expect(writer.page.locator("#messages")).to_contain_text("Käynti tallennettu")
    assert Visit.objects.latest("pk").words == f"{FIRST} {MORE}"


@pytest.mark.usefixtures("noted")
def test_the_session_ends_before_the_button_is_pressed(writer):
    writer.begin()
    writer.fill_the_rest()
    writer.is_kept()
    SignIn.objects.all().delete()
    writer.save()
    writer.signs_in_here()
    expect(writer.page.locator("#messages")).to_contain_text("Käynti tallennettu")
    assert Visit.objects.latest("pk").words == FIRST


@pytest.mark.usefixtures("noted")
def test_a_wrong_password_in_the_dialog_is_said_and_nothing_is_lost(writer):
    writer.begin()
    SignIn.objects.all().delete()
    dialog = writer.page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=AT_MOST)
    dialog.locator("[name=login]").fill("niklas")
    dialog.locator("[name=password]").fill("väärin")
    dialog.get_by_role("button", name="Kirjaudu tunnuksella").click()
    expect(dialog.get_by_text("Käyttäjätunnus tai salasana ei ole oikein.")).to_be_visible()
    writer.signs_in_here()
    expect(dialog).to_have_count(0)
    wait_for(writer.page, FIRST)


@pytest.mark.usefixtures("noted")
def test_somebody_else_signs_in_on_a_shared_computer(writer):
    writer.begin()
    SignIn.objects.all().delete()
    writer.goes_on()
    dialog = writer.page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=AT_MOST)
    stranger = dialog.get_by_text("Tässä selaimessa on nyt kirjautuneena joku muu")
    expect(stranger).to_be_hidden()
    writer.signs_in_here("hanna")
    expect(stranger).to_be_visible()
    assert texts() in ([], [FIRST])
    assert not Draft.objects.exclude(owner=writer_of(writer)).exists()
    expect(writer.words).to_have_value(f"{FIRST} {MORE}")


def writer_of(writer) -> str:
    return writer.page.locator("main input[name=draft]").get_attribute("data-owner")


@pytest.mark.usefixtures("noted")
def test_the_session_is_renewed_in_another_tab(writer):
    writer.begin()
    SignIn.objects.all().delete()
    expect(writer.page.get_by_role("dialog")).to_be_visible(timeout=AT_MOST)
    other = writer.page.context.new_page()
    Writer(other, "").sign_in()
    other.close()
    writer.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    wait_for(writer.page, FIRST)


@pytest.mark.usefixtures("noted")
def test_the_network_goes_and_comes_back(writer):
    writer.begin()
    writer.is_kept()
    writer.page.context.set_offline(True)
    writer.goes_on()
    expect(writer.status).to_contain_text("Ei yhteyttä: teksti on vain tällä sivulla", timeout=AT_MOST)
    writer.fill_the_rest()
    writer.save()
    expect(writer.words).to_have_value(f"{FIRST} {MORE}")
    writer.page.context.set_offline(False)
    wait_for(writer.page, f"{FIRST} {MORE}")
    writer.is_kept()
    writer.save()
    expect(writer.page.locator("#messages")).to_contain_text("Käynti tallennettu")


@pytest.mark.usefixtures("noted")
def test_the_server_is_killed_and_started_again(writer):
    writer.begin()
    writer.is_kept()
    dead = writer.page.context
    dead.route("**/*", lambda route: route.abort("connectionrefused"))
    writer.goes_on()
    expect(writer.status).to_contain_text("Ei yhteyttä", timeout=AT_MOST)
    assert texts() == [FIRST]
    dead.unroute_all()
    wait_for(writer.page, f"{FIRST} {MORE}")


@pytest.mark.usefixtures("noted")
def test_an_answer_that_is_lost_on_its_way_makes_no_second_draft(writer):
    def lose(route):
        route.fetch()
        route.abort("connectionreset")

    writer.begin()
    writer.page.route("**/drafts/", lose)
    writer.words.blur()
    expect(writer.status).to_contain_text("Ei yhteyttä", timeout=AT_MOST)
    writer.page.unroute_all()
    writer.goes_on()
    wait_for(writer.page, f"{FIRST} {MORE}")
    expect(writer.page.locator(".differences")).to_have_count(0)


@pytest.mark.usefixtures("noted")
def test_the_right_to_see_ends(writer, committed_world):
    writer.begin()
    writer.is_kept()
    Assignment.objects.filter(client=committed_world.ville, worker=committed_world.niklas).delete()
    writer.goes_on()
    wait_for(writer.page, f"{FIRST} {MORE}")
    writer.fill_the_rest()
    writer.save()
    expect(writer.page.locator("h1")).to_have_text("Tätä sivua ei löydy sinulle")
    writer.page.get_by_role("link", name="Avaa luonnokset").click()
    expect(writer.page.locator("main")).not_to_contain_text("Ville")
    expect(writer.page.locator("main")).not_to_contain_text("Avasimme")
    writer.page.get_by_role("link", name="Lue tai hylkää").click()
    expect(writer.page.locator("main")).to_contain_text(f"{FIRST} {MORE}")


def test_two_tabs_lose_neither_text(writer, committed_world):
    planned = committed_world.ville.visits.planned().get()
    writer.url = f"/visits/{planned.uuid}/record/"
    other = Writer(writer.page.context.new_page(), "")
    other.url = writer.url
    writer.page.goto(writer.url)
    other.page.goto(writer.url)
    writer.words.press_sequentially(FIRST)
    writer.is_kept()
    other.words.press_sequentially(MORE)
    panel = other.page.locator(".differences--here")
    expect(panel).to_contain_text(FIRST, timeout=AT_MOST)
    expect(panel).to_contain_text(MORE)
    assert texts() == [FIRST, MORE]
    expect(other.words).to_be_focused()
    panel.get_by_role("button", name="Ota molemmat peräkkäin").click()
    expect(other.words).to_have_value(f"{MORE}\n\n{FIRST}")
    panel.get_by_role("button", name="Tämän sivun teksti jää voimaan").click()
    expect(panel).to_have_count(0)
    wait_for(other.page, f"{MORE}\n\n{FIRST}")


def test_the_status_moves_nothing(writer):
    for width in (1280, 390):
        writer.page.set_viewport_size({"width": width, "height": 844})
        writer.begin()
        before = writer.page.locator(".actionbar").bounding_box()
        writer.is_kept()
        assert writer.page.locator(".actionbar").bounding_box() == before


def test_enter_in_a_field_does_not_discard_the_draft(writer):
    writer.begin()
    writer.is_kept()
    writer.page.goto(writer.page.url)
    writer.page.locator("main [name=day]").press("Enter")
    expect(writer.page.locator("#error-summary")).to_be_visible()
    assert texts() == [FIRST]


def test_a_discarded_draft_is_gone_and_the_form_is_empty(writer):
    writer.begin()
    writer.is_kept()
    writer.page.goto(writer.page.url)
    note = writer.page.locator("#draft-note")
    note.get_by_text("Hylkää luonnos").click()
    note.get_by_role("button", name="Hylkää pysyvästi").click()
    expect(writer.page.locator("#messages")).to_contain_text("Luonnos on hylätty")
    expect(writer.words).to_have_value("")
    assert texts() == []
