"""One small model in scorelab and in the tools that a user would otherwise pick: ``python -m benchmarks.scorebench``.

Tools that would use several cores are told to use one, before any of them is imported.
"""

import os

for _threads in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("STARSIM_INSTALL_FONTS", "0")
