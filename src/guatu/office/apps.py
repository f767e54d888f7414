"""The office as a Django application."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """挂图作战."""

    name = "guatu.office"
    label = "office"
    verbose_name = "挂图作战"
    default_auto_field = "django.db.models.BigAutoField"
