from django.db import migrations

import guatu.office.ledger.sealed


def shut(apps, schema_editor):
    """Who complained is sealed; what SQLite keeps of the old words in its free pages is swept."""
    found = list(apps.get_model("ledger", "Complainant").objects.all())
    for one in found:
        one.save(update_fields=["identity"])
    if found and schema_editor.connection.vendor == "sqlite" and not schema_editor.connection.in_atomic_block:
        schema_editor.connection.cursor().execute("VACUUM")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0004_stays_and_words")]

    operations = [
        migrations.AlterField(
            "complainant", "identity", guatu.office.ledger.sealed.SealedText(verbose_name="来信来电人")
        ),
        migrations.RunPython(shut, migrations.RunPython.noop, elidable=False),
    ]
