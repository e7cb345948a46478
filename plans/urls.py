from django.urls import path

from plans.views import decisions

app_name = "plans"
urlpatterns = [
    path("clients/<uuid:uuid>/decision/", decisions.decision, name="decision"),
    path("documents/<uuid:uuid>/letter.pdf", decisions.letter, name="letter"),
    path("documents/<uuid:uuid>/deliveries/", decisions.delivery, name="delivery"),
]
