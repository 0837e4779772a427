#!/usr/bin/env bash
# run.sh EXTENSION FOLDER: runs the tests of the extension, packages it in FOLDER, and looks into the package.
set -euo pipefail
extension=$1 folder=$2
[ -d "$extension/node_modules" ] || { echo "SKIPPED: the extension's packages are not installed (scripts/setup test)"; exit 0; }
cd "$extension"
node --test test/
npm run --silent build
npx --no-install vsce package --no-dependencies --allow-missing-repository --out "$folder/polc.vsix" >/dev/null
packaged=$(unzip -Z1 "$folder/polc.vsix")
for file in package.json dist/extension.js syntaxes/polc.tmLanguage.json snippets/polc.json language-configuration.json; do
  grep -qxF "extension/$file" <<<"$packaged" || { echo "FAILED: $file is not in the package"; exit 1; }
done
if grep -qE 'node_modules|/test/|/src/' <<<"$packaged"; then
  echo "FAILED: the package holds what nobody needs"
  exit 1
fi
echo "ok: $(du -k "$folder/polc.vsix" | cut -f1) KiB"
