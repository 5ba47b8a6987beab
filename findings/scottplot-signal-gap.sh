#!/usr/bin/env bash
# ScottPlot: one NaN in a Signal, and the automatic scale is -10 to 10, or leaves values out.
#
# Guess: NaN is a gap in the faster Signal as it is in a Scatter; at least AutoScale goes by the values that are there.
# Seen (ScottPlot 5.1.59), levels 1, NaN, 60, 100: Scatter scales to -6 to 107. Signal and SignalXY get the limits Infinity to -Infinity, and are drawn in the scale of
# an empty plot, -11.5 to 11.5: the alarm level of 100 is outside of the picture and the chart looks quiet. SignalConst forgets what came before the gap
# and cuts the 1 off below. Without the gap all four show everything. A chart in a mail, which nobody can zoom, does not show what the mail is about.
#
# Needs the .NET 10 SDK and Debian's libfontconfig1. Ends with 0 while this holds.
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
    <PackageReference Include="ScottPlot" Version="5.1.59" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'CODE'
using System.Globalization;
using ScottPlot;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
double[] at = [0, 1, 2, 3];
foreach (var levels in new[] { new[] { 1, double.NaN, 60, 100 }, [1, 30, 60, 100] })
{
    foreach (var (name, add) in new (string, Action<Plot>)[]
    {
        ("Scatter", plot => plot.Add.Scatter(at, levels)), ("Signal", plot => plot.Add.Signal(levels)),
        ("SignalXY", plot => plot.Add.SignalXY(at, levels)), ("SignalConst", plot => plot.Add.SignalConst(levels)),
    })
    {
        using var plot = new Plot();
        add(plot);
        plot.Axes.AutoScale();
        var asked = plot.Axes.GetLimits();
        plot.GetImage(400, 300);
        var drawn = plot.Axes.GetLimits();
        Console.WriteLine($"{name} of {string.Join(", ", levels)}: {asked.Bottom:0.0} to {asked.Top:0.0}, drawn {drawn.Bottom:0.0} to {drawn.Top:0.0}");
    }
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='Scatter of 1, NaN, 60, 100: -6.4 to 107.4, drawn -6.4 to 107.4
Signal of 1, NaN, 60, 100: Infinity to -Infinity, drawn -11.5 to 11.5
SignalXY of 1, NaN, 60, 100: Infinity to -Infinity, drawn -11.5 to 11.5
SignalConst of 1, NaN, 60, 100: 57.0 to 103.0, drawn 57.0 to 103.0
Scatter of 1, 30, 60, 100: -6.4 to 107.4, drawn -6.4 to 107.4
Signal of 1, 30, 60, 100: -6.4 to 107.4, drawn -6.4 to 107.4
SignalXY of 1, 30, 60, 100: -6.4 to 107.4, drawn -6.4 to 107.4
SignalConst of 1, 30, 60, 100: -6.4 to 107.4, drawn -6.4 to 107.4'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
