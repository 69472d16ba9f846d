"""The example of docs/how-to/pa-register-csv.md does what the page says, and every column it names is read."""
import re
from pathlib import Path

from services.registry.api.headings import HEADINGS, field_of
from tests.integration.registry.conftest import Registry

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "pa-register-csv.md"


async def test_the_example_does_what_the_page_says(registry: Registry):
    example = re.search(r"```csv\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert example

    report = (await registry.send_csv(example[1])).json()

    assert report["counts"] == {"added": 2, "changed": 0, "unchanged": 0, "refused": 1, "asked": 2}
    assert [one["typed"] for one in report["rows"][1]["asked"]] == ["Klingonish", "when I can"]
    assert report["columns_not_used"] == []
    (told, _) = await registry.told()
    assert (told.faith, told.least, told.most, told.least_rate) == ("sikh", 40, 80, 1500)


def test_every_column_the_page_names_is_read_as_it_says_and_none_is_left_out():
    table = GUIDE.read_text(encoding="utf-8").split("| column | also read as | what to write |")[1].split("\n\n")[0]
    named: set[str] = set()
    for row in table.splitlines()[2:]:
        columns, others = (cell.strip() for cell in row.strip("|").split("|")[:2])
        if "…" in columns:
            columns = "Consent to share faith, Consent to share culture, Consent to share sex"
        fields = [field_of(column) for column in columns.split(",")]
        assert all(fields), columns
        named |= {field for field in fields if field}
        for other in filter(None, (one.strip() for one in others.split(","))):
            assert field_of(other), other
            named.add(str(field_of(other)))

    assert named >= set(HEADINGS) - {"hours_least", "hours_most"}
    assert {field_of("Least hours"), field_of("Most hours")} == {"hours_least", "hours_most"}
