import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower


def live(apps, schema_editor):
    """What is stored already gets its stays; a problem of a ledger that is gone waits for its next change."""
    problems = apps.get_model("ledger", "Problem").objects
    if not problems.exists():
        return
    from guatu.act.problem import restore
    from guatu.office.ledger import declared, storage

    every, stay = declared.ledgers(), apps.get_model("ledger", "Stay")
    found = []
    for pk, ledger, number, data in problems.values_list("pk", "ledger", "number", "content__data").iterator(1000):
        if ledger in every:
            item = restore(f"{ledger}/{number}", data)
            found += [stay(problem_id=pk, **said) for said in storage.stays_of(every[ledger], item)]
    stay.objects.bulk_create(found, batch_size=1000)


def word(apps, schema_editor):
    """What is stored already gets its words to be found by."""
    gap = Value("\n")
    together = Lower(Concat(F("title"), gap, F("number"), gap, F("source_no"), output_field=models.TextField()))
    apps.get_model("ledger", "Problem").objects.update(words=together)


def settle(apps, schema_editor):
    """PostgreSQL adds no index to a table on whose changed rows checks are still owed in the transaction."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_ways_out")]

    operations = [
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(verbose_name="止（不含）")),
                ("state", models.CharField(max_length=20, verbose_name="状态")),
                ("accepted", models.BooleanField(verbose_name="已通过验收")),
                ("closed", models.BooleanField(verbose_name="不再办理")),
                ("deadline", models.DateField(null=True, verbose_name="当时的时限")),
                ("finished", models.DateField(null=True, verbose_name="通过验收")),
                ("late", models.PositiveIntegerField(default=0, verbose_name="迟")),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stays", to="ledger.problem"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[
                            "until", "since", "accepted", "closed", "deadline", "state", "finished", "late", "problem"
                        ],
                        name="stay_day",
                    )
                ]
            },
        ),
        migrations.RunPython(live, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(settle, migrations.RunPython.noop, elidable=False),
        migrations.RemoveIndex("problem", "problem_words"),
        migrations.AddField("problem", "words", models.CharField(default="", max_length=360, verbose_name="找")),
        migrations.RunPython(word, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(settle, migrations.RunPython.noop, elidable=False),
        migrations.AddIndex(
            "problem",
            models.Index(fields=["stage", "accepted", "closed", "deadline", "words", "number"], name="problem_words"),
        ),
    ]
