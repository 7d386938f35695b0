"""Settings: TOML files -> frozen dataclasses. What differs by city or year lives here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from bpr.errors import SettingsError
from bpr.settings.acts import Act, Acts, ActsFile
from bpr.settings.common_work import CommonWork
from bpr.settings.kpi import KpiSettings
from bpr.settings.load import load_settings, read_text, suggest
from bpr.settings.means import MeansSettings
from bpr.settings.published import Published
from bpr.settings.savings import SavingsSettings
from bpr.settings.scoring import ActValues, ScoringSettings
from bpr.settings.security import SecuritySettings
from bpr.settings.survey import SurveySettings

__all__ = [
    "Act",
    "Acts",
    "CommonWork",
    "KpiSettings",
    "Published",
    "SavingsSettings",
    "ScoringSettings",
    "SecuritySettings",
    "Settings",
]

FILES = (
    "survey.toml",
    "acts.toml",
    "scoring.toml",
    "savings.toml",
    "kpi.toml",
    "published.toml",
    "common_work.toml",
    "means.toml",
)
"""What results hang on; security.toml changes none."""


@dataclass(frozen=True)
class Settings:
    """All settings of a run, and where the office's own files lie."""

    survey: SurveySettings
    acts: Acts
    scoring: ScoringSettings
    savings: SavingsSettings
    kpi: KpiSettings
    published: Published
    common_work: CommonWork
    means: MeansSettings
    security: SecuritySettings
    folder: Path | None = None
    own_rates: str = ""
    """The office's own reduction rates in words, where they took the place of those of the files."""
    own_costs: str = ""
    """The office's own unit costs in words, likewise."""

    @classmethod
    def load(cls, folder: Path | None = None) -> "Settings":
        """Read the product's settings; files of the same name in `folder` replace them."""
        texts = tuple(read_text(name, folder) for name in (*FILES, "security.toml"))
        return _load_once(folder, texts)

    def check_words(self) -> None:
        """See that every act and lever that the settings name is known to the others."""
        scoring, savings = self.scoring, self.savings
        criteria = [c for lever in scoring.levers.values() for c in lever.criteria.values()]
        kinds = [kind.when for lever in scoring.levers.values() for kind in lever.kinds]
        conditions = [*kinds, *(gate.when for gate in scoring.gates.values())]
        named = [act for when in conditions for act in (*when.acts, *when.no_acts)]
        named += [act for c in criteria if isinstance(c, ActValues) for act in c.values]
        self._require("scoring.toml の動作", named, self.acts, "acts.toml")
        taken = [act for lever in savings.levers.values() for act in lever.acts]
        self._require("savings.toml の動作", taken, self.acts, "acts.toml")
        self._require("means.toml の動作", self.means.named_acts, self.acts, "acts.toml")
        self._require("scoring.toml の手段", scoring.levers, savings.levers, "savings.toml")
        self._require("savings.toml の手段", savings.levers, scoring.levers, "scoring.toml")

    @staticmethod
    def _require(kind: str, words: Iterable[str], known: Iterable[str], place: str) -> None:
        names = list(known)
        for word in words:
            if word not in names:
                hint = suggest(word, names)
                msg = f"設定 {kind}「{word}」が {place} にありません{hint}。名前を直してください。"
                raise SettingsError(msg)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all settings, so that a result can name what made it."""
        texts = "\0".join(read_text(name, self.folder) for name in FILES)
        return sha256(f"{texts}{self.own_rates}{self.own_costs}".encode()).hexdigest()


@lru_cache(maxsize=8)
def _load_once(folder: Path | None, _texts: tuple[str, ...]) -> Settings:
    """Load settings once for the same texts; reading them strictly takes a tenth of a second."""
    settings = Settings(
        survey=load_settings(SurveySettings, "survey.toml", folder),
        acts=load_settings(ActsFile, "acts.toml", folder).complete(),
        scoring=load_settings(ScoringSettings, "scoring.toml", folder),
        savings=load_settings(SavingsSettings, "savings.toml", folder),
        kpi=load_settings(KpiSettings, "kpi.toml", folder),
        published=load_settings(Published, "published.toml", folder),
        common_work=load_settings(CommonWork, "common_work.toml", folder),
        means=load_settings(MeansSettings, "means.toml", folder),
        security=load_settings(SecuritySettings, "security.toml", folder),
        folder=folder,
    )
    settings.check_words()
    return settings
