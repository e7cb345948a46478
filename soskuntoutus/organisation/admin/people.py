"""Users with their posts, groups of users, and what the directory says of both."""

from collections import defaultdict

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.forms import BaseInlineFormSet, ModelForm
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from helusers.admin import ADGroupAdmin, ADGroupMappingAdmin
from helusers.models import ADGroup, ADGroupMapping

from soskuntoutus import clock
from soskuntoutus.organisation import rights
from soskuntoutus.organisation.administration import Dated, InForce, Page, Rows
from soskuntoutus.organisation.models import Post, Unit, User
from soskuntoutus.organisation.roles import Title

POST_HELP = _(
    "A post gives its permissions from its first day to its last. A stand-in gets a post with a last day."
    " Whoever leaves gets a last day too; nobody is removed."
)
OWN = _("Your own posts are given by another administrator.")


class PostForm(ModelForm):
    """Nobody gives a post to themselves."""

    def clean_user(self):
        if self.cleaned_data["user"] == self.by:
            raise ValidationError(OWN)
        return self.cleaned_data["user"]


class PostRowsOfOne(BaseInlineFormSet):
    """The posts of one person, checked against each other before the database has to refuse."""

    def clean(self):
        super().clean()
        seen = []
        for form in self.forms:
            post = form.instance
            if not (form.is_valid() and post.during and post.unit_id):
                continue
            if any(
                post.title == other.title and post.unit_id == other.unit_id and _overlap(post, other)
                for other in seen
            ):
                raise ValidationError(_("The person has the same post twice at the same time."))
            seen.append(post)


class PostRows(Dated, Rows):
    """A person's posts; one's own can only be read."""

    model = Post
    formset = PostRowsOfOne
    fields = [("title", "unit"), ("public_office", "registration"), "during"]
    verbose_name_plural = _("posts")

    def has_add_permission(self, request, obj=None):
        return obj != request.user and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return obj != request.user and super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        return [*self.fields[:-1], "days"] if obj == request.user else self.fields

    def get_readonly_fields(self, request, obj=None):
        return flatten(self.get_fields(request, obj)) if obj == request.user else []


class TitleToday(admin.SimpleListFilter):
    """By what people are today; or who has no post."""

    title = _("title today")
    parameter_name = "title"

    def lookups(self, request, model_admin):
        return [*Title.choices, ("none", _("no post today"))]

    def queryset(self, request, queryset):
        posts = Post.objects.filter(user=OuterRef("pk"), during__contains=clock.today())
        if self.value() == "none":
            return queryset.exclude(Exists(posts))
        return queryset.filter(Exists(posts.filter(title=self.value()))) if self.value() else queryset


