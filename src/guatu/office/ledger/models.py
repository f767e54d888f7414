"""What the ledgers store: problems as values beside the columns lists are made of, papers, identities, notices."""

from django.conf import settings
from django.db import models

from guatu.office.ledger.sealed import SealedText


class Problem(models.Model):
    """One item of a ledger, as lists need it: columns drawn from its content, narrow so that many are read at once.

    accepted and closed are the state's; entered is the day of the first step; words is what it is found by, in
    small letters.
    """

    ledger = models.CharField("台账", max_length=40)
    number = models.CharField("编号", max_length=60, unique=True)
    version = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=20)
    stage = models.CharField("阶段", max_length=6)
    accepted = models.BooleanField("已通过验收", default=False)
    closed = models.BooleanField("不再办理", default=False)
    title = models.CharField("问题", max_length=160)
    source_no = models.CharField("来源编号", max_length=120, blank=True)
    words = models.CharField("找", max_length=360, default="")
    round = models.CharField("督察类别", max_length=40, blank=True)
    county = models.CharField("属地", max_length=40, blank=True)
    lead_unit = models.CharField("牵头单位", max_length=60, blank=True)
    acceptance_unit = models.CharField("验收单位", max_length=60, blank=True)
    leader = models.CharField("责任领导", max_length=60, blank=True)
    deadline_kind = models.CharField("时限类型", max_length=10, blank=True)
    deadline = models.DateField("整改时限", null=True)
    first_deadline = models.DateField("最初时限", null=True)
    assigned_on = models.DateField("交办日期", null=True)
    merged_into = models.CharField("并入编号", max_length=60, blank=True)
    object_no = models.CharField("对象编号", max_length=60, blank=True, db_index=True)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=10, decimal_places=6, null=True)
    entered = models.DateField("登记")
    last_step = models.DateField("最近一步")

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("number",)
        indexes = (
            models.Index(fields=["ledger", "stage", "accepted", "closed", "deadline"], name="problem_flow"),
            models.Index(fields=["stage", "accepted", "closed", "deadline"], name="problem_stage"),
            models.Index(fields=["county", "stage", "accepted", "closed", "deadline"], name="problem_county"),
            models.Index(fields=["lead_unit", "stage", "accepted", "closed", "deadline"], name="problem_unit"),
            models.Index(
                fields=[
                    "ledger",
                    "round",
                    "merged_into",
                    "state",
                    "deadline_kind",
                    "deadline",
                    "stage",
                    "accepted",
                    "closed",
                    "number",
                ],
                name="problem_rates",
            ),
            models.Index(fields=["ledger", "county", "lead_unit", "number"], name="problem_of_ledger"),
            models.Index(fields=["county", "ledger", "lead_unit", "number"], name="problem_of_county"),
            models.Index(fields=["lead_unit", "ledger", "county", "number"], name="problem_of_unit"),
            models.Index(fields=["accepted", "closed", "deadline", "number"], name="problem_due"),
            models.Index(fields=["assigned_on"], name="problem_assigned"),
            models.Index(fields=["latitude", "longitude"], name="problem_place"),
            models.Index(fields=["stage", "accepted", "closed", "deadline", "words", "number"], name="problem_words"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Content(models.Model):
    """The whole of a problem: act.problem.record of it, and the truth."""

    problem = models.OneToOneField(Problem, models.CASCADE, primary_key=True, related_name="content")
    data = models.JSONField("内容")

    def __str__(self) -> str:
        return self.problem.number


class Stay(models.Model):
    """A problem from the end of one day until before another, drawn from its steps: any past day is told by these."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="stays")
    since = models.DateField("起")
    until = models.DateField("止（不含）")
    state = models.CharField("状态", max_length=20)
    accepted = models.BooleanField("已通过验收")
    closed = models.BooleanField("不再办理")
    deadline = models.DateField("当时的时限", null=True)
    finished = models.DateField("通过验收", null=True)
    late = models.PositiveIntegerField("迟", default=0)

    class Meta:  # noqa: D106 - Django's own way of saying it
        indexes = (
            models.Index(
                fields=["until", "since", "accepted", "closed", "deadline", "state", "finished", "late", "problem"],
                name="stay_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.since} {self.state}"


class Concern(models.Model):
    """A body a problem concerns: who may see it, besides those who see all."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="concerns")
    body = models.CharField("单位", max_length=60)

    class Meta:  # noqa: D106 - Django's own way of saying it
        constraints = (models.UniqueConstraint(fields=["body", "problem"], name="one_concern_a_body"),)

    def __str__(self) -> str:
        return self.body


class PaperProof(models.Model):
    """A file handed in for a problem as a typed paper; its bytes lie in proof/ under their SHA-256."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="proofs")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    kind = models.CharField("材料", max_length=60)
    giver = models.CharField("提供单位", max_length=60)
    name = models.CharField("文件名", max_length=160)
    ending = models.CharField("类型", max_length=8)
    size = models.PositiveIntegerField("大小")
    taken = models.CharField("拍摄时间", max_length=20, blank=True)
    place = models.CharField("拍摄位置", max_length=40, blank=True)
    uploaded_by = models.CharField("上传人", max_length=80)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Complainant(models.Model):
    """Who complained: sealed, apart from problem, log, search and export; only the named handlers read it."""

    problem = models.OneToOneField(Problem, models.CASCADE, related_name="+")
    identity = SealedText("来信来电人")
    handlers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    def __str__(self) -> str:
        return "保密"


class TakenSheet(models.Model):
    """An office's own ledger on its way in: the settled layout, how far it is, its faults, where its lines are kept."""

    class State(models.TextChoices):
        """Nothing is stored before a person confirms."""

        MAPPING = "mapping", "待对应表头"
        READING = "reading", "读表中"
        FAULTY = "faulty", "有错，没有存"
        READY = "ready", "待确认"
        STORING = "storing", "登记中"
        STORED = "stored", "已登记"
        DROPPED = "dropped", "已放弃"

    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("文件名", max_length=160)
    page = models.CharField("工作表", max_length=40, blank=True)
    year = models.PositiveIntegerField("年份")
    since = models.DateField("台账截至")
    layout = models.JSONField("表头对应")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.MAPPING)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("共", default=0)
    faults = models.JSONField("错误", default=list)
    known = models.JSONField("已登记过的行", default=list)
    numbers = models.JSONField("行号与编号", default=dict)
    by = models.CharField("谁", max_length=80)
    made_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """A reminder on the page of a body; key says what it reminds of, so that it is made once; ways how it went out."""

    key = models.CharField("事由", max_length=160, unique=True)
    body = models.CharField("单位", max_length=60, db_index=True)
    number = models.CharField("编号", max_length=60, db_index=True)
    text = models.CharField("提醒", max_length=300)
    due = models.DateField("期限")
    made_on = models.DateField("日期")
    ways = models.JSONField("发送", default=dict)

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("-made_on", "-id")

    def __str__(self) -> str:
        return self.text
