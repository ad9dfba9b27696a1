"""The closing line of a run: count.py WHO REPORT. Fails when anything failed, or an operation was not tried."""

import json
import sys

who, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    report = json.load(file)
operations = report["operations"]
untested = operations["total"] - operations["tested"]
failures = report["test_cases"]["unique_failures"]
errors = report["test_cases"]["errored"] + len(report["errors"])
tried = report["test_cases"]["generated"]
for failure in report["failures"]:
    print(f"fuzz-api: {failure['title']}: {', '.join(failure['operations'])}")
print(
    f"fuzz-api {who}: {tried} tried, {tried - failures - errors} ok, {failures + errors} failed; "
    f"{operations['tested']} of {operations['total']} operations, {untested} untested",
    flush=True,
)
# A run that had no time for each operation has shown nothing.
sys.exit(bool(failures or errors or untested or tried < operations["total"]))
