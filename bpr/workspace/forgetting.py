"""Forgetting: the bytes of workbooks that no longer count go after a time; what was decided stays."""

from datetime import datetime, time, timedelta

from bpr.errors import InputError
from bpr.store.uploads import PastUpload
from bpr.workspace.editions import EditionCases
from bpr.workspace.rights import Right, needs


class ForgetCases(EditionCases):
    """The workspace's use cases about forgetting; `Workspace` inherits them."""

    @needs(Right.COLLECT)
    def list_past_uploads(self, ended_before: datetime | None = None) -> list[PastUpload]:
        """Workbooks whose bytes `forget_uploads` would clear, in the order of edition and name."""
        return self.store.list_past_uploads(ended_before or self._retained_from())

    @needs(Right.COLLECT)
    def forget_uploads(self, ended_before: datetime | None = None) -> list[PastUpload]:
        """Clear the bytes of workbooks, of all editions, that stopped counting before a moment.

        None: so long ago as security.toml lets them be kept. Rows and hashes stay. Returns them.
        """
        return self.store.forget_uploads(ended_before or self._retained_from(), self._act())

    @needs(Right.COLLECT)
    def forget_edition(self, number: int) -> list[PastUpload]:
        """Clear the bytes of all workbooks of a closed edition; its report is empty from then on.

        `InputError` where it is open, or nothing is left to clear.
        """
        edition = self._find(number)
        past = self.store.of_edition(edition.id).forget_edition(self._act())
        if not past:
            msg = f"「{self.edition_label(edition)}」（番号 {number}）には、消去する調査票がありません。"
            raise InputError(msg)
        return past

    def _retained_from(self) -> datetime:
        days = timedelta(days=self.settings.security.retention.uploads_days)
        return datetime.combine(self._today() - days, time()).astimezone()
