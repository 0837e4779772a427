#!/bin/sh
# The probe of docs/backends.md, taken out of the document and run: probe.sh DOCUMENT POLC WORK
set -eu
document=$1 polc=$2 work=$3
rm -rf "$work"
mkdir -p "$work"
cd "$work"

awk '/^<!-- probe.py -->$/ { found = 1; next } found && /^```python$/ { inside = 1; next } inside && /^```$/ { exit } inside' \
  "$document" > probe.py
[ -s probe.py ] || { echo "no probe in $document"; exit 1; }

cat > probe.pol <<'POLICY'
policy "probe" "A probe answers" { version "1.0.0" }
control "P-1" "What the probe said" { require registry('HKLM\SYSTEM\CurrentControlSet\Control\Lsa', 'RestrictAnonymous') == 1 }
control "P-2" "What it closed" { require registry('HKLM\SYSTEM\CurrentControlSet\Control\Lsa', 'Other') is absent }
control "P-3" "A service" { require service("W32Time").start == automatic }
control "P-4" "What it could not read" { require registry('HKLM\SYSTEM\CurrentControlSet\Services\HTTP', 'X') == 1 }
control "P-5" "What it was not able to tell" { require user_right(SeTcbPrivilege) == {} }
POLICY

status=0
"$polc" check probe.pol --target "exec:python3 probe.py" --report json=probe.json --quiet || status=$?
[ "$status" = 2 ] || { echo "exit code $status, expected 2"; exit 1; }
python3 - <<'CHECK'
import json
report = json.load(open("probe.json"))
verdicts = {control["id"]: control["verdict"] for control in report["runs"][0]["controls"]}
expected = {"P-1": "pass", "P-2": "pass", "P-3": "pass", "P-4": "unknown", "P-5": "unknown"}
assert verdicts == expected, verdicts
CHECK
