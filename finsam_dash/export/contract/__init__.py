"""The JSON that scripts rely on, as plain dictionaries: a module a subject, `parts` what they have in common.

Keys are Swedish and stay as they are; a number is never rounded, and one that is hidden or missing is null.
"""

from finsam_dash.export.contract.avstamning import to_avstamning_json
from finsam_dash.export.contract.deliveries import to_delivery_json, to_import_json
from finsam_dash.export.contract.economy import to_economy_json
from finsam_dash.export.contract.figures import to_follow_up_json, to_indicator_json
from finsam_dash.export.contract.samverkan import to_samverkan_json, to_support_json
from finsam_dash.export.contract.targets import to_target_json

__all__ = [
    "to_avstamning_json",
    "to_delivery_json",
    "to_economy_json",
    "to_follow_up_json",
    "to_import_json",
    "to_indicator_json",
    "to_samverkan_json",
    "to_support_json",
    "to_target_json",
]
