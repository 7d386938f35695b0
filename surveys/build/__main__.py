"""`python -m surveys.build [FOLDER]`: write the sample town's returned forms, always the same."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from surveys.build.calibrate import Row, calibrate
from surveys.build.catalog import Activity, read_catalog
from surveys.build.forms import write_form

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample"
SEED = 20241031
UNANSWERED = 0.10
# The forms of the 32 files in their order; most offices keep to a form that states hours.
FORMS = "ABABADADCGCFBCGEDCADFBGECADBCGHE"


def build(folder: Path = SAMPLE) -> dict[str, int]:
    """Write all files into `folder`; return the number of task rows (not tasks) of each."""
    rng = random.Random(SEED)  # noqa: S311 - a repeatable sample, nothing secret
    catalog = read_catalog(HERE / "catalog")
    rows = [
        row
        for (_, activities), form in zip(catalog.items(), FORMS, strict=True)
        for position, activity in enumerate(activities)
        for row in _rows(activity, form, position, rng)
    ]
    calibrate(rows, rng)
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for stem, form in zip(catalog, FORMS, strict=True):
        own = [row for row in rows if row.activity.file == stem]
        name = f"{stem}.csv" if form == "H" else f"{stem}.xlsx"
        (folder / name).write_bytes(write_form(form, own))
        counts[name] = len({row.position for row in own})
    return counts


def _rows(activity: Activity, form: str, position: int, rng: random.Random) -> Iterator[Row]:
    answered = rng.random() >= UNANSWERED
    both = "sk" if form == "G" else rng.choice("sk")
    seals = activity.seals if answered else ""
    for staff in activity.staff.replace("b", both):
        yield Row(activity, form, position, staff, answered, activity.medium, seals)


if __name__ == "__main__":
    written = build(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
    print(f"{len(written)} files, {sum(written.values())} rows")  # noqa: T201
