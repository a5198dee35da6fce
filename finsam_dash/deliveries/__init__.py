"""Where intake meets store: what a read file would change, saved or undone; and what a new store begins with."""

from finsam_dash.deliveries.contents import CHECKED, Contents, list_contents
from finsam_dash.deliveries.filling import PROGRAM, PublishedDataError, prepare_store
from finsam_dash.deliveries.preview import (
    ChangedFigure,
    Preview,
    RefusedDeliveryError,
    build_preview,
    read_file,
    save_read,
)
from finsam_dash.deliveries.questions import DeliveryWarning, Point
from finsam_dash.store import undo_delivery

__all__ = [
    "CHECKED",
    "PROGRAM",
    "ChangedFigure",
    "Contents",
    "DeliveryWarning",
    "Point",
    "Preview",
    "PublishedDataError",
    "RefusedDeliveryError",
    "build_preview",
    "list_contents",
    "prepare_store",
    "read_file",
    "save_read",
    "undo_delivery",
]
