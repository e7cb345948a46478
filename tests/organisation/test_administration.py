"""The administration: for administrators of today, over people, units and settings; no client is in it."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as DjangoPermission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soskuntoutus import clock
from soskuntoutus.audit.models import Event
from soskuntoutus.demo.cast import entrust, make_user
from soskuntoutus.organisation.models import Closure, Code, DelegationRule, Partner, Post, Unit, User, Value
from soskuntoutus.organisation.roles import Title, UnitRight
from soskuntoutus.ranges import span

CLIENTS = {"clients", "plans", "groups", "reviews"}
PAGES = sorted(admin.site._registry, key=lambda model: model._meta.label)


def page(model, what="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


@pytest.fixture
def filled(world):
    """The world with a row of everything the administration shows."""
    Closure.objects.create(unit=world.west, during=span(date(2026, 7, 13), date(2026, 7, 31)))
    directory = admin.site._registry
    mapping = next(model for model in directory if model.__name__ == "ADGroupMapping")
    ad_group = mapping._meta.get_field("ad_group").related_model.objects.create(
        name="sg-west", display_name="West"
    )
    mapping.objects.create(ad_group=ad_group, group=Group.objects.first())
    return world


@pytest.fixture
def antti(client, world):
    client.force_login(world.antti)
    return client


def test_no_client_and_nothing_of_a_client_has_a_page():
    assert CLIENTS.isdisjoint(model._meta.app_label for model in admin.site._registry)


def test_no_page_shows_a_field_or_rows_of_a_client():
    for model, page in admin.site._registry.items():
        shown = [model, *(inline.model for inline in page.inlines)]
        related = {
            field.related_model for each in shown for field in each._meta.get_fields() if field.concrete
        }
        assert CLIENTS.isdisjoint(other._meta.app_label for other in {*shown, *related} - {None}), model


def test_nothing_that_clients_hang_on_is_removed_for_that_page_would_list_them():
    for model, page in admin.site._registry.items():
        hanging = {relation.related_model._meta.app_label for relation in model._meta.related_objects}
        assert not (page.removable and hanging & CLIENTS), model


def test_pages_that_third_parties_bring_are_turned_away():
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels == {"organisation", "auth", "helusers"}
    admin.site.register(ContentType, admin.ModelAdmin)
    assert not admin.site.is_registered(ContentType)


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_page_opens_for_an_administrator(antti, filled, model):
    assert antti.get(page(model)).status_code == 200
    assert antti.get(page(model), {"q": "a"}).status_code == 200
    assert antti.get(page(model, "add")).status_code == 200
    assert antti.get(page(model, "change", model.objects.first().pk)).status_code == 200
    assert antti.get(page(model, "history", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_filter_answers(antti, filled, model):
    for spec in antti.get(page(model)).context["cl"].filter_specs:
        for choice in spec.choices(antti.get(page(model)).context["cl"]):
            assert antti.get(page(model) + choice["query_string"]).status_code == 200


@pytest.mark.parametrize("who", ["pia", "sanna", "leena", "katja", "tuija"])
def test_no_page_opens_for_anyone_else(client, world, who):
    client.force_login(getattr(world, who))
    for model in PAGES:
        assert client.get(page(model)).status_code == 302
        assert client.get(page(model), follow=True).status_code == 403


def test_the_front_page_is_one_list_of_nouns(antti):
    response = antti.get(reverse("admin:index"))
    assert sum(len(section["models"]) for section in response.context["app_list"]) == len(PAGES)


def test_whoever_is_not_signed_in_is_sent_to_the_one_sign_in(client, db):
    response = client.get(reverse("admin:index"))
    assert response.headers["Location"] == "/admin/login/?next=/admin/"
    assert client.get(response.headers["Location"]).headers["Location"].startswith("/accounts/login/")


def test_an_administrator_gets_in_while_the_post_lasts(antti, world):
    Post.objects.filter(user=world.antti).update(during=span(date(2020, 1, 1), clock.today()))
    assert antti.get(reverse("admin:index")).status_code == 200
    Post.objects.filter(user=world.antti).update(during=span(date(2020, 1, 1), date(2020, 1, 2)))
    assert antti.get(reverse("admin:index")).headers["Location"].startswith("/admin/login/")
    antti.force_login(world.antti)
    assert antti.get(reverse("admin:index"), follow=True).status_code == 403


def test_the_post_alone_is_not_enough(antti, world):
    User.objects.filter(pk=world.antti.pk).update(is_staff=False)
    antti.force_login(User.objects.get(pk=world.antti.pk))
    assert antti.get(reverse("admin:index"), follow=True).status_code == 403


def test_permission_rows_of_django_open_nothing(client, world):
    User.objects.filter(pk=world.sanna.pk).update(is_staff=True)
    world.sanna.user_permissions.set(DjangoPermission.objects.all())
    client.force_login(world.sanna)
    assert client.get(page(User), follow=True).status_code == 403


def test_a_superuser_makes_the_first_administrator_and_sees_no_client(client, world):
    root = User.objects.create_superuser("root")
    client.force_login(root)
    assert client.get(page(User)).status_code == 200
    assert client.get(reverse("clients:list")).status_code == 403


@pytest.mark.parametrize(
    "question", ["assignments__isnull=False", "relation_blocks=1", "assignments__client__uuid=x"]
)
def test_no_question_goes_through_a_client(antti, world, question):
    assert antti.get(f"{page(User)}?{question}").status_code == 400


# What is written


def post_facts(user, **changes):
    return {
        "user": user.pk,
        "title": Title.SOCIAL_WORKER,
        "unit": user.unit.pk,
        "public_office": "on",
        "during_first": "1.8.2026",
        "during_last": "31.8.2026",
    } | changes


def test_the_last_day_that_is_typed_is_included(antti, world):
    assert antti.post(page(Post, "add"), post_facts(world.niklas)).status_code == 302
    post = world.niklas.posts.latest("pk")
    assert (post.during.lower, post.during.upper) == (date(2026, 8, 1), date(2026, 9, 1))
    typed = antti.get(page(Post, "change", post.pk)).content.decode()
    assert 'value="31.8.2026"' in typed
    assert "1.9.2026" not in typed


def test_without_a_last_day_a_post_holds_until_further_notice(antti, world):
    antti.post(page(Post, "add"), post_facts(world.niklas, during_last=""))
    assert world.niklas.posts.latest("pk").during.upper is None


@pytest.mark.parametrize(
    ("first", "last"),
    [("", "31.8.2026"), ("", ""), ("2.8.2026", "1.8.2026"), ("31.2.2026", "")],
)
def test_days_that_make_no_range_are_told_and_typed_words_stay(antti, world, first, last):
    response = antti.post(page(Post, "add"), post_facts(world.niklas, during_first=first, during_last=last))
    assert list(response.context["adminform"].form.errors) == ["during"]
    assert f'value="{last}"' in response.content.decode() or not last


def test_one_day_is_a_range(antti, world):
    facts = post_facts(world.niklas, during_first="1.8.2026", during_last="1.8.2026")
    assert antti.post(page(Post, "add"), facts).status_code == 302


def test_the_same_post_twice_at_a_time_is_refused_with_its_sentence(antti, world):
    response = antti.post(page(Post, "add"), post_facts(world.sanna))
    message = Post._meta.constraints[0].get_violation_error_message()
    assert response.context["adminform"].form.non_field_errors() == [message]


def person_facts(**rows):
    facts = {"posts-TOTAL_FORMS": len(rows), "posts-INITIAL_FORMS": 0}
    for place, row in enumerate(rows.values()):
        facts |= {f"posts-{place}-{name}": value for name, value in row.items()}
    return facts


def row(first, last, unit):
    return {"title": Title.TEAM_MEMBER, "unit": unit.pk, "during_first": first, "during_last": last}


def new_person(**rows):
    return {
        "username": "maija",
        "first_name": "Maija",
        "last_name": "Manner",
        "usable_password": "true",
        "password1": "pitkä-salasana-2026-a",
        "password2": "pitkä-salasana-2026-a",
        **person_facts(**rows),
    }


def test_a_person_is_made_with_a_post_and_signs_in_with_the_password(antti, world):
    facts = new_person(first=row("1.7.2026", "31.7.2026", world.west), second=row("1.8.2026", "", world.west))
    assert antti.post(page(User, "add"), facts).status_code == 302
    maija = User.objects.get(username="maija")
    assert maija.uuid
    assert maija.check_password("pitkä-salasana-2026-a")
    assert maija.posts.count() == 2


def test_two_overlapping_posts_in_one_save_are_told_not_an_error(antti, world):
    facts = new_person(first=row("1.7.2026", "1.8.2026", world.west), second=row("1.8.2026", "", world.west))
    response = antti.post(page(User, "add"), facts)
    assert response.status_code == 200
    assert response.context["inline_admin_formsets"][0].formset.non_form_errors()


def test_a_weak_password_is_refused(antti, world):
    facts = new_person() | {"password1": "salasana", "password2": "salasana"}
    assert "password2" in antti.post(page(User, "add"), facts).context["adminform"].form.errors


def test_a_password_is_changed_with_djangos_own_form(antti, world):
    url = reverse("admin:auth_user_password_change", args=[world.pia.pk])
    new = "uusi-pitkä-salasana-2026"
    facts = {"password1": new, "password2": new, "usable_password": "true", "set-password": "1"}
    assert antti.post(url, facts).status_code == 302
    world.pia.refresh_from_db()
    assert world.pia.check_password(new)


def test_nobody_gives_a_post_to_themselves(antti, world):
    response = antti.post(page(Post, "add"), post_facts(world.antti))
    assert list(response.context["adminform"].form.errors) == ["user"]
    own = world.antti.posts.get()
    assert antti.post(page(Post, "change", own.pk), post_facts(world.antti)).status_code == 403
    facts = {"username": "antti", **person_facts(one=row("1.8.2026", "", world.west))}
    antti.post(page(User, "change", world.antti.pk), facts)
    assert list(world.antti.posts.all()) == [own]


def test_nobody_puts_themselves_in_a_group(antti, world):
    facts = {"username": "antti", "groups": [Group.objects.first().pk], "is_active": "on", **person_facts()}
    assert antti.post(page(User, "change", world.antti.pk), facts).status_code == 302
    assert not world.antti.groups.exists()
    facts = {"username": "niklas", "groups": [Group.objects.first().pk], "is_active": "on", **person_facts()}
    assert antti.post(page(User, "change", world.niklas.pk), facts).status_code == 302
    assert world.niklas.groups.exists()


@pytest.mark.parametrize("model", [User, Post, Unit, Value, DelegationRule, Code, Partner, Group])
def test_what_was_in_force_is_ended_not_removed(antti, world, model):
    assert antti.post(page(model, "delete", model.objects.first().pk), {"post": "yes"}).status_code == 403


def test_a_closure_may_be_called_off(antti, filled):
    assert antti.post(page(Closure, "delete", Closure.objects.get().pk), {"post": "yes"}).status_code == 302
    assert not Closure.objects.exists()
    assert Event.objects.filter(verb="admin.delete", actor=filled.antti.uuid).count() == 1


def test_what_is_done_is_on_record(antti, world):
    antti.post(page(Partner, "add"), {"name": "Nuorten työpaja", "kind": ""})
    partner = Partner.objects.get(name="Nuorten työpaja")
    event = Event.objects.get(verb="admin.add")
    assert (event.actor, event.subject) == (world.antti.uuid, f"organisation.Partner:{partner.pk}")
    assert LogEntry.objects.filter(user=world.antti, object_id=partner.pk).exists()


# What the lists answer


def test_units_stand_below_the_one_they_are_part_of(antti, world):
    names = [row.name_fi for row in antti.get(page(Unit)).context["cl"].result_list]
    assert names.index("Sosiaalisen kuntoutuksen tiimi") == names.index(world.west.name_fi) + 1
    assert names[0] == "Aikuissosiaalityö"


def test_a_unit_cannot_be_part_of_what_is_below_it(antti, world):
    facts = {"parent": world.team.pk, "kind": "area", "name_fi": "Länsi", "name_sv": "Väst"}
    facts |= {"closures-TOTAL_FORMS": 0, "closures-INITIAL_FORMS": 0}
    response = antti.post(page(Unit, "change", world.west.pk), facts)
    assert list(response.context["adminform"].form.errors) == ["parent"]
    facts["parent"] = world.east.pk
    assert antti.post(page(Unit, "change", world.west.pk), facts).status_code == 302


def test_people_without_a_post_today_are_found(antti, world):
    Post.objects.filter(user=world.pia).update(during=span(date(2020, 1, 1), date(2020, 1, 2)))
    found = antti.get(page(User), {"title": "none"}).context["cl"].result_list
    assert [user.username for user in found] == ["pia"]


def test_people_of_a_unit_include_those_below_it(antti, world):
    found = antti.get(page(User), {"unit": world.west.pk}).context["cl"].result_list
    assert {user.username for user in found} == {"pia", "sanna", "leena", "niklas", "hanna"}


def test_a_value_that_is_missing_today_is_told(antti, world):
    assert not list(antti.get(page(Value)).context["messages"])
    Value.objects.filter(key=Value.Key.RHYTHM_DAYS).delete()
    assert str(Value.Key.RHYTHM_DAYS.label) in str(*antti.get(page(Value)).context["messages"])


@pytest.mark.parametrize(
    ("value", "status"), [("14", 302), ("0", 302), ("-1", 200), ('"14"', 200), ("true", 200), ("1.5", 200)]
)
def test_a_number_of_the_operating_model_is_a_whole_number(antti, world, value, status):
    Value.objects.filter(key=Value.Key.RHYTHM_DAYS).delete()
    facts = {"key": "rhythm_days", "value": value, "during_first": "1.1.2026", "source": "Päätös 1 §"}
    assert antti.post(page(Value, "add"), facts).status_code == status


@pytest.mark.parametrize("model", [User, Post, Group, Unit])
def test_a_list_asks_the_same_number_of_questions_however_long(antti, world, model):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            antti.get(page(model))
        return len(asked)

    before = questions()
    for number in range(5):
        user = make_user(f"new{number}", f"Uusi {number}", Title.SOCIAL_INSTRUCTOR, world.east)
        unit = Unit.objects.create(name_fi=f"Uusi {number}", name_sv="", kind="team", parent=world.east)
        entrust(UnitRight.LEAD, unit, user)
    assert questions() == before
