"""Passages become an answer with citations."""
