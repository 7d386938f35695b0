"""The store: what cannot be recomputed - uploaded bytes and what people decided."""

from bpr.store.forms import ConfirmedForm
from bpr.store.jobs import Job
from bpr.store.store import Store, open_store
from bpr.store.uploads import Upload, UploadRecord, make_upload

__all__ = [
    "ConfirmedForm",
    "Job",
    "Store",
    "Upload",
    "UploadRecord",
    "make_upload",
    "open_store",
]
