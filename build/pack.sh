#!/usr/bin/env bash
# Packs the tool and the libraries into a folder (out/packages), and tries them as a user would who has nothing but that folder: installs the tool into an
# empty place and runs it, and builds and runs the programs below samples/ against the packages. The tool is packed for three platforms; with --here, as
# build.sh runs it, for this one alone, which takes a minute less and fetches no native libraries of others.
set -euo pipefail
cd "$(dirname "$0")/.."
export UseSharedCompilation=true
tool=(-p:AllPlatforms=true)
if [ "${1:-}" = --here ]; then
  shift
  case "$(uname -s)" in Linux) here=linux-x64 ;; Darwin) here=osx-arm64 ;; *) here=win-x64 ;; esac
  tool=("-p:ToolPackageRuntimeIdentifiers=$here")
fi
packages=${1:-out/packages}
mkdir -p "$packages"
packages=$(cd "$packages" && pwd)
rm -f "$packages"/*.nupkg "$packages"/*.snupkg
work=$(mktemp -d)
built=$PWD/out/packing
trap 'rm -rf "$work" "$built"' EXIT
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
libraries="Core Quantum Devices Torch Diffusion Models Imaging"

# A folder of its own for what is built, so that ordinary builds and their lock files stay as they are; inside the repository, whose place is left out of what
# is built.
pack() {
  local project=$1
  shift
  dotnet pack "src/$project" -c Release -v q -o "$packages" -p:ContinuousIntegrationBuild=true "$@"
}

echo "== libraries"
# Programs name the native libraries themselves.
for library in $libraries; do pack "Fovea.$library" --artifacts-path "$built/libraries" -p:PrivateNatives=all; done

echo "== tool"
pack Fovea.Cli --artifacts-path "$built/tool" -p:PackTool=true "${tool[@]}"
rm -rf "$built"
ls -l "$packages" | awk 'NR > 1 { printf "%8.1f MB  %s\n", $5 / 1e6, $9 }'
for package in "$packages"/fovea.*.nupkg; do
  [ "$(stat -c %s "$package")" -lt 250000000 ] || { echo "$package: larger than 250 MB" >&2; exit 1; }
done

echo "== the tool, installed"
dotnet tool install fovea --version "$version" --tool-path "$work/tools" --add-source "$packages"
(
  cd "$work"
  tools/fovea --version
  tools/fovea doctor --quick
  tools/fovea circuit plan --qubits 8
  tools/fovea sample pretrained:fundus-64-quantum --count 4 --out "$work/images"
  [ "$(find images -name '0*.png' | wc -l)" -eq 4 ] || { echo "the tool drew no four images" >&2; exit 1; }
)

echo "== samples, against the packages"
# Outside the repository, whose settings would reach them; packages that are here already are not fetched again.
mkdir "$work/samples"
cp samples/Fovea.Samples/*.cs "$work/samples"
cat > "$work/samples/Samples.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <RestoreAdditionalProjectSources>$packages</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$work/cache</RestorePackagesPath>
    <RestoreFallbackFolders>$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')</RestoreFallbackFolders>
  </PropertyGroup>
  <ItemGroup>
$(for library in Devices Diffusion Imaging Models Quantum Torch; do echo "    <PackageReference Include=\"Fovea.$library\" Version=\"$version\" />"; done)
    <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" />
    <PackageReference Include="NetVips.Native.linux-x64" Version="8.18.7" />
  </ItemGroup>
</Project>
PROJECT
(
  cd "$work/samples"
  dotnet build -c Release -v q
  dotnet bin/Release/net10.0/Samples.dll gradients noise mixture hybrid latent
)
echo "packed and tried: $packages"
