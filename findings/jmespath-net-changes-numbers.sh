#!/usr/bin/env bash
# JmesPath.Net sorts 2, 1.5, 10 to 2, 2, 10: it changes the numbers.
#
# Guess: JSON has one kind of number, as JMESPath says; sort orders 2, 1.5, 10 to 1.5, 2, 10, and 7 == 7.0.
# Seen (JmesPath.Net 1.1.0): if the first number of a list is written without a decimal point, sort makes whole numbers of all others (1.5 becomes 2, silently), and
# sort_by orders by such rounded keys: the lower of 2 and 1.5 comes second. If the first has a point, both are right. And 7 and 7.0 are unequal in ==,
# != and contains(), while <, <=, > and >= compare by value, so that 7.0 is <= 7 and >= 7 and != 7. Most devices write 7 for 7.0, now and then:
# a level is sorted, found or passed over by the luck of its last digit.
#
# Needs the .NET 10 SDK. Ends with 0 while this holds.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Look.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="JmesPath.Net" Version="1.1.0" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'CODE'
var path = new DevLab.JmesPath.JmesPath();
foreach (var (query, json) in new[]
{
    ("sort(@)", "[2, 1.5, 10]"),
    ("sort(@)", "[2.0, 1.5, 10]"),
    ("sort_by(@, &rms)[].id", """[{"id": "a", "rms": 2}, {"id": "b", "rms": 1.5}]"""),
    ("sort_by(@, &rms)[].id", """[{"id": "a", "rms": 2.0}, {"id": "b", "rms": 1.5}]"""),
    ("[?rms == `7`].id", """[{"id": "a", "rms": 7}, {"id": "b", "rms": 7.0}]"""),
    ("[?rms >= `7` && rms <= `7`].id", """[{"id": "a", "rms": 7}, {"id": "b", "rms": 7.0}]"""),
    ("contains(@, `7`)", "[7.0]"),
})
{
    Console.WriteLine($"{query} of {json}: {path.Transform(json, query)}");
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='sort(@) of [2, 1.5, 10]: [2,2,10]
sort(@) of [2.0, 1.5, 10]: [1.5,2.0,10.0]
sort_by(@, &rms)[].id of [{"id": "a", "rms": 2}, {"id": "b", "rms": 1.5}]: ["a","b"]
sort_by(@, &rms)[].id of [{"id": "a", "rms": 2.0}, {"id": "b", "rms": 1.5}]: ["b","a"]
[?rms == `7`].id of [{"id": "a", "rms": 7}, {"id": "b", "rms": 7.0}]: ["a"]
[?rms >= `7` && rms <= `7`].id of [{"id": "a", "rms": 7}, {"id": "b", "rms": 7.0}]: ["a","b"]
contains(@, `7`) of [7.0]: false'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
