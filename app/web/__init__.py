"""What the outside meets: /v1 and the pages. Speaks HTTP, and decides nothing."""
