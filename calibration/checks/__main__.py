"""`python -m calibration.checks` rewrites the page of checks."""

from calibration.checks.page import main

main()
