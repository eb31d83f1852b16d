#!/usr/bin/env bash
# apt.sh PURPOSE PACKAGE...: installs Debian packages, or says what to install.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
apt_install "$@"
