"""Settings: TOML files -> frozen dataclasses. What differs by city or year lives here."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass as checked

from bpr.errors import SettingsError
from bpr.settings.acts import Act, Acts
from bpr.settings.load import STRICT, load_settings, read_text, suggest
from bpr.settings.published import Published
from bpr.settings.scoring import ActValues, SavingsSettings, ScoringSettings
from bpr.settings.survey import SurveySettings

__all__ = [
    "Act",
    "Acts",
    "KpiSettings",
    "Published",
    "SavingsSettings",
    "ScoringSettings",
    "Settings",
]

FILES = ("survey.toml", "acts.toml", "scoring.toml", "savings.toml", "kpi.toml", "published.toml")


@checked(config=STRICT, frozen=True)
class KpiSettings:
    """Conversions of working time (kpi.toml), in hours."""

    hours_per_fte: Annotated[float, Field(gt=0)]
    hours_per_day: Annotated[float, Field(gt=0)]


@dataclass(frozen=True)
class Settings:
    """All settings of a run, and where the office's own files lie."""

    survey: SurveySettings
    acts: Acts
    scoring: ScoringSettings
    savings: SavingsSettings
    kpi: KpiSettings
    published: Published
    folder: Path | None = None

    @classmethod
    def load(cls, folder: Path | None = None) -> "Settings":
        """Read the product's settings; files of the same name in `folder` replace them."""
        settings = cls(
            survey=load_settings(SurveySettings, "survey.toml", folder),
            acts=load_settings(dict[str, Act], "acts.toml", folder),
            scoring=load_settings(ScoringSettings, "scoring.toml", folder),
            savings=load_settings(SavingsSettings, "savings.toml", folder),
            kpi=load_settings(KpiSettings, "kpi.toml", folder),
            published=load_settings(Published, "published.toml", folder),
            folder=folder,
        )
        settings.check_words()
        return settings

    def check_words(self) -> None:
        """See that the acts that scoring.toml names are in acts.toml."""
        criteria = [c for lever in self.scoring.levers.values() for c in lever.criteria.values()]
        named = [act for gate in self.scoring.gates.values() for act in gate.acts]
        named += [act for c in criteria if isinstance(c, ActValues) for act in c.values]
        for act in named:
            if act not in self.acts:
                hint = suggest(act, self.acts)
                msg = f"設定 scoring.toml の動作「{act}」が acts.toml にありません{hint}。名前を直してください。"
                raise SettingsError(msg)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all settings files, so that a result can name what made it."""
        texts = "\0".join(read_text(name, self.folder) for name in FILES)
        return sha256(texts.encode()).hexdigest()
