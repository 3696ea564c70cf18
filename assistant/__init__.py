"""Answers questions about U.S. clinical externships, only from reviewed guides."""
