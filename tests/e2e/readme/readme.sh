#!/usr/bin/env bash
# Runs every command that README.md shows with its output, and compares. The policy that README.md writes down is
# demo.pol; the commands below "Mistakes" see it with the misspelling that they are about.
# readme.sh README POLC REPOSITORY WORK_FOLDER
set -uo pipefail
readme=$1 polc=$2 repository=$3 work=$4

rm -rf "$work" && mkdir -p "$work" || exit 1
cp -r "$repository/policies" "$repository/polc.yaml" "$work"
mkdir "$work/.git"  # the root of a repository
awk '/^```$/ { inside = 0 } /^policy "demo"/ { inside = 1 } inside { print }' "$readme" >"$work/correct.pol"
[ -s "$work/correct.pol" ] || { echo "README.md lacks the demo policy"; exit 1; }
polc() { "$polc" "$@"; }
cd "$work" || exit 1

commands=0
differences=0
expected='' actual='' command=''
compare() {
  [ -n "$command" ] || return 0
  commands=$((commands + 1))
  [ "$expected" = "$actual" ] && return 0
  differences=$((differences + 1))
  echo "README.md: the output of \`$command\` is not what is shown:"
  diff <(printf '%s' "$expected") <(printf '%s' "$actual")
}

code=0 inside=no
cp correct.pol demo.pol
while IFS= read -r line; do
  case "$inside:$line" in
    no:'```console') inside=yes ;;
    yes:'```') compare; command='' inside=no ;;
    yes:'$ echo $?') compare; command=$line expected='' actual=$code$'\n' ;;
    yes:'$ polc '*)
      compare
      command=${line#'$ '} expected=''
      actual=$(eval "$command" 2>&1; echo "code $?")
      code=${actual##*code }
      actual=${actual%code *}
      ;;
    yes:*) expected+=$line$'\n' ;;
    no:'**Mistakes'*) sed 's/registry(/regsitry(/' correct.pol >demo.pol ;;
  esac
done <"$readme"

echo "$commands commands, $differences differences"
[ "$commands" -gt 3 ] && [ "$differences" = 0 ]
