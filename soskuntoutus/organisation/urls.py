from django.urls import path

from soskuntoutus.organisation import views

app_name = "organisation"
urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("organisation/rights/", views.rights, name="rights"),
    path("organisation/rights/withdrawals/", views.withdrawal, name="withdrawal"),
]
