#!/usr/bin/env bash
# run.sh POLC NVIM FOLDER: lets neovim edit a copy of workspace/ in FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
polc=$1 nvim=$2 folder=$3
[ -x "$nvim" ] || { echo "SKIPPED: neovim is not installed (scripts/setup test)"; exit 0; }
rm -rf "$folder"
mkdir -p "$folder"
cp "$here"/workspace/*.pol "$folder"
POLC=$polc WORKSPACE=$folder XDG_STATE_HOME=$folder/state XDG_CACHE_HOME=$folder/cache XDG_DATA_HOME=$folder/data \
  "$nvim" --headless -u NONE -i NONE -n -c "luafile $here/client.lua" -c "cquit 2" </dev/null
