#!/usr/bin/env bash
# EF Core on SQLite: Ticks of a stored DateTime are wrong, also for a whole second.
#
# Guess: DateTime.Ticks in a query is either refused or exact: SQLite's integers hold it, and the text in the file has all seven digits.
# Seen (Microsoft.EntityFrameworkCore.Sqlite 10.0.15): it is translated to julianday(…) times 864,000,000,000: a double of days, cut to milliseconds before. 02:30:00
# sharp is 128 ticks less than in C#, .123 is 208 more, .1234567 is 4,359 less. The same property read and asked in C# is exact. So "from this
# instant on" by Ticks leaves out the row of that instant, and a page that goes on after the Ticks of its last row gets that row again, or misses one.
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
    <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.15" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'CODE'
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
using var database = new Readings(new DbContextOptionsBuilder<Readings>().UseSqlite(connection).Options);
database.Database.EnsureCreated();
var start = new DateTime(2026, 10, 25, 2, 30, 0, DateTimeKind.Utc);
foreach (var ticks in new[] { 0, 1_230_000, 1_230_100, 1_234_567 })
{
    var at = start.AddTicks(ticks);
    var row = new Reading { At = at };
    database.Add(row);
    database.SaveChanges();
    var inQuery = database.Rows.Where(r => r.Id == row.Id).Select(r => r.At.Ticks).Single();
    var read = database.Rows.AsNoTracking().Single(r => r.Id == row.Id).At.Ticks;
    Console.WriteLine($"{at:HH:mm:ss.fffffff}: in the query {inQuery - at.Ticks:+0;-0;0} ticks, read and asked in C# {read - at.Ticks:+0;-0;0}");
}

Console.WriteLine($"at or after the first by time {database.Rows.Count(r => r.At >= start)} of 4, by Ticks {database.Rows.Count(r => r.At.Ticks >= start.Ticks)}");
var second = start.AddTicks(1_230_000);
Console.WriteLine($"after the second by time {database.Rows.Count(r => r.At > second)} of 4, by Ticks {database.Rows.Count(r => r.At.Ticks > second.Ticks)}");

internal sealed class Reading
{
    public int Id { get; set; }

    public DateTime At { get; set; }
}

internal sealed class Readings(DbContextOptions<Readings> options) : DbContext(options)
{
    public DbSet<Reading> Rows => Set<Reading>();
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='02:30:00.0000000: in the query -128 ticks, read and asked in C# 0
02:30:00.1230000: in the query +208 ticks, read and asked in C# 0
02:30:00.1230100: in the query +108 ticks, read and asked in C# 0
02:30:00.1234567: in the query -4359 ticks, read and asked in C# 0
at or after the first by time 4 of 4, by Ticks 3
after the second by time 2 of 4, by Ticks 3'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
