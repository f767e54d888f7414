"""What the interface stores: tokens, of which only the digest is kept."""

from django.conf import settings
from django.db import models


class Token(models.Model):
    """A person's permission for a program: acts as its owner, within its scopes, until it expires or is revoked."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    head = models.CharField("开头", max_length=12)
    scopes = models.JSONField("范围", default=list)
    made_at = models.DateTimeField("建立", auto_now_add=True)
    expires = models.DateField("到期")
    used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("停用", null=True)

    class Meta:  # noqa: D106 - Django's own way of saying it
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name}（{self.head}…）"
