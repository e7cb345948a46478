"""The service as a browser meets it."""

from urllib.request import urlopen


def test_the_platform_hears_that_the_service_runs(server):
    with urlopen(f"{server}/healthz") as answer:  # noqa: S310 - our own address
        assert answer.read() == b"ok\n"


def test_third_party_styles_are_served_from_here(server):
    with urlopen(f"{server}/static/vendor/hds/base.css") as answer:  # noqa: S310 - our own address
        assert answer.headers["Content-Type"].startswith("text/css")


def test_the_policy_lets_nothing_in_but_our_own(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_an_inline_script_is_a_fault(page, faults):
    page.goto("/accounts/login/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert "Content Security Policy" in faults[0]
    faults.clear()


def test_the_sign_in_page_has_no_barrier(page, axe):
    page.goto("/accounts/login/")
    assert axe(page) == []


def test_a_picture_without_words_is_a_barrier(page, axe):
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('main').append(Object.assign(new Image(), {src: 'data:,'}))")
    assert "image-alt" in axe(page)[0]


def test_whoever_is_not_signed_in_is_asked_to(page):
    page.goto("/admin/")
    assert "/accounts/login/?next=" in page.url
