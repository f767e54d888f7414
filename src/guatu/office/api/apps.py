"""The interface as a Django application: it stores the tokens."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口."""

    name = "guatu.office.api"
    label = "api"
    verbose_name = "接口"
    default_auto_field = "django.db.models.BigAutoField"
