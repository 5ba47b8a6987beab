#!/usr/bin/env bash
# Builds VibeDash and runs its tests. The last line of output is `N passed, N failed, N skipped`.
#
#   tests/run.sh         every test project
#   tests/run.sh fast    all but EndToEnd: no browser needed
#   tests/run.sh long    every test project; what is random or repeated, many times as often
#
# Test projects run one after the other: beside each other, the processes they start make each other miss their time limits on two cores. Only Core
# and Client, which start none, have the publishing for EndToEnd beside them.
#
# Debian packages that the tests need and that are missing are installed when this may be done (Debian or Ubuntu, root or
# sudo without a password); TESTS_INSTALL=no forbids it. TESTS_MINUTES bounds the whole run; one project may use half of it.
# With CI=true a skipped test fails the run, because there a skip means that a program was missing; only what needs the measured data may be
# skipped, where that is not beside the repository.
#
# Tests run in Release: what they judge is what is shipped, and a developer's `dotnet run` (Debug) can go on beside them.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# Debian keeps mosquitto where only root's PATH looks.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

readonly configuration=Release
readonly results="$PWD/artifacts/tests"
readonly minutes="${TESTS_MINUTES:-60}" beside=1
framework="$(sed -n 's/.*<TargetFramework>\(.*\)<.*/\1/p' Directory.Build.props)"
readonly framework
passed=0 failed=0 skipped=0 broken=no
child="" stopped="" publishing="" published="" auditing=""
# Of the test projects under way, by the id of their process (and process group): name, when it began, after how many seconds it is stopped.
declare -A running=() began=() limits=()

