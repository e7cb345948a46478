from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "soskuntoutus.ui"
    label = "ui"
