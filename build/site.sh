#!/usr/bin/env bash
# Makes a site of the documentation, with pages on all types of the libraries, in out/site, by docfx, which is installed into a folder of its own; a warning
# fails. Links to files that are no pages (weights, folders) lead nowhere there; that links lead somewhere in the repository is tested.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/Fovea.Cli -c Release -v q
[ -x out/docfx/docfx ] || dotnet tool install docfx --version 2.81.0 --tool-path out/docfx
rm -rf out/site out/site-api
out/docfx/docfx build/site/docfx.json --warningsAsErrors
echo "out/site/index.html"
