"""The type of arrays, wherever scenarios pass some on."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]
