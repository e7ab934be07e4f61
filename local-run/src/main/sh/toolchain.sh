# What ./run and ./test share: finding a JDK, Node and Maven, and building. Sourced by bash 3.2 (macOS) and newer.
# The caller has set $root, the folder of the repository.

say() { printf '%s\n' "$*"; }

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# The number of the feature release of the JDK in folder $1, or nothing where there is no compiler.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

# Sets JAVA_HOME: as it is when it will do, else the newest JDK found. $1 = oldest release that will do.
find_jdk() {
  local oldest="$1" best=0 best_home="" found="" home release on_path
  release="$(jdk_release "${JAVA_HOME:-/nowhere}")"
  if [ -n "$release" ] && [ "$release" -ge "$oldest" ]; then
    export JAVA_HOME
    return
  fi
  on_path="$(command -v java || true)"
  # A link, on Linux usually two, leads from the path to the JDK.
  while [ -L "$on_path" ]; do
    home="$(readlink "$on_path")"
    case "$home" in /*) on_path="$home" ;; *) on_path="$(dirname "$on_path")/$home" ;; esac
  done
  for home in \
    "$(dirname "$(dirname "${on_path:-/nowhere/bin/java}")")" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
    release="$(jdk_release "$home")"
    [ -n "$release" ] || continue
    found="$found $release"
    if [ "$release" -gt "$best" ]; then
      best="$release"
      best_home="$home"
    fi
  done
  if [ "$best" -lt "$oldest" ]; then
    fail "Timetether needs a JDK $oldest or newer (with javac)${found:+; found only:$found}.
Install one, for example from https://adoptium.net, or with the system's package manager:
  Debian, Ubuntu:  apt install openjdk-21-jdk-headless      macOS:  brew install openjdk
Where it is installed somewhere unusual, set JAVA_HOME to its folder."
  fi
  export JAVA_HOME="$best_home"
}

# Node builds the web app; nobody needs it where there is none.
need_node() {
  [ -f "$root/gateway/src/main/webui/package.json" ] || return 0
  local version
  version="$(node --version 2> /dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')"
  if [ -z "$version" ] || [ "$version" -lt 20 ]; then
    fail "Timetether's web app needs Node 20 or newer${version:+; found $version}.
Install it, for example from https://nodejs.org, or with:  brew install node"
  fi
}

# Sets TIMETETHER_CHROMIUM: as it is when it is set, else the Chromium or Chrome that is found. False when there is none.
find_chromium() {
  local found
  if [ -z "${TIMETETHER_CHROMIUM:-}" ]; then
    for found in chromium chromium-browser google-chrome google-chrome-stable; do
      if command -v "$found" > /dev/null; then
        TIMETETHER_CHROMIUM="$(command -v "$found")"
        break
      fi
    done
    for found in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
      if [ -z "${TIMETETHER_CHROMIUM:-}" ] && [ -x "$found" ]; then TIMETETHER_CHROMIUM="$found"; fi
    done
  fi
  export TIMETETHER_CHROMIUM="${TIMETETHER_CHROMIUM:-}"
  [ -x "$TIMETETHER_CHROMIUM" ]
}

# The browser tests need one; Debian's own is fetched where that is allowed.
need_chromium() {
  find_chromium || {
    [ -z "$TIMETETHER_CHROMIUM" ] && install_on_debian chromium && find_chromium
  } || fail "The tests in a browser need Chromium or Chrome${TIMETETHER_CHROMIUM:+; $TIMETETHER_CHROMIUM cannot be run}.
  Debian:  apt install chromium      macOS:  brew install --cask google-chrome
Where it is installed somewhere unusual, set TIMETETHER_CHROMIUM to the program. Without it:  ./test --fast"
}

# Installs packages, where root on a Debian or Ubuntu asks; else does nothing. What is still missing says so itself.
install_on_debian() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then return 0; fi
  DEBIAN_FRONTEND=noninteractive apt-get update -q || return 0
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" || return 0
}

# Sets $maven: the one on the path when it is 3.8 or newer, else the wrapper, which fetches its own.
find_maven() {
  local version
  maven="$root/mvnw"
  if command -v mvn > /dev/null; then
    version="$(mvn --version 2> /dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)"
    set -- $version
    if [ "${1:-0}" -gt 3 ] || { [ "${1:-0}" -eq 3 ] && [ "${2:-0}" -ge 8 ]; }; then
      maven=mvn
    fi
  fi
  # The build is short-lived: compiling the compiler's own code to the last costs more than it brings.
  export MAVEN_OPTS="${MAVEN_OPTS:--Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
}

# Runs Maven with the arguments after $1; everything goes to the log $1, the terminal gets one line for each module.
build_quietly() {
  local log="$1" line
  shift
  mkdir -p "$(dirname "$log")"
  (cd "$root" && "$maven" -B -ntp "$@") 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line" >> "$log.new"
    case "$line" in
      *'Building Timetether'*'['*']')
        line="${line#*Building }"
        say "  ${line% 1.0.0*}"
        ;;
    esac
  done
  local code="${PIPESTATUS[0]}"
  mv -f "$log.new" "$log"
  return "$code"
}

# The folders of the programs that ./run starts.
programs="office365-simulator local-run scheduling-service calendar-sync-service gateway"

# What the built programs were made from: names and, by being newer than the mark, contents.
source_files() {
  local module
  for module in $programs; do
    find "$root/$module/src/main" "$root/$module/pom.xml" -type f ! -path '*/node_modules/*' ! -path '*/generated/*' "$@"
  done
  find "$root/pom.xml" "$root/openapi" "$root/docs/problems.md" -type f "$@" 2> /dev/null
}

source_names() { source_files -print | sort | cksum; }

mark="$root/target/built"

is_built() {
  [ -f "$mark" ] && [ "$(cat "$mark")" = "$(source_names)" ] || return 1
  [ -f "$root/office365-simulator/target/office365-simulator.jar" ] || return 1
  [ -f "$root/local-run/target/local-run.jar" ] || return 1
  local service
  for service in scheduling-service calendar-sync-service gateway; do
    [ -f "$root/$service/target/quarkus-app/quarkus-run.jar" ] || return 1
  done
  [ -z "$(source_files -newer "$mark" -print | head -n 1)" ]
}

# Call before building; what is changed while the build runs is newer than the mark then.
begin_mark() {
  mkdir -p "$root/target"
  source_names > "$mark.begun"
}

end_mark() { mv -f "$mark.begun" "$mark"; }
