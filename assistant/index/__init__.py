"""Passages become a searchable generation, published atomically."""
