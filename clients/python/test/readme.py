"""Turns the README's examples into one program: readme.py README PROGRAM.py

What stands behind `#` after a `print` is what it prints; `…` stands for any text.
"""

import re
import sys

readme, program = sys.argv[1:]
with open(readme, encoding="utf-8") as file:
    blocks = re.findall(r"^```python\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)
told = 0
lines = []
for line in "".join(blocks).split("\n"):
    found = re.fullmatch(r"( *)print\((.*)\)  # (.*)", line)
    if found:
        told += 1
        line = f"{found[1]}_tells({found[3]!r}, {found[2]})"
    lines.append(line)
text = "\n".join(lines)
with open(program, "w", encoding="utf-8") as file:
    file.write(
        f"""import re

_told = 0


def _tells(expected: str, *values: object) -> None:
    global _told
    _told += 1
    said = " ".join(map(str, values))
    pattern = ".*".join(map(re.escape, expected.split("…")))
    assert re.fullmatch(pattern, said), f"it printed {{said}}, not {{expected}}"


{text}
assert _told >= {told}, f"{{_told}} of {told} lines were printed"
print(f"python (README): {{_told}} answers as shown")
"""
    )
