"""What a person fills in for a centre: a commented `settings.toml` and lists with a header only."""

from pathlib import Path

from orchestration.building.lists import list_columns
from orchestration.home import Home

SETTINGS = """\
# What this centre's files and clocks look like. Every line is optional; docs/settings.md says
# each key. Take the # away where it holds.

[home]
# zone = "Europe/Paris"           # where clocks show local time
# site = "main"                   # of contacts whose site nothing tells
# currency = "EUR"
# rejected_share_limit = 0.1      # more rejected rows than this, and nothing is built

# [sources.call_list]             # files in deliveries/call_list/calls/
# date_order = "dmy"              # 31/01/2026
# delimiter = ";"
# decimal_mark = ","

# [sources.call_list.aliases]     # what our files call a column
# talk_seconds = ["billed"]

# [sources.call_list.constants]   # one value for a column that our files lack
# is_answered = true              # answered calls only: then there is no answer rate
"""


def write_templates(home: Home) -> list[Path]:
    """Write what is missing of the lists and the settings; returns the files written.

    A list without rows says no more than a list that is not there.
    """
    home.deliveries.mkdir(parents=True, exist_ok=True)
    home.lists.mkdir(parents=True, exist_ok=True)
    texts = {home.settings_file: SETTINGS}
    for name, columns in list_columns().items():
        texts[home.lists / f"{name}.csv"] = ",".join(columns) + "\n"
    written = [path for path in texts if not path.exists()]
    for path in written:
        path.write_text(texts[path], "utf-8")
    return written
