"""`python tests/reader`: every test of this reader, and one line of counts at the end."""

import sys
import unittest
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    suite = unittest.TestLoader().discover(str(here))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"Tests  {result.testsRun - min(failed, result.testsRun)} passed | {failed} failed")
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)
