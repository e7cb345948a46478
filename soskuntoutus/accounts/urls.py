from django.urls import path

from soskuntoutus.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sessions/", views.sessions, name="sessions"),
    path("account/sessions/end/", views.end_others, name="end_others"),
    path("account/sessions/<uuid:uuid>/end/", views.end, name="end"),
    path("account/stay/", views.stay, name="stay"),
]
