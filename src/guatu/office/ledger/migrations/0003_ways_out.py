from django.db import migrations, models


def sent_by(apps, schema_editor):
    """What had gone out stays gone."""
    for one in apps.get_model("ledger", "Notice").objects.exclude(sent=[]):
        one.ways = {name: {"state": "已发", "tries": 1, "why": "", "at": f"{one.made_on}T00:00:00+08:00"} for name in one.sent}
        one.save(update_fields=["ways"])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_rates_counted")]

    operations = [
        migrations.AddField("notice", "ways", models.JSONField(default=dict, verbose_name="发送")),
        migrations.RunPython(sent_by, migrations.RunPython.noop),
        migrations.RemoveField("notice", "sent"),
    ]
