# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by commands.sh: org.gnome.Platform and org.gnome.Sdk made of Debian
# packages, and the modules' tarballs out of Debian's source packages, for machines
# that reach a Debian archive and nothing else. What an archive has no source of is
# its library, unpacked.
#
# A stand-in holds what the real runtime holds, and no more: a library that Sonde
# has to bring along is missing in both.
#
# Every tree is mmdebstrap's own work, without hooks, and comes out as a stream.
# The machine's apt-get must never be pointed at a tree: its configuration names no
# dpkg root, and the packages would land on the machine.

standin_locales=(en_US de_DE zh_CN ar_EG)

standin_platform=(
  adwaita-icon-theme ca-certificates dconf-gsettings-backend enchant-2 hunspell-en-us
  fonts-cantarell fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core
  glib-networking gsettings-desktop-schemas hicolor-icon-theme iso-codes libadwaita-1-0
  libarchive13t64 libegl1 libgl1 libgl1-mesa-dri libgles2 libglib2.0-bin libgtk-4-1 libgtk-4-bin
  libgtksourceview-5-0 libjson-glib-1.0-0 liblcms2-2 libnss3 libopenjp2-7 librsvg2-common libseccomp2
  libsecret-1-0 libsoup-3.0-0 libsqlite3-0 libxml2-utils locales python3-minimal shared-mime-info tzdata
)
standin_sdk=(
  appstream build-essential ccache cmake dbus-daemon debugedit desktop-file-utils elfutils file
  gdb gettext libadwaita-1-dev libarchive-dev libenchant-2-dev libgtk-4-dev
  libgtksourceview-5-dev libicu-dev libjson-glib-dev libseccomp-dev libsecret-1-dev
  libsoup-3.0-dev libsqlite3-dev libxml2-dev liblcms2-dev libjpeg-dev libopenjp2-7-dev
  libtiff-dev libnss3-dev libcairo2-dev libfontconfig-dev libfreetype-dev
  meson ninja-build patch pkgconf python3
)

# GNOME 48 is Debian 13's and 51 Debian testing's; no Debian has 49 or 50.
standin_suite() { # standin_suite RUNTIME-VERSION
  case $1 in
    48) echo trixie ;;
    51) echo forky ;;
    *) die "no stand-in for version $1 of the runtime: 48 and 51 have one" ;;
  esac
}

standin_packages() { # standin_packages RUNTIME-VERSION platform|sdk: one a line
  printf '%s\n' "${standin_platform[@]}"
  case $1 in
    48) printf '%s\n' fonts-inter libicu76 ;;
    51) printf '%s\n' fonts-adwaita-sans libicu78 ;;
  esac
  [ "$2" = platform ] || printf '%s\n' "${standin_sdk[@]}"
}

# The testing index of a mirror may be older than it says it is good for.
standin_tree() { # standin_tree RUNTIME-VERSION platform|sdk DIRECTORY
  local dir=$3 packages locale
  packages=$(standin_packages "$1" "$2" | paste -sd,)
  rm -rf --one-file-system "$dir"
  mkdir -p "$dir"
  TMPDIR=$flatpak_cache mmdebstrap --quiet --variant=minbase --include="$packages" \
    --aptopt='Acquire::Check-Valid-Until "false"' --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' \
    "$(standin_suite "$1")" - "$(archive "$machine_codename")" |
    tar -x -C "$dir" --no-same-owner --exclude='./dev/*'
  for locale in "${standin_locales[@]}"; do
    bwrap --bind "$dir" / --dev /dev --proc /proc --unsetenv LD_PRELOAD \
      localedef -i "$locale" -f UTF-8 "$locale.UTF-8"
  done
}

