#!/usr/bin/env bash
# Builds and runs the tests of `fovea studio` in the Chromium of this machine; without one they are skipped. They are no part of Fovea.slnx, as
# docs/decisions/0008-browser-tests.md says. Arguments go to the tests, as -class "*AccessTests"; FOVEA_SCREENSHOTS=FOLDER keeps a picture of each page.
set -euo pipefail
cd "$(dirname "$0")/.."
export UseSharedCompilation=true
dotnet build -c Release tests/Fovea.Browser.Tests -v q
dotnet tests/Fovea.Browser.Tests/bin/Release/net10.0/Fovea.Browser.Tests.dll "$@"
