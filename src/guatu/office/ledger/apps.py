"""The ledgers as a Django application of the office."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """问题台账."""

    name = "guatu.office.ledger"
    label = "ledger"
    verbose_name = "问题台账"
    default_auto_field = "django.db.models.BigAutoField"
