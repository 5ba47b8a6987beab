#!/usr/bin/env bash
# EF Core on SQLite: a float column is never equal to its own value when the value stands in the query as a constant.
#
# Guess: row.Rms == 7.1f finds the row in which 7.1f was stored, as it does in C#, and as it does when the 7.1f is in a variable.
# Seen (Microsoft.EntityFrameworkCore.Sqlite 10.0.15): a constant is written into the SQL as 7.1, which SQLite takes for the double, while the stored number is the float
# widened, 7.0999999… for 7.1; so == finds nothing, and the row that is exactly on the limit is missed by >= (for 7.1) or by <= (for 0.1). The same
# query with the limit in a variable has a parameter, which is widened too, and is right. Limits that a float holds exactly, as 4.5, hide it.
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
database.Add(new Reading { Rms = 7.1f });
database.SaveChanges();
var rows = database.Rows;
var limit = 7.1f;
Console.WriteLine($"constant: == {rows.Count(row => row.Rms == 7.1f)}, <= {rows.Count(row => row.Rms <= 7.1f)}, >= {rows.Count(row => row.Rms >= 7.1f)}");
Console.WriteLine($"variable: == {rows.Count(row => row.Rms == limit)}, <= {rows.Count(row => row.Rms <= limit)}, >= {rows.Count(row => row.Rms >= limit)}");
Console.WriteLine(rows.Where(row => row.Rms == 7.1f).ToQueryString().Split('\n')[^1]);

internal sealed class Reading
{
    public int Id { get; set; }

    public float Rms { get; set; }
}

internal sealed class Readings(DbContextOptions<Readings> options) : DbContext(options)
{
    public DbSet<Reading> Rows => Set<Reading>();
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='constant: == 0, <= 1, >= 0
variable: == 1, <= 1, >= 1
WHERE "r"."Rms" = 7.1'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
