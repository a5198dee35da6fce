"""The only room that knows SQL: what is stored, by whom, since when, and what of it is current."""

from finsam_dash.store.backup import backup, restore
from finsam_dash.store.coding import CodedFigures, code_figures
from finsam_dash.store.deliveries import (
    Comment,
    Delivery,
    DeliveryChanges,
    DeliveryMeta,
    DeliveryState,
    FigureChange,
    load_changes,
    load_comments,
    load_deliveries,
    save_delivery,
    undo_delivery,
)
from finsam_dash.store.engine import Store, store_url
from finsam_dash.store.entries import EntryVersion, load_entries, load_entry_versions, remove_entry, save_entries
from finsam_dash.store.errors import StoreError, UnknownDeliveryError, UnknownForbundError, UnknownInsatsError
from finsam_dash.store.facts import load_figures, load_periods
from finsam_dash.store.integrity import IntegrityProblem, check_integrity
from finsam_dash.store.opening import open_store
from finsam_dash.store.register import (
    load_all_forbund,
    load_forbund,
    load_grupper,
    load_insats,
    load_insatser,
    save_forbund,
    save_grupp,
    save_insats,
)
from finsam_dash.store.settings import (
    LogEntry,
    load_comparison_values,
    load_log,
    load_settings,
    save_comparison_values,
    save_settings,
)
from finsam_dash.store.writing import load_data_version

__all__ = [
    "CodedFigures",
    "Comment",
    "Delivery",
    "DeliveryChanges",
    "DeliveryMeta",
    "DeliveryState",
    "EntryVersion",
    "FigureChange",
    "IntegrityProblem",
    "LogEntry",
    "Store",
    "StoreError",
    "UnknownDeliveryError",
    "UnknownForbundError",
    "UnknownInsatsError",
    "backup",
    "check_integrity",
    "code_figures",
    "load_all_forbund",
    "load_changes",
    "load_comments",
    "load_comparison_values",
    "load_data_version",
    "load_deliveries",
    "load_entries",
    "load_entry_versions",
    "load_figures",
    "load_forbund",
    "load_grupper",
    "load_insats",
    "load_insatser",
    "load_log",
    "load_periods",
    "load_settings",
    "open_store",
    "remove_entry",
    "restore",
    "save_comparison_values",
    "save_delivery",
    "save_entries",
    "save_forbund",
    "save_grupp",
    "save_insats",
    "save_settings",
    "store_url",
    "undo_delivery",
]