class UnitToday(admin.SimpleListFilter):
    """By where people work today, the units below included."""

    title = _("unit today")
    parameter_name = "unit"

    def lookups(self, request, model_admin):
        return [(unit.pk, str(unit)) for unit in Unit.objects.in_tree_order()]

    def queryset(self, request, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        units = Unit.objects.within(Unit.objects.filter(pk=self.value()))
        posts = Post.objects.filter(user=OuterRef("pk"), during__contains=clock.today(), unit__in=units)
        return queryset.filter(Exists(posts))


@admin.register(User)
class UserPage(Page, UserAdmin):
    """People: what they are today, what they belong to, whether they may sign in."""

    list_display = ["name", "username", "posts_now", "groups_now", "is_active", "is_staff", "last_login"]
    list_filter = [TitleToday, UnitToday, "is_active", "is_staff", "groups"]
    search_fields = ["last_name", "first_name", "username", "email"]
    ordering = ["last_name", "first_name"]
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    inlines = [PostRows]
    readonly_fields = ["last_login", "date_joined", "department", "directory_groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "phone"]}),
        (
            _("Signing in"),
            {
                "fields": ["is_active", "is_staff", "groups"],
                "description": _(
                    "Take away 'active' from one who has left. Groups carry rights in units;"
                    " what a person may do is said by the posts below."
                ),
            },
        ),
        (_("From the directory"), {"fields": ["department", "directory_groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    ("first_name", "last_name"),
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]

    def get_queryset(self, request):
        today = Post.objects.filter(during__contains=clock.today()).select_related("unit")
        posts = Prefetch("posts", today.order_by("during", "pk"), to_attr="held")
        return super().get_queryset(request).prefetch_related(posts, "groups")

    def get_readonly_fields(self, request, obj=None):
        own = ["groups", "is_staff", "is_active"] if obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *own]

    @admin.display(description=_("name"), ordering="last_name")
    def name(self, user):
        return f"{user.last_name} {user.first_name}".strip() or user.username

    @admin.display(description=_("posts today"), empty_value=_("no post today"))
    def posts_now(self, user):
        return ", ".join(f"{post.get_title_display()} ({post.unit})" for post in user.held) or None

    @admin.display(description=_("groups"))
    def groups_now(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("department"))
    def department(self, user):
        return user.department_name or ""

    @admin.display(description=_("groups in the directory"))
    def directory_groups(self, user):
        return ", ".join(group.display_name for group in user.ad_groups.all())


@admin.register(Post)
class PostPage(Dated, Page):
    """Who holds what where, from when to when."""

    form = PostForm
    list_display = ["user", "title", "unit", "public_office", "registration", "days", "holds"]
    list_filter = [InForce, "title", "unit", "public_office"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__last_name", "user__first_name", "user__username", "registration"]
    autocomplete_fields = ["user"]
    fieldsets = [
        (
            None,
            {
                "fields": ["user", "title", "unit", "during", "public_office", "registration"],
                "description": POST_HELP,
            },
        )
    ]

    def has_change_permission(self, request, obj=None):
        own = obj is not None and obj.user == request.user
        return not own and super().has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        if obj is None or obj.user != request.user:
            return super().get_fieldsets(request, obj)
        fields = ["user", "title", "unit", "days", "public_office", "registration"]
        return [(None, {"fields": fields, "description": OWN})]

    def get_readonly_fields(self, request, obj=None):
        return ["days"] if obj is not None and obj.user == request.user else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        return type("PostForm", (super().get_form(request, obj, change, **kwargs),), {"by": request.user})


@admin.register(Group)
class GroupPage(Page):
    """Groups of users: who is in them, and what they are entrusted with."""

    search_fields = ["name"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name"],
                "description": _(
                    "Rights in units are given to groups on the page 'Rights in units'."
                    " People are put in a group on their own page, or by the directory."
                ),
            },
        )
    ]

    def get_queryset(self, request):
        groups = super().get_queryset(request).prefetch_related("ad_groups__ad_group")
        return groups.annotate(size=Count("user", distinct=True))

    def get_list_display(self, request):
        entrusted = SimpleLazyObject(_rights_of_groups)  # read once for the whole list

        @admin.display(description=_("rights in units"))
        def column(group):
            return ", ".join(entrusted[group.pk])

        return ["name", "members", column, "directory"]

    @admin.display(description=_("members"), ordering="size")
    def members(self, group):
        url = reverse("admin:organisation_user_changelist")
        return format_html('<a href="{}?groups__id__exact={}">{}</a>', url, group.pk, group.size)

    @admin.display(description=_("groups in the directory"))
    def directory(self, group):
        return ", ".join(str(mapping.ad_group) for mapping in group.ad_groups.all())


@admin.register(ADGroupMapping)
class DirectoryMappingPage(Page, ADGroupMappingAdmin):
    """Which group of the directory puts people into which group here, each time they sign in."""

    removable = True
    autocomplete_fields = ["ad_group", "group"]
    list_display = ["get_ad_group_display_name", "get_ad_group_name", "group"]
    list_select_related = ["ad_group", "group"]


@admin.register(ADGroup)
class DirectoryGroupPage(Page, ADGroupAdmin):
    """The groups the directory has named."""


def _rights_of_groups() -> dict[int, list[str]]:
    found, names = defaultdict(list), {unit.pk: str(unit) for unit in Unit.objects.all()}
    for unit, right, group in rights.given():
        found[group.pk].append(f"{right.label}: {names[unit]}")
    return found


def _overlap(one: Post, other: Post) -> bool:
    first, second = sorted((one.during, other.during), key=lambda during: during.lower)
    return first.upper is None or second.lower < first.upper
