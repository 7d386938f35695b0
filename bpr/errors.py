"""What stops the work and a person can mend. Anything else that is raised is a bug."""


class BprError(Exception):
    """Stops the work; `str()` is a Japanese sentence that names the place and the next step."""

    exit_status = 2


class InputError(BprError):
    """The files or the call cannot be used at all."""


class RefusedError(InputError):
    """The person may not do this, or not with these rows."""


class ChangedMeanwhileError(InputError):
    """Somebody else has changed it since it was read; says what, and nothing is written."""


class SettingsError(BprError):
    """A settings file holds a key or a value that cannot be used; names file and key."""


class StoreError(BprError):
    """The database cannot be read or written."""

    exit_status = 3
