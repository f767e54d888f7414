"""The addresses of the office."""

from django.urls import path

from guatu.office.api.urls import urlpatterns as of_interface
from guatu.office.bulletins.urls import urlpatterns as of_bulletins
from guatu.office.homes.urls import urlpatterns as of_homes
from guatu.office.intake.urls import urlpatterns as of_intake
from guatu.office.ledger.urls import urlpatterns as of_ledgers
from guatu.office.ledger.views import objects, pressing_many
from guatu.office.mapping.urls import urlpatterns as of_map
from guatu.office.month_urls import urlpatterns as of_month
from guatu.office.people.urls import urlpatterns as of_people
from guatu.office.reading.urls import urlpatterns as of_reading
from guatu.office.rulebook.urls import urlpatterns as of_rules
from guatu.office.scoring.urls import urlpatterns as of_scores
from guatu.office.seeking.urls import urlpatterns as of_search
from guatu.office.views import (
    accounts,
    breakdown,
    change,
    collect,
    comments,
    entry,
    errors,
    explain,
    instruct,
    mine,
    registers,
    targets,
    tasks,
    wall,
    watch,
    why,
)
from guatu.office.witnesses.urls import urlpatterns as of_witnesses

urlpatterns = [
    path("", entry.home, name="home"),
    path("login/", entry.Login.as_view(), name="login"),
    path("logout/", entry.Logout.as_view(), name="logout"),
    path("look/", entry.look, name="look"),
    path("favicon.ico", entry.favicon, name="favicon"),
    path("wall/", wall.wall, name="wall"),
    path("wall/map.<str:kind>", wall.map_file, name="wall-map"),
    path("wall/instruct/", instruct.instruct, name="instruct"),
    path("targets/", targets.targets, name="targets"),
    path("targets/export.<str:kind>", targets.export, name="targets-export"),
    path("targets/warnings/", watch.warnings, name="warnings"),
    path("targets/sections/", watch.sections, name="sections"),
    path("targets/checks/", watch.checks, name="checks"),
    path("targets/plans/", watch.plans, name="plans"),
    path("targets/weather/", watch.weather, name="weather"),
    path("targets/<str:code>/", targets.target, name="target"),
    path("targets/<str:code>/days.<str:kind>", targets.days, name="target-days"),
    path("targets/<str:code>/change/", change.version, name="target-change"),
    path("targets/<str:code>/chart.<str:kind>", targets.chart, name="target-chart"),
    path("why/<path:address>/", why.why, name="why"),
    path("rows/<str:scope>/<str:day>/", why.rows, name="rows"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/export.<str:kind>", tasks.export, name="tasks-export"),
    path("tasks/<str:code>/", tasks.task, name="task"),
    path("breakdown/", breakdown.breakdown, name="breakdown"),
    path("breakdown/begin/", breakdown.begin, name="breakdown-begin"),
    path("breakdown/change/", breakdown.change, name="breakdown-change"),
    path("breakdown/annex.<str:kind>", breakdown.annex, name="breakdown-annex"),
    path("breakdown/signed/", breakdown.signed, name="breakdown-signed"),
    path("breakdown/comments/", comments.comments, name="comments"),
    path("breakdown/comments/say/", comments.say, name="comments-say"),
    path("breakdown/comments/<str:name>/settle/", comments.settle, name="comments-settle"),
    path("breakdown/<str:name>/", breakdown.measure, name="measure"),
    path("breakdown/<str:name>/edit/", breakdown.edit, name="measure-edit"),
    path("breakdown/<str:name>/split/", breakdown.split, name="measure-split"),
    path("my/", mine.mine, name="mine"),
    path("collect/", collect.collections, name="collections"),
    path("collect/export.<str:kind>", collect.collections_file, name="collections-export"),
    path("collect/begin/", collect.begin, name="collections-begin"),
    path("collect/<str:period>/", collect.collect, name="collect"),
    path("collect/<str:period>/sheets.zip", collect.sheets, name="collect-sheets"),
    path("collect/<str:period>/table.<str:kind>", collect.table, name="collect-table"),
    path("collect/<str:period>/upload/", collect.upload, name="collect-upload"),
    path("collect/<str:period>/verify/", collect.verify, name="collect-verify"),
    path("collect/<str:period>/heaps/<str:heap>/", collect.heap, name="heap"),
    path("collect/<str:period>/heaps/<str:heap>/marked.zip", collect.marked, name="heap-marked"),
    path("registers/", registers.first, name="registers"),
    path("<page:page>/", registers.register, name="register"),
    path("<page:page>/add/", registers.add, name="register-add"),
    path("<page:page>/<str:name>/", registers.entry, name="entry"),
    path("explain/<path:address>/", explain.explain, name="explain"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:pk>/switch/", accounts.switch, name="accounts-switch"),
    path("problems/press/", pressing_many.press_many, name="problems-press"),
    path("objects/export.<str:kind>", objects.export, name="objects-export"),
    path("log/", accounts.log_page, name="log"),
    path("log/export.<str:kind>", accounts.log_file, name="log-export"),
    path("log/past/", accounts.past_day, name="log-past"),
    path("help/", entry.help_page, name="help"),
    *of_bulletins,
    *of_homes,
    *of_intake,
    *of_ledgers,
    *of_map,
    *of_month,
    *of_reading,
    *of_rules,
    *of_scores,
    *of_search,
    *of_witnesses,
    *of_people,
    *of_interface,
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