main() {
  local scope="${1:-all}"
  if [[ $# -gt 1 || ! $scope =~ ^(all|fast|long)$ || ! $minutes =~ ^[1-9][0-9]*$ ]]; then
    echo "usage: [TESTS_MINUTES=60] [TESTS_INSTALL=no] tests/run.sh [all|fast|long]" >&2
    exit 2
  fi
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM

  # What an earlier run left would be told as this one's, were there no tests to run.
  mkdir -p "$results"
  rm -f "$results"/*.xml "$results"/*.log
  provide "$scope" || finish
  build || finish
  [[ $scope != long ]] || export VIBEDASH_LONG=1
  [[ $scope == fast ]] || publish
  [[ $scope == fast ]] || audit
  local project
  while read -r project; do
    while ((${#running[@]} >= beside)); do end_project; done
    [[ $project == *.Core.Tests || $project == *.Client.Tests ]] || end_publish
    start_project "$project"
  done < <(projects "$scope")
  while ((${#running[@]} > 0)); do end_project; done
  finish
}

# ---- What the tests need ------------------------------------------------------------------------------------------------------

# One line for each missing program: its name, a colon, and the Debian package it is in ("-" when it is in none).
missing() {
  local scope="$1"
  dotnet --version >/dev/null 2>&1 || echo "dotnet:-"
  command -v node >/dev/null || echo "node:nodejs"
  command -v npm >/dev/null || echo "npm:npm"
  command -v mosquitto >/dev/null || echo "mosquitto:mosquitto"
  command -v mosquitto_pub >/dev/null || echo "mosquitto_pub:mosquitto-clients"
  [[ $scope == fast ]] || command -v chromium >/dev/null || echo "chromium:chromium"
}

provide() {
  local scope="$1" lacking packages
  lacking="$(missing "$scope")"
  packages="$(sed -n 's/^[^:]*:\([^-].*\)$/\1/p' <<<"$lacking")"
  if [[ -n $packages ]] && may_install; then
    # shellcheck disable=SC2086 # one word a package
    install $packages || echo "Installing did not succeed." >&2
    hash -r
    lacking="$(missing "$scope")"
  fi
  [[ -n $lacking ]] || return 0

  broken=yes
  echo "The tests need programs that are missing here:" >&2
  local line
  while IFS= read -r line; do
    case "$line" in
      dotnet:*) echo "  dotnet         a .NET SDK that global.json accepts: $(sdk_wanted) or a later 10.0.x (Microsoft's 'Install .NET' page)" ;;
      node:*) echo "  node           Node.js, for one npm package the build takes (apt-get install nodejs)" ;;
      npm:*) echo "  npm            it comes with Node.js, on Debian by itself (apt-get install npm)" ;;
      mosquitto:*) echo "  mosquitto      the MQTT broker (apt-get install mosquitto)" ;;
      mosquitto_pub:*) echo "  mosquitto_pub  the MQTT command line clients (apt-get install mosquitto-clients)" ;;
      chromium:*) echo "  chromium       the browser (apt-get install chromium), or leave its tests out: tests/run.sh fast" ;;
    esac
  done <<<"$lacking" >&2
  return 1
}

sdk_wanted() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json; }

may_install() {
  [[ ${TESTS_INSTALL:-yes} != no ]] || return 1
  grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release || return 1
  command -v apt-get >/dev/null || return 1
  [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null
}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi
}

install() {
  echo "Installing $*"
  local policy=/usr/sbin/policy-rc.d own_policy=no status=0
  # Debian starts a service it has installed. The tests bring their own broker; one on port 1883 would be in the way.
  if [[ ! -e $policy ]]; then
    own_policy=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  as_root apt-get update -q \
    && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@" </dev/null || status=$?
  if [[ $own_policy == yes ]]; then as_root rm -f "$policy"; fi
  # Nor is it to start with the machine from now on.
  if [[ " $* " == *" mosquitto "* && -d /run/systemd/system ]]; then as_root systemctl disable --quiet mosquitto || true; fi
  return "$status"
}

# ---- Build and run ------------------------------------------------------------------------------------------------------------

# At most that many seconds, and no longer than the run may last. Sets `limit`; fails when there is no time left.
limit_to() {
  limit=$((minutes * 60 - SECONDS))
  ((limit > 0)) || { stopped="not run, the $minutes minutes of this run were over"; return 1; }
  ((limit < $1)) || limit=$1
}

# Whether `timeout` has stopped a command: its exit code, when the command began, its limit.
was_stopped() { [[ $1 == 124 || $1 == 137 ]] && ((SECONDS - $2 >= $3)); }

# shellcheck disable=SC2317 # called by a trap
stop_all() {
  if [[ -n $child ]]; then kill "$child" 2>/dev/null || true; fi
  if [[ -n $publishing ]]; then kill "$publishing" 2>/dev/null || true; fi
  if [[ -n $auditing ]]; then kill "$auditing" 2>/dev/null || true; fi
  if [[ -n $published ]]; then rm -rf "$published"; fi
  local id
  for id in "${!running[@]}"; do
    kill "$id" 2>/dev/null || true
    echo "== ${running[$id]}: not ended"
    cat "$results/${running[$id]}.log"
  done
}

build() {
  echo "== Building ($configuration)"
  local status=0 servers=()
  [[ ${CI:-} != true ]] || servers=(-nodeReuse:false)
  local limit began_at=$SECONDS
  if limit_to $((minutes * 60)); then
    # In the background, so that a signal to this script is handled at once.
    timeout --kill-after=20 "$limit" dotnet build VibeDash.sln -c "$configuration" --nologo -v minimal "${servers[@]}" </dev/null &
    child=$!
    wait "$child" || status=$?
    child=""
    # The compiler's server halves the time of the build. One that stays behind keeps the output open, and CI waiting for its end.
    [[ ${CI:-} != true ]] || dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
    [[ $status != 0 ]] || return 0
    if was_stopped "$status" "$began_at" "$limit"; then stopped="HUNG, stopped after $limit seconds"; fi
  fi
  broken=yes
  if [[ -n $stopped ]]; then echo "The build $stopped."; else echo "The build failed."; fi
  return 1
}

# Advisories against packages, beside the tests that start no processes. Only one that was found fails the run, not a registry that does not answer.
audit() {
  timeout --kill-after=5 240 tests/audit.sh </dev/null >"$results/audit.log" 2>&1 &
  auditing=$!
}

end_audit() {
  [[ -n $auditing ]] || return 0
  local status=0
  wait "$auditing" || status=$?
  auditing=""
  echo "== Advisories"
  cat "$results/audit.log"
  if [[ $status == 1 ]]; then
    echo "A package has a known vulnerability."
    failed=$((failed + 1))
  elif [[ $status != 0 ]]; then
    echo "Advisories: NOT KNOWN, asking for them was ended."
  fi
}

# The server as its users get it, which is compiled ahead of time: the processes that Server's tests start and kill take half the work to start.
# Without it they are those of the build, and EndToEnd publishes one itself, and reports what failed.
publish() {
  published="$(mktemp -d)"
  timeout --kill-after=20 $((minutes * 30)) dotnet publish src/VibeDash.Server -c "$configuration" -o "$published/server" --disable-build-servers \
    -p:RunAnalyzers=false </dev/null >"$results/publish.log" 2>&1 &
  publishing=$!
}

end_publish() {
  [[ -n $publishing ]] || return 0
  if wait "$publishing"; then export VIBEDASH_PUBLISHED="$published/server"; fi
  publishing=""
}

# The quick ones first.
projects() {
  local name
  for name in Core Client Server; do echo "tests/VibeDash.$name.Tests"; done
  # Any other, so that a new project cannot be forgotten.
  find tests -mindepth 2 -maxdepth 2 -name '*.Tests.csproj' -printf '%h\n' | sort \
    | grep -vE '/VibeDash\.(Core|Client|Server|EndToEnd)\.Tests$' || true
  [[ $1 == fast ]] || echo tests/VibeDash.EndToEnd.Tests
}

# A test project is a program. Run as one, and not under `dotnet test`, it also tells which test keeps it waiting.
start_project() {
  local project="$1" name limit
  name="$(basename "$project")"
  if ! limit_to $((minutes * 30)); then
    echo "$name: $stopped."
    failed=$((failed + 1))
    return
  fi
  echo "Running $name"
  # timeout gives it a process group of its own.
  timeout --kill-after=20 "$limit" dotnet "$project/bin/$configuration/$framework/$name.dll" --no-ansi --progress off \
    --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename "$name.xml" \
    --long-running 60 --xunit-diagnostics on </dev/null >"$results/$name.log" 2>&1 &
  running[$!]=$name began[$!]=$SECONDS limits[$!]=$limit
}

# Waits until one has ended, whichever it is, shows its output and counts its tests.
# The counts come from the report it writes when it ends in good order. Without a report it crashed or hung; that is counted as
# one failed test, whatever had passed before.
end_project() {
  local id status=0
  wait -n -p id "${!running[@]}" || status=$?
  local name="${running[$id]}" began_at="${began[$id]}" limit="${limits[$id]}" report
  report="$results/$name.xml"
  unset "running[$id]" "began[$id]" "limits[$id]"
  echo "== $name ($((SECONDS - began_at)) s)"
  # A server or broker that a test left behind would keep its port.
  local left=no
  if kill -KILL -- "-$id" 2>/dev/null; then left=yes; fi
  cat "$results/$name.log"
  [[ $left == no ]] || echo "$name: left processes behind; they were ended."

  if was_stopped "$status" "$began_at" "$limit"; then
    echo "$name: HUNG, stopped after $limit seconds."
    failed=$((failed + 1))
    return
  fi
  local totals
  totals="$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null | head -n 1)" || true
  if [[ $totals != *' passed="'* ]]; then
    echo "$name: CRASHED, it ended with exit code $status and without a report."
    failed=$((failed + 1))
    return
  fi

  local bad
  bad=$(($(count failed "$totals") + $(count errors "$totals")))
  passed=$((passed + $(count passed "$totals")))
  skipped=$((skipped + $(count skipped "$totals")))
  failed=$((failed + bad))
  # 8: the project has no tests. Only a run without any test at all is a fault.
  if [[ $bad == 0 && $status != 0 && $status != 8 ]]; then
    echo "$name: FAILED, no test did, but it ended with exit code $status."
    failed=$((failed + 1))
  fi
}

count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2" | grep . || echo 0; }

# Tests that were skipped for want of the measured data.
without_data() {
  { grep -oh 'Measured data is neither' "$results"/*.xml 2>/dev/null || true; } | wc -l
}

# A long log shows its end first: the names once more, and why.
name_failed() {
  cat "$results"/*.xml 2>/dev/null | awk -v RS='<test ' '
    /result="Fail"/ {
      match($0, /name="[^"]*/); print "FAILED " substr($0, RSTART + 6, RLENGTH - 6)
      if (match($0, /<message>[^<]*/)) {
        count = split(substr($0, RSTART + 9, RLENGTH - 9), lines, "\n")
        for (i = 1; i <= count && i <= 12; i++) print "  " lines[i]
      }
      if (match($0, /in [^ ]*\/tests\/[^<\n]*/)) print "  " substr($0, RSTART, RLENGTH)
    }' | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' || true
}

finish() {
  local status=0
  end_audit
  if [[ $broken == yes || $failed != 0 ]]; then
    status=1
  elif [[ $passed == 0 ]]; then
    echo "No test ran."
    status=1
  elif [[ ${CI:-} == true && $skipped -gt $(without_data) ]]; then
    echo "A test was skipped, and CI has to run them all."
    status=1
  fi
  name_failed
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}

main "$@"
