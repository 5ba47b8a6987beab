#!/usr/bin/env bash
# Asks the registries for advisories against the packages in use: those of the solution (NuGet) and of each package-lock.json (npm).
# Ends with 1 when a package has one. A registry that does not answer, or has no advisories to give, is told and is no fault.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
readonly seconds=60
found=0

unknown() { echo "$1: NOT KNOWN, $2"; }

# `dotnet list` says "no vulnerable packages" of a source that has no advisories, too: so it is asked for them first.
serves_advisories() {
  dotnet nuget list source --format short 2>/dev/null | sed -n 's/^E //p' | while read -r source; do
    curl -fsSL --max-time 20 "$source" 2>/dev/null | tr ',{' '\n\n' | sed -n 's/.*"@id" *: *"\([^"]*vulnerabilit[^"]*\)".*/\1/p' | head -n 1
  done | while read -r index; do
    curl -fsSL --max-time 20 -o /dev/null "$index" 2>/dev/null && echo yes
  done | grep -q yes
}

audit_nuget() {
  local answer
  if ! serves_advisories; then
    unknown "NuGet" "no source serves advisories"
  elif ! answer="$(timeout "$seconds" dotnet list VibeDash.sln package --vulnerable --include-transitive 2>&1)"; then
    unknown "NuGet" "$(tail -n 1 <<<"$answer")"
  elif grep -q '^ *> ' <<<"$answer"; then
    echo "$answer"
    found=1
  else
    echo "NuGet: no known vulnerability"
  fi
}

audit_npm() {
  local folder="$1" answer
  answer="$(cd "$folder" && timeout "$seconds" npm audit --package-lock-only --json 2>/dev/null)"
  if ! grep -q '"auditReportVersion"' <<<"$answer"; then
    unknown "npm, $folder" "the registry did not answer"
  elif grep -q '"vulnerabilities": {}' <<<"$answer"; then
    echo "npm, $folder: no known vulnerability"
  else
    echo "npm, $folder:"
    echo "$answer"
    found=1
  fi
}

audit_nuget
while read -r lock; do audit_npm "$(dirname "$lock")"; done < <(find . -name node_modules -prune -o -name package-lock.json -print | sort)
exit "$found"
