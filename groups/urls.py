from django.urls import path

from groups import views

app_name = "groups"
urlpatterns = [
    path("groups/", views.groups, name="list"),
    path("groups/new/", views.new, name="new"),
    path("groups/<uuid:uuid>/", views.group, name="group"),
    path("groups/<uuid:uuid>/sessions/new/", views.session_new, name="session_new"),
    path("clients/<uuid:uuid>/enrolments/", views.enrol, name="enrol"),
]
