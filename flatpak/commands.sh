# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./dev: builds, installs, runs and tests the Flatpak, in an installation
# of its own under the cache folder. Where Flathub is not reached, the runtime is a
# stand-in made of Debian packages (standin.sh).

flatpak_cache=$cache/flatpak
flatpak_repo=$flatpak_cache/repo
flatpak_manifest=$here/flatpak/io.github.sondechat.Sonde.json
flathub=https://dl.flathub.org/repo/flathub.flatpakrepo
export FLATPAK_USER_DIR=$flatpak_cache/user
# shellcheck disable=SC1091
machine_codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")

# shellcheck source=flatpak/standin.sh
. "$here/flatpak/standin.sh"

step() { # step WHAT COMMAND...: runs it into a log and says how long it took
  local what=$1 start=$SECONDS log
  log=$flatpak_cache/log/${1// /-}
  shift
  mkdir -p "$flatpak_cache/log"
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    die "$what failed; the whole log: $log"
  fi
  say "$what: $((SECONDS - start)) s"
}

# --- what the machine needs ---------------------------------------------------

# Packages are only added, by name; nothing is upgraded and nothing removed.
add_packages() {
  if command -v apt-get >/dev/null; then
    # shellcheck disable=SC2016
    if dpkg-query -W -f '${db:Status-Status}\n' "$@" >"$flatpak_cache/packages" 2>&1 &&
      ! grep -qvx installed "$flatpak_cache/packages"; then
      return
    fi
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
      --no-install-recommends --no-upgrade --no-remove "$@"
  elif command -v dnf >/dev/null; then
    as_root dnf install -y --setopt=install_weak_deps=False "$@"
  elif command -v pacman >/dev/null; then
    as_root pacman -S --needed --noconfirm "$@"
  fi
}

prepare_machine() {
  local -a packages=(bubblewrap flatpak jq ostree)
  if command -v apt-get >/dev/null; then
    # What flatpak-builder calls, what makes a stand-in, and what a test stands on.
    packages+=(
      appstream-compose debugedit elfutils libyaml-0-2 mmdebstrap uidmap
      at-spi2-core dbus-daemon fuse3 gir1.2-atspi-2.0 gnome-keyring imagemagick python3-gi
      xdg-desktop-portal xdg-desktop-portal-gtk xdotool xvfb
    )
    [ "$machine_codename" = bookworm ] || packages+=(flatpak-builder)
  else
    packages+=(flatpak-builder)
  fi
  mkdir -p "$flatpak_cache"
  step "the machine's packages" add_packages "${packages[@]}"
}

# Debian 12's flatpak-builder calls a program that newer SDKs do not have. The one of
# its backports is unpacked into the cache; the machine's apt sources stay as they are.
unpack_builder() {
  local dir=$flatpak_cache/builder
  rm -rf "$dir"
  mkdir -p "$dir/lists/partial" "$dir/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
    "$(archive "$machine_codename") bookworm-backports main" >"$dir/sources.list"
  (
    cd "$dir"
    apt() {
      apt-get -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$dir/lists" -o Dir::Cache="$dir" -o APT::Sandbox::User="$(id -un)" "$@"
    }
    apt update
    apt download flatpak-builder/bookworm-backports
    dpkg -x flatpak-builder_*.deb root
  )
}

find_builder() {
  builder=flatpak-builder
  if [ "$machine_codename" = bookworm ]; then
    builder=$flatpak_cache/builder/root/usr/bin/flatpak-builder
    [ -x "$builder" ] || step "flatpak-builder of the backports" unpack_builder
  fi
}

# --- build and install --------------------------------------------------------

add_flathub() { timeout 60 flatpak remote-add --user --if-not-exists flathub "$flathub"; }

install_refs() {
  flatpak remote-add --user --if-not-exists --no-gpg-verify sonde "file://$flatpak_repo"
  flatpak install --user -y --noninteractive --reinstall sonde "$@"
}

# The manifest with what the command line changes; its sources stay where they are.
write_manifest() { # write_manifest MESON-OPTION...
  jq --arg version "$flatpak_version" --arg here "$here" '
    ."runtime-version" = $version
    | .modules[-1].sources[0].path = $here
    | .modules[-1]."config-opts" += $ARGS.positional' "$flatpak_manifest" --args "$@" \
    >"$flatpak_cache/manifest.json"
}

build_flatpak() { # build_flatpak MESON-OPTION...
  flatpak_id=$(jq -r .id "$flatpak_manifest")
  write_manifest "$@"
  prepare_runtime
  step "the build of $flatpak_id for $flatpak_version" \
    "$builder" --user --force-clean --ccache --repo="$flatpak_repo" \
    --state-dir="$flatpak_cache/state" "${flatpak_options[@]}" \
    "$flatpak_cache/build-$flatpak_id" "$flatpak_cache/manifest.json"
  step "its installation" install_refs "$flatpak_id"
}

# The runtime, and how flatpak-builder comes to it and to the modules' sources.
prepare_runtime() {
  # Plain files in the repository: nothing is compressed, and an installation is links.
  [ -d "$flatpak_repo" ] || ostree init --repo="$flatpak_repo" --mode=bare-user-only
  if [ -z "${SONDE_FLATPAK_STANDIN:-}" ] && add_flathub >/dev/null 2>&1; then
    flatpak_options=(--install-deps-from=flathub)
  else
    command -v apt-get >/dev/null || die "Flathub is not reached, and a stand-in needs a Debian machine"
    make_standin "$flatpak_version"
    step "the modules' sources" fetch_sources "$flatpak_cache/manifest.json"
    flatpak_options=(--extra-sources="$flatpak_cache/extra")
  fi
}

# --- what is done with it -----------------------------------------------------

# The demo service of the build directory, as a program of the machine.
write_service() { # write_service DIRECTORY
  mkdir -p "$1/tests/support"
  cat >"$1/tests/support/sonde-demo-service" <<END
#!/usr/bin/env bash
export HOME="$HOME" XDG_CACHE_HOME="${cache%/sonde}"
exec "$here/dev" sh "exec build/tests/support/sonde-demo-service \$*"
END
  chmod +x "$1/tests/support/sonde-demo-service"
}

in_sandbox() { # in_sandbox PYTHON-FILE [ARGUMENT...]: on a display, a bus and a home of their own
  "$here/dev" build
  write_service "$flatpak_cache/machine"
  env PYTHONPATH="$here/tests/support:$here/tests/flatpak" SONDE_BUILD_DIR="$flatpak_cache/machine" \
    SONDE_FLATPAK_ID="$flatpak_id" SONDE_TEST_ARTEFACTS="$flatpak_cache/pictures-$flatpak_version" \
    PATH="/usr/bin:/bin:$PATH" \
    "$here/tests/support/with-display" "$here/tests/support/with-keyring" python3 "$@"
}

start_flatpak() {
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec flatpak run --user "$flatpak_id" "$@"
  fi
  say "no display: one exchange with the demo service in the sandbox"
  in_sandbox "$here/tests/flatpak/show_sandboxed.py"
}

test_flatpak() { in_sandbox "$here/tests/flatpak/test_sandbox.py" "$@"; }

# Builds against everything that the newest versions of the libraries deprecate.
list_deprecations() {
  local log=$flatpak_cache/log/the-build-for-deprecations
  flatpak_id=$(jq -r .id "$flatpak_manifest")
  write_manifest -Dnewest-api=true
  prepare_runtime
  jq '.modules[-1]."run-tests" = false | .modules[-1]."config-opts" -= ["-Dtests=units"]
    | .modules[-1]."config-opts" += ["-Dtests=none"]' "$flatpak_cache/manifest.json" \
    >"$flatpak_cache/manifest-newest.json"
  step "the build for deprecations" \
    "$builder" --user --force-clean --build-only --state-dir="$flatpak_cache/state" \
    "${flatpak_options[@]}" "$flatpak_cache/build-newest" "$flatpak_cache/manifest-newest.json"
  sed -n 's|^.*\.\./\(src/.*\[-Wdeprecated-declarations\]\)$|\1|p' "$log" | sort -u
  say "$(grep -c 'Wdeprecated-declarations' "$log" || :) deprecated calls"
}

# --- ./dev flatpak ------------------------------------------------------------

flatpak_usage() {
  cat <<'END'
usage: ./dev flatpak [--devel] [--runtime 48|51] [COMMAND]

  run [ARGS]     build, install and start it (without a display: a screenshot)
  build          build and install it
  test           build and install it, and test it in its sandbox
  deprecations   what it calls that the runtime deprecates
END
}

run_flatpak() {
  local command
  flatpak_version=
  while [[ ${1:-} = --* ]]; do
    case $1 in
      --devel) flatpak_manifest=${flatpak_manifest%.json}.Devel.json ;;
      --runtime)
        flatpak_version=${2:-}
        shift
        ;;
      --help)
        flatpak_usage
        return
        ;;
      *)
        flatpak_usage >&2
        exit 2
        ;;
    esac
    shift
  done
  command=${1:-run}
  [ $# -eq 0 ] || shift
  mkdir -p "$flatpak_cache"
  exec 9>"$flatpak_cache/lock"
  flock 9
  prepare_machine
  find_builder
  flatpak_arch=$(flatpak --default-arch)
  [ -n "$flatpak_version" ] || flatpak_version=$(jq -r '."runtime-version"' "$flatpak_manifest")
  case $command in
    build) build_flatpak ;;
    run) build_flatpak && start_flatpak "$@" ;;
    test) build_flatpak && test_flatpak "$@" ;;
    deprecations) list_deprecations ;;
    *)
      flatpak_usage >&2
      exit 2
      ;;
  esac
}
