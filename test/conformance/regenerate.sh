#!/usr/bin/env bash
#
# Runs every Rust program of the conformance cases on real Tokio and compares what it prints with
# what is written down. The ordinary tests need no Rust; this is how the reference itself is checked.
#
#   regenerate.sh [--check | --write] [--runs N] [--work FOLDER] [TOKIO] [NAME...]
#
#   --check         compare, say what differs, exit 1 if anything does (the default)
#   --write         write the outputs down
#   --runs N        run each program N times (default 3): one that varies is no reference
#   --work FOLDER   build there and keep it, so that the next time is quick (default: a
#                   temporary folder, removed at the end)
#   NAME...         only these cases (default: all)
#
# TOKIO says which Tokio:
#
#   (nothing)            1.24.2, from Debian's packages, without network
#   --tokio FOLDER       a checkout of Tokio; its other crates come from Debian, without network
#   --crates-io VERSION  that version, say 1.53.1; cargo fetches it
#
#   Debian's 1.24.2 is compared with     NAME.out
#   a newer Tokio is compared with       NAME.1.53.out if there is one, else NAME.out
#
# A program that has `// Needs: 1.53` among its first lines, or a NAME.1.53.out and no NAME.out, uses
# what 1.24.2 did not have yet. One whose first line ends in `[1.24.2]` and that has no NAME.1.53.out
# prints something else from run to run in newer versions, and is run on 1.24.2 only. One that opens
# sockets is not run on a checkout, which would need newer crates than Debian's for them.
#
# Exit: 0 all well, 1 something differs, 2 it could not be run.

set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
debian_crates=/usr/share/cargo/registry

stop() {
  echo "regenerate: $*" >&2
  exit 2
}

# What was asked for

mode=check
runs=3
work=
tokio=debian
checkout=
version=1.24
only=()

while [ $# -gt 0 ]; do
  option=$1
  shift
  case $option in
    --runs | --work | --tokio | --crates-io)
      [ $# -gt 0 ] || stop "$option needs a value"
      value=$1
      shift
      ;;
  esac
  case $option in
    --check) mode=check ;;
    --write) mode=write ;;
    --runs) runs=$value ;;
    --work) work=$value ;;
    --tokio) tokio=checkout checkout=$value ;;
    --crates-io) tokio=crates-io version=$value ;;
    -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0" && exit 0 ;;
    -*) stop "no option is called $option; see --help" ;;
    *) only+=("$option") ;;
  esac
done
[[ $runs =~ ^[1-9][0-9]*$ ]] || stop "--runs takes a number from 1 up, not $runs"

# What it needs

command -v cargo > /dev/null || stop "cargo is not installed (Debian: apt-get install cargo)"

if [ $tokio != crates-io ]; then
  for crate in tokio tokio-util futures; do
    compgen -G "$debian_crates/$crate-[0-9]*" > /dev/null ||
      stop "the crate $crate is not installed (Debian: apt-get install librust-tokio-dev" \
        "librust-tokio-util-dev librust-futures-dev)"
  done
fi
if [ $tokio = checkout ]; then
  [ -f "$checkout/tokio/src/lib.rs" ] || stop "$checkout is no checkout of Tokio"
  checkout=$(cd "$checkout" && pwd)
fi

