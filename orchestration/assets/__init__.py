"""What a person sees on the Dagster screen, from delivered files to a published version."""

from orchestration.assets.deliveries import delivered_files
from orchestration.assets.models import built_models, home_relations
from orchestration.assets.publication import published_version
from orchestration.assets.raw_tables import raw_tables

__all__ = [
    "built_models",
    "delivered_files",
    "home_relations",
    "published_version",
    "raw_tables",
]
