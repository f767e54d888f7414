"""What the office stores: accounts, the picture of the day, duties with their bodies, records, and the log."""

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    """What a person is to the committee; decides what the pages show and allow."""

    LEADER = "leader", "领导"
    OFFICE_DIRECTOR = "office_director", "环委办主任"
    OFFICE_CLERK = "office_clerk", "环委办经办"
    ANALYST = "analyst", "分析员"
    RESPONSIBLE = "responsible", "责任单位"
    COUNTY = "county", "县（市、区）"
    ACCEPTOR = "acceptor", "验收部门"
    AUDITOR = "auditor", "审计督察"
    ADMINISTRATOR = "administrator", "系统管理员"


class Hand(models.TextChoices):
    """The two hands of a unit: the contact person fills in, the head approves."""

    CONTACT = "contact", "联络员"
    HEAD = "head", "负责人"


class Account(models.Model):
    """What guatu knows of a user beyond the name and the password."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    body = models.CharField("单位", max_length=60, blank=True)
    hand = models.CharField("岗位", max_length=10, choices=Hand.choices, default=Hand.CONTACT)
    demo = models.BooleanField("演示账号", default=False)

    def __str__(self) -> str:
        return f"{self.body or self.get_role_display()}·{self.user.get_username()}"


class Snapshot(models.Model):
    """The picture of one day, computed once: every figure on the pages is read from here as exact text."""

    as_of = models.DateField("截至")
    data_version = models.CharField("数据版本", max_length=80)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    picture = models.JSONField("内容")

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=["as_of", "data_version"], name="snapshot_of_day"),)

    def __str__(self) -> str:
        return f"{self.as_of} {self.data_version}"


class Duty(models.Model):
    """One unit block of the plan: a task with the bodies that owe it."""

    class State(models.TextChoices):
        """States of a task; a task without any report is unreported, nothing more is claimed."""

        UNREPORTED = "unreported", "未报"
        NOT_STARTED = "not_started", "未启动"
        STANDING = "standing", "长期坚持"
        ADJUSTING = "adjusting", "申请调整"
        UNDER_WAY = "under_way", "推进中"
        BEHIND = "behind", "滞后"
        LATE = "late", "逾期"
        VERIFYING = "verifying", "待核实"
        DONE = "done", "办结"

    code = models.CharField("编号", max_length=20, unique=True)
    position = models.PositiveIntegerField("次序")
    outline = models.CharField("文件位置", max_length=60)
    title = models.CharField("任务", max_length=200)
    text = models.TextField("原文", blank=True)
    deadlines = models.JSONField("期限", default=list)
    commitments = models.JSONField("量化要求", default=list)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.UNREPORTED)

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Part(models.Model):
    """One body's part in a duty."""

    class Kind(models.TextChoices):
        """How the notice names the body; the first of a bare list is 首位 until a breakdown is approved."""

        LEAD = "lead", "牵头"
        FIRST = "first", "首位"
        RESPONSIBLE = "responsible", "责任"
        COOPERATING = "cooperating", "配合"
        IMPLIED = "implied", "默认承担"

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="parts")
    body = models.CharField("单位", max_length=60)
    kind = models.CharField("角色", max_length=20, choices=Kind.choices)
    position = models.PositiveIntegerField("次序")

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["duty", "body"], name="one_part_a_body"),)

    def __str__(self) -> str:
        return f"{self.body}（{self.get_kind_display()}）"


class LogRefusedError(Exception):
    """Somebody tried to change or delete what the log already says."""


class LogQuerySet(models.QuerySet["Entry"]):
    """Reading only; a log has no update and no delete."""

    def update(self, **_: object) -> int:
        """Refused."""
        raise LogRefusedError("the log is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise LogRefusedError("the log is append-only")


class Entry(models.Model):
    """One entry of the log, chained to the one before by its hash. Append-only; what it says is act.log.Entry."""

    number = models.PositiveIntegerField("编号", primary_key=True)
    subject = models.CharField("对象", max_length=160, db_index=True)
    act = models.CharField("做了什么", max_length=40)
    old = models.JSONField("原来", default=dict)
    new = models.JSONField("现在", default=dict)
    person = models.CharField("谁", max_length=80)
    time = models.CharField("时间", max_length=40)
    reason = models.TextField("理由", blank=True)
    acting_for = models.CharField("代谁", max_length=80, blank=True)
    before = models.CharField("上一笔校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64)

    objects = LogQuerySet.as_manager()

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.time[:16].replace('T', ' ')} {self.person} {self.act} {self.subject}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Append; refused for an entry that is already written."""
        if not self._state.adding:
            raise LogRefusedError("the log is append-only")
        super().save(*args, force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise LogRefusedError("the log is append-only")


class Tip(models.Model):
    """The end of the log: its one row is locked while an entry is appended, so entries follow one another."""

    number = models.PositiveIntegerField("最后一笔", default=0)
    hash = models.CharField("校验值", max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class Record(models.Model):
    """Something as it stands now: a measure, a returned row, a paper. What it was is in the log, under its subject."""

    subject = models.CharField("对象", max_length=160, unique=True)
    kind = models.CharField("类别", max_length=40, db_index=True)
    data = models.JSONField("内容", default=dict)
    version = models.PositiveIntegerField("版本")

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("subject",)

    def __str__(self) -> str:
        return self.subject
