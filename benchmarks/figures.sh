# Sourced by the scripts beside it: builds a service (scheduling, or what figures_module says) and runs one of its figures,
# which starts a PostgreSQL and the packaged service itself and stops them. Scheduling's need pgbench on the path.
figures() { # class, then SECONDS [ROUNDS [CLIENTS]] and further -D settings, as given to the script
  local class="$1" root name
  local -a settings=()
  shift
  for name in seconds rounds clients; do
    case "${1:-}" in
      [0-9]*) settings+=("-Dfigures.$name=$1"); shift ;;
    esac
  done
  root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
  . "$root/local-run/src/main/sh/toolchain.sh"
  find_jdk 21
  find_maven
  cd "$root"
  "$maven" -q -B -ntp -pl "${figures_module:-scheduling-service}" -am verify -DskipITs=false -Dspotless.check.skip -Dspotless.skip \
    -Dtest=None -Dit.test="$class" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
    "${settings[@]}" "$@" | grep FIGURE
}
