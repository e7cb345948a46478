from django.urls import path

from soskuntoutus.demo import views
from soskuntoutus.ui.views.gallery import gallery

app_name = "demo"
urlpatterns = [
    path("next-day/", views.next_day, name="next_day"),
    path("day/", views.go_to_day, name="go_to_day"),
    path("next-step/", views.next_step, name="next_step"),
    path("step/", views.put_at_step, name="put_at_step"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("gallery/", gallery, name="gallery"),
]
