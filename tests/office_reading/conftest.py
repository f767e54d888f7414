"""A desk of the committee office: an empty workspace, a notice, and the people who look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guatu.load.workspace import Workspace
from guatu.office.models import Account, Role
from tests.office import sample

NOTICE = """关于印发《景德镇市2021年生态环境保护工作要点》的通知
景环委办字〔2021〕9号
各县（市、区）人民政府，市直有关单位：
现将《景德镇市2021年生态环境保护工作要点》印发给你们，请认真贯彻落实。
2021年3月10日

一、主要目标
（一）环境质量方面
1.市中心城区细颗粒物（PM2.5）平均浓度控制在34微克/立方米以内，力争达到33微克/立方米；
2.县级城市建成区黑臭水体消除10%以上。
二、主要任务
（一）水污染防治
1.推进城镇污水治理。完成12个乡镇污水处理设施建设，2021年9月底前完成验收。（责任单位：市住建局、市生态环境局）
2.秸秆综合利用。开展秸秆禁烧巡查。（责任单位：市农业农村局）
"""
AMENDMENT = """关于调整2021年生态环境保护目标的通知
赣环委办字〔2021〕18号
2021年8月1日

一、主要目标
1.市中心城区细颗粒物（PM2.5）平均浓度控制在32微克/立方米以内。
"""
PASSWORD = "kan-tu-zuo-zhan-9"
PDF = b"%PDF-1.4 signed on paper"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def desk(tmp_path: Path, settings: Any, db: None) -> Workspace:
    """A workspace without a plan."""
    ws = Workspace.create(tmp_path / "ws", sample.CITY)
    settings.GUATU_WORKSPACE = ws.folder
    return ws


@pytest.fixture
def person(db: None) -> Any:
    """Callable: person(role) is a client logged in as somebody of that role."""

    def come(role: Role, body: str = "") -> Client:
        user, new = get_user_model().objects.get_or_create(username=role.value)
        if new:
            user.set_password(PASSWORD)
            user.save()
            Account.objects.create(user=user, role=role, body=body)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return come
