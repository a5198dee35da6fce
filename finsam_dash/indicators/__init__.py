"""What we measure: the registry, the tiling of periods and the computation."""
