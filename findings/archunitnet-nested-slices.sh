#!/usr/bin/env bash
# ArchUnitNET takes a nested namespace for a slice beside its parent, whatever the pattern.
#
# Guess: Slices().Matching("House.(*)..") makes one slice of House.Storage with all below it, as the same pattern does in ArchUnit for Java.
# Seen (TngTech.ArchUnitNET 0.13.5): "House.(*)", "House.(*)..", and "House.(**)" all give the slices Storage, Storage.Segments and Notes, so that
# a folder and its own subfolder, which use each other, are a "cycle". Whoever wants rooms by the first level has to group the types himself.
#
# Needs the .NET 10 SDK. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Slices.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TngTech.ArchUnitNET" Version="0.13.5" />
  </ItemGroup>
</Project>
PROJECT
cat > House.cs <<'CODE'
namespace House.Storage
{
    public class Database { public Segments.Segment? Newest { get; set; } }
}

namespace House.Storage.Segments
{
    public class Segment { public Database? Owner { get; set; } }
}

namespace House.Notes
{
    public class Note { public Storage.Database? Home { get; set; } }
}
CODE
cat > Program.cs <<'CODE'
using System;
using System.Linq;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;

var house = new ArchLoader().LoadAssemblies(typeof(House.Notes.Note).Assembly).Build();
foreach (var pattern in new[] { "House.(*)", "House.(*)..", "House.(**)" })
{
    var slices = SliceRuleDefinition.Slices().Matching(pattern);
    var names = slices.GetObjects(house).Select(slice => slice.Description).OrderBy(name => name, StringComparer.Ordinal);
    var cycles = SliceRuleDefinition.Slices().Matching(pattern).Should().BeFreeOfCycles().Evaluate(house).Count(result => !result.Passed);
    Console.WriteLine($"{pattern}: {string.Join(", ", names)}; cycles: {cycles}");
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='House.(*): Notes, Storage, Storage.Segments; cycles: 1
House.(*)..: Notes, Storage, Storage.Segments; cycles: 1
House.(**): Notes, Storage, Storage.Segments; cycles: 1'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
