"""The store: what cannot be recomputed - uploaded bytes and what people decided."""

from bpr.store.act import Act
from bpr.store.audit import AuditPage, AuditQuery, ChainCheck
from bpr.store.corrections import Correction, PastCorrection
from bpr.store.costs import OwnCost
from bpr.store.deciding import Record, Ruling, TargetEvent
from bpr.store.editions import Edition
from bpr.store.evaluations import Evaluation, FrozenRanking, NewEvaluation
from bpr.store.exchange import TownFile
from bpr.store.forms import ConfirmedForm
from bpr.store.jobs import Job
from bpr.store.people import Account, Session
from bpr.store.store import Store, open_store
from bpr.store.uploads import Upload, UploadRecord, make_upload
from bpr.store.weights import WeightSet

__all__ = [
    "Account",
    "Act",
    "AuditPage",
    "AuditQuery",
    "ChainCheck",
    "ConfirmedForm",
    "Correction",
    "Edition",
    "Evaluation",
    "FrozenRanking",
    "Job",
    "NewEvaluation",
    "OwnCost",
    "PastCorrection",
    "Record",
    "Ruling",
    "Session",
    "Store",
    "TargetEvent",
    "TownFile",
    "Upload",
    "UploadRecord",
    "WeightSet",
    "make_upload",
    "open_store",
]
