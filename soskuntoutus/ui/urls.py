from django.urls import path

from soskuntoutus.ui.views import drafts

app_name = "ui"
urlpatterns = [
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/session/", drafts.session, name="session"),
    path("drafts/<uuid:uuid>/", drafts.draft, name="draft"),
    path("drafts/<uuid:uuid>/form/", drafts.form, name="form"),
    path("drafts/<uuid:uuid>/removal/", drafts.removal, name="removal"),
]
