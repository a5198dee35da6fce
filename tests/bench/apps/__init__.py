"""The small servers that ours is measured against."""
