"""A department that accepts is a role of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more role to choose."""

    dependencies = [("office", "0002_chained_log")]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="role",
            field=models.CharField(
                choices=[
                    ("leader", "领导"),
                    ("office_director", "环委办主任"),
                    ("office_clerk", "环委办经办"),
                    ("analyst", "分析员"),
                    ("responsible", "责任单位"),
                    ("county", "县（市、区）"),
                    ("acceptor", "验收部门"),
                    ("auditor", "审计督察"),
                    ("administrator", "系统管理员"),
                ],
                max_length=20,
                verbose_name="角色",
            ),
        ),
    ]