# The tree's /usr with its /etc in it, as flatpak wants a runtime.
standin_export() { # standin_export RUNTIME-VERSION RUNTIME-ID TREE
  local tree=$3 dir=$3.runtime program
  rm -rf --one-file-system "$dir"
  mkdir -p "$dir/files" # asked for, though a runtime is in usr/
  mv "$tree/usr" "$dir/usr"
  mv "$tree/etc" "$dir/usr/etc"
  rm -rf --one-file-system "$tree"
  (
    cd "$dir/usr"
    rm -rf etc/{ld.so.*,shadow*,gshadow*,apt,machine-id,resolv.conf} local games src
    # What Flatpak makes its loader cache from.
    cat >etc/ld.so.conf <<'END'
include /run/flatpak/ld.so.conf.d/app-*.conf
/app/lib
include /run/flatpak/ld.so.conf.d/runtime-*.conf
END
    # A sandbox looks for programs in /app/bin and /usr/bin.
    for program in sbin/*; do
      [ -e "bin/${program#sbin/}" ] || ln -s "../$program" bin/
    done
  )
  cat >"$dir/metadata" <<END
[Runtime]
name=$2
runtime=org.gnome.Platform/$flatpak_arch/$1
sdk=org.gnome.Sdk/$flatpak_arch/$1

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
END
  flatpak build-export --runtime --disable-sandbox "$flatpak_repo" "$dir" "$1"
  rm -rf --one-file-system "$dir"
}

# Makes and installs both, unless they are there already and of the same packages.
make_standin() { # make_standin RUNTIME-VERSION
  local version=$1 kind id want stamp=$flatpak_cache/standin-$1
  want=$(
    printf '%s\n' "$(standin_suite "$version")" "${standin_locales[@]}"
    standin_packages "$version" sdk
    declare -f standin_tree standin_export
  )
  [ "$(cat "$stamp" 2>/dev/null)" != "$want" ] || return 0
  for kind in platform sdk; do
    id=org.gnome.Platform
    [ $kind = platform ] || id=org.gnome.Sdk
    step "the stand-in of $id $version" standin_tree "$version" $kind "$flatpak_cache/$kind-$version"
    step "its export" standin_export "$version" $id "$flatpak_cache/$kind-$version"
  done
  step "their installation" install_refs "org.gnome.Platform//$version" "org.gnome.Sdk//$version"
  step "pruning" flatpak build-update-repo --prune --prune-depth=0 "$flatpak_repo"
  echo "$want" >"$stamp"
}

# --- what the modules are made of ---------------------------------------------

source_apt() { # apt-get with a source list, lists and a cache of its own
  local dir=$flatpak_cache/sources
  apt-get -q -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$dir/lists" -o Dir::Cache="$dir" -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Check-Valid-Until=false "$@"
}

update_source_lists() { # once in a run
  local dir=$flatpak_cache/sources suite kind
  [ -z "${source_lists_updated:-}" ] || return 0
  mkdir -p "$dir/lists/partial" "$dir/archives/partial"
  for suite in trixie forky; do
    for kind in deb deb-src; do
      echo "$kind [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
        "$(archive "$machine_codename") $suite main"
    done
  done >"$dir/sources.list"
  source_apt update && source_lists_updated=1
}

# A module has the name of Debian's source package; its tarball is known by its checksum.
fetch_tarball() { # fetch_tarball MODULE URL CHECKSUM
  local dir=$flatpak_cache/sources downloads=$flatpak_cache/extra/downloads/$3 suite file
  [ ! -e "$downloads/${2##*/}" ] || return 0
  update_source_lists || return 1
  for suite in trixie forky; do
    # Of the parts of a source package, an archive may lack others than the tarball.
    (cd "$dir" && source_apt source --download-only "$1/$suite") || :
    for file in "$dir/$1"_*.orig.tar.*; do
      [ -e "$file" ] && [ "$(sha256sum <"$file")" = "$3  -" ] || continue
      mkdir -p "$downloads"
      mv "$file" "$downloads/${2##*/}"
      return
    done
  done
  echo "no Debian source package has the tarball of $1 with the checksum $3" >&2
  return 1
}

# An archive may have a library and not its source. Then the library itself is the module.
fetch_library() { # fetch_library MODULE DIRECTORY
  local -a packages
  local package
  case $1 in
    libspelling) packages=(libspelling-1-2 libspelling-1-dev) ;;
    *) return 1 ;;
  esac
  update_source_lists || return 1
  rm -rf --one-file-system "$2.new"
  mkdir -p "$2.new"
  for package in "${packages[@]}"; do
    (cd "$2.new" && source_apt download "$package/$(standin_suite "$flatpak_version")") || return 1
  done
  mv "$2.new" "$2"
}

use_library() { # use_library MANIFEST MODULE DIRECTORY
  jq --arg name "$2" '
    (.modules[] | select(.name == $name)) = {
      name: $name,
      buildsystem: "simple",
      "build-commands": [
        "for deb in *.deb; do dpkg-deb -x $deb tree; done",
        "mkdir -p /app/lib && cp -a tree/usr/lib/*-linux-gnu/. /app/lib/",
        "cp -a tree/usr/include /app/",
        "sed -i -e s,^prefix=.*,prefix=/app, -e s,^libdir=.*,libdir=/app/lib, /app/lib/pkgconfig/*.pc"
      ],
      sources: [$ARGS.positional[] | { type: "file", path: . }]
    }' "$1" --args "$3"/*.deb >"$1.new" && mv "$1.new" "$1"
}

# Brings what the modules are made of, and changes the manifest where it has to.
fetch_sources() { # fetch_sources MANIFEST
  local name url sum library
  while read -r name url sum; do
    library=$flatpak_cache/extra/$name-$flatpak_version
    if [ ! -d "$library" ]; then
      fetch_tarball "$name" "$url" "$sum" && continue
      fetch_library "$name" "$library" || return 1
    fi
    use_library "$1" "$name" "$library" || return 1
  done < <(jq -r '.modules[] | .name as $name | .sources[] | select(.type == "archive")
    | "\($name) \(.url) \(.sha256)"' "$1")
}
