"""Answers questions about U.S. clinical externships, only from reviewed guides."""

import os

# Threads of a model that wait for each other spin by default. Where another process needs the
# cores, an embedding then took 174 ms instead of 74; read by OpenMP when a model is first loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
