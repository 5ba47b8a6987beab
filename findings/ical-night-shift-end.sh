#!/usr/bin/env bash
# Ical.Net: a night shift from 22:00 to 06:00 ends at 05:00 or 07:00 when the clocks change, and may stay an hour wrong for good.
#
# Guess: an event with DTSTART 22:00 and DTEND 06:00 in Europe/Berlin that comes daily ends at 06:00 by the clock on the wall each day.
# Seen (Ical.Net 5.2.4): what recurs is the length of the first one (so RFC 5545, 3.8.5.3: "the same exact duration"). In the night of 2026-10-25 the shift ends at
# 05:00, on 2026-03-29 at 07:00. And if the first one is that night, its nine hours go on: every later shift runs to 07:00 and overlaps the early shift by
# an hour, until somebody notices. With DURATION:PT8H the shift of that night ends at 05:00 too, the later ones are right.
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
    <PackageReference Include="Ical.Net" Version="5.2.4" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'CODE'
using Ical.Net;
using Ical.Net.DataTypes;

foreach (var first in new[] { "20261023", "20261024", "20260327" })
{
    var next = $"{first[..6]}{int.Parse(first[6..]) + 1}";
    var calendar = Calendar.Load($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//shifts//
        BEGIN:VEVENT
        UID:night
        DTSTAMP:20260101T000000Z
        DTSTART;TZID=Europe/Berlin:{first}T220000
        DTEND;TZID=Europe/Berlin:{next}T060000
        RRULE:FREQ=DAILY;COUNT=3
        END:VEVENT
        END:VCALENDAR
        """)!;
    var shifts = calendar.Events.Single().GetOccurrences(new CalDateTime(2026, 1, 1)).Select(o => $"{Wall(o.Period.StartTime)}-{Wall(o.Period.EffectiveEndTime!)}");
    Console.WriteLine(string.Join(", ", shifts));
}

static string Wall(CalDateTime time) => TimeZoneInfo.ConvertTimeFromUtc(time.AsUtc, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("MM-dd HH:mm");
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='10-23 22:00-10-24 06:00, 10-24 22:00-10-25 05:00, 10-25 22:00-10-26 06:00
10-24 22:00-10-25 06:00, 10-25 22:00-10-26 07:00, 10-26 22:00-10-27 07:00
03-27 22:00-03-28 06:00, 03-28 22:00-03-29 07:00, 03-29 22:00-03-30 06:00'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
