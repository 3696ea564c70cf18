"""Golden questions and how answers are measured."""
