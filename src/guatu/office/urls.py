"""The addresses of the office."""

from django.urls import path

from guatu.office.views import accounts, entry, errors, explain, targets, tasks, wall

urlpatterns = [
    path("", entry.home, name="home"),
    path("login/", entry.Login.as_view(), name="login"),
    path("logout/", entry.Logout.as_view(), name="logout"),
    path("look/", entry.look, name="look"),
    path("favicon.ico", entry.favicon, name="favicon"),
    path("wall/", wall.wall, name="wall"),
    path("targets/", targets.targets, name="targets"),
    path("targets/export.<str:kind>", targets.export, name="targets-export"),
    path("targets/<str:code>/", targets.target, name="target"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<str:code>/", tasks.task, name="task"),
    path("explain/<path:address>/", explain.explain, name="explain"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:pk>/switch/", accounts.switch, name="accounts-switch"),
    path("log/", accounts.log_page, name="log"),
    path("help/", entry.help_page, name="help"),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