if [ -z "$work" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
else
  mkdir -p "$work"
  work=$(cd "$work" && pwd)
fi

# The version in a checkout's manifest, of the package in folder $1.
version_of() {
  sed -n 's/^version = "\(.*\)"/\1/p' "$checkout/$1/Cargo.toml" | head -n 1
}

[ $tokio = checkout ] && version=$(version_of tokio)
[[ $version == 1.24 || $version == 1.24.* ]] && newer= || newer=1.53

# Which programs

# Whether this Tokio cannot say what the program $1 should print.
out_of_reach() {
  local case=${1%.rs}
  if [ $tokio = checkout ] && grep -q 'tokio::net' "$1"; then return 0; fi
  if [ -z "$newer" ]; then
    head -n 5 "$1" | grep -q '^// Needs: ' || [[ -f $case.1.53.out && ! -f $case.out ]]
  else
    [ ! -f "$case.1.53.out" ] && head -n 1 "$1" | grep -q '\[1\.24\.2\]$'
  fi
}

for name in "${only[@]}"; do
  [ -f "$here/cases/$name.rs" ] || [ -f "$here/extra/$name.rs" ] || [ -f "$here/random/$name.rs" ] || stop "no case is called $name"
done

sources=()
skipped=()
for source in "$here"/cases/*.rs "$here"/extra/*.rs "$here"/random/*.rs; do
  [ -f "$source" ] || continue
  name=$(basename "$source" .rs)
  if [ ${#only[@]} -gt 0 ] && [[ " ${only[*]} " != *" $name "* ]]; then continue; fi

  if out_of_reach "$source"; then skipped+=("$name"); else sources+=("$source"); fi
done
if [ ${#skipped[@]} -gt 0 ]; then
  echo "skipping what this version cannot say: ${skipped[*]}"
fi
[ ${#sources[@]} -gt 0 ] || stop "there is nothing to run"

# The package that builds them

# Tokio's own sources under manifests that Debian's crates satisfy: the features that the programs
# use, and no others. Debian's pin-project-lite does not know the attribute that is taken out; it
# says only that Sleep may not be moved, and decides nothing that happens at run time.
adapt_checkout() {
  local package
  for package in tokio tokio-util; do
    rm -rf "$work/$package"
    mkdir -p "$work/$package"
    cp -R "$checkout/$package/src" "$work/$package/src"
    find "$work/$package/src" -name '*.rs' -exec sed -i '/^ *#\[project(!Unpin)\]$/d' {} +
    printf '[package]\nname = "%s"\nversion = "%s"\nedition = "2021"\n' "$package" "$(version_of $package)" \
      > "$work/$package/Cargo.toml"
  done
  cat >> "$work/tokio/Cargo.toml" << 'TOML'
[features]
io-util = ["bytes"]
macros = ["tokio-macros"]
rt = []
sync = []
test-util = ["rt", "sync", "time"]
time = []
[dependencies]
bytes = { version = "1", optional = true }
pin-project-lite = "0.2"
tokio-macros = { version = ">=1.7, <3", optional = true }
[lints.rust]
unexpected_cfgs = "allow"
TOML
  cat >> "$work/tokio-util/Cargo.toml" << 'TOML'
[features]
rt = ["tokio/rt", "futures-util"]
[dependencies]
bytes = "1"
futures-core = "0.3"
futures-sink = "0.3"
futures-util = { version = "0.3", optional = true }
pin-project-lite = "0.2"
tokio = { path = "../tokio", features = ["sync"] }
[lints.rust]
unexpected_cfgs = "allow"
TOML
}

manifest() {
  local tokio_from util_from util_features= net=', "net"'
  case $tokio in
    debian) tokio_from='version = "1.24"' util_from='version = "0.7"' ;;
    checkout) tokio_from='path = "tokio"' util_from='path = "tokio-util"' util_features='"rt"' net= ;;
    crates-io) tokio_from="version = \"=$version\"" util_from='version = "0.7"' util_features='"rt"' ;;
  esac
  cat << TOML
[package]
name = "conformance"
version = "0.0.0"
edition = "2021"
autobins = false

[dependencies]
tokio = { $tokio_from, features = ["rt", "macros", "time", "sync", "io-util", "test-util"$net] }
tokio-util = { $util_from, features = [$util_features] }
futures = "0.3"

[profile.dev]
debug = 0
incremental = false

[workspace]
TOML
  local source
  for source in "${sources[@]}"; do
    printf '\n[[bin]]\nname = "%s"\npath = "%s"\n' "$(basename "$source" .rs)" "$source"
  done
}

mkdir -p "$work/.cargo"
offline=()
if [ $tokio = crates-io ]; then
  rm -f "$work/.cargo/config.toml"
else
  offline=(--offline)
  cat > "$work/.cargo/config.toml" << TOML
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "$debian_crates"
TOML
fi
[ $tokio != checkout ] || adapt_checkout
manifest > "$work/Cargo.toml"

echo "building ${#sources[@]} programs with Tokio $version"
(cd "$work" && RUSTFLAGS='-A warnings' cargo build --quiet --target-dir target "${offline[@]}") ||
  stop "the programs cannot be built"

# Runs them

bad=0

differs() {
  echo "$1"
  sed 's/^/    /' "$2"
  bad=1
}

run() { # the program, where its output goes
  timeout 20 "$1" > "$2" 2> "$work/stderr"
}

# What a case prints belongs into NAME.out; where a newer Tokio prints something else, that belongs
# into NAME.1.53.out.
write() { # the output, the case without ending
  if [ -z "$newer" ]; then
    cp "$1" "$2.out"
  elif [ -f "$2.out" ] && cmp -s "$1" "$2.out"; then
    rm -f "$2.1.53.out"
  else
    cp "$1" "$2.1.53.out"
  fi
}

for source in "${sources[@]}"; do
  case=${source%.rs}
  name=$(basename "$case")
  program=$work/target/debug/$name

  if ! run "$program" "$work/printed"; then
    differs "FAILED $name" "$work/stderr"
    continue
  fi
  for ((i = 1; i < runs; i++)); do
    run "$program" "$work/again" && cmp -s "$work/printed" "$work/again" && continue
    diff "$work/printed" "$work/again" > "$work/diff" || true
    differs "UNSTABLE $name: run $((i + 1)) prints something else" "$work/diff"
    continue 2
  done

  if [ $mode = write ]; then
    write "$work/printed" "$case"
    continue
  fi
  reference=$case.out
  [ -n "$newer" ] && [ -f "$case.1.53.out" ] && reference=$case.1.53.out
  [ -f "$reference" ] || reference=/dev/null
  diff -u --label "$(basename "$reference")" --label "Tokio $version" "$reference" "$work/printed" > "$work/diff" ||
    differs "DIFFERS $name" "$work/diff"
done

[ $bad -eq 0 ] || { echo "not all of ${#sources[@]} cases are as written down" && exit 1; }
[ $mode = write ] && done='written down' || done='as written down'
echo "${#sources[@]} cases, $runs runs each: $done"
