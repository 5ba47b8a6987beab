#!/usr/bin/env bash
# EF Core on SQLite: DateTimeOffset is compared as text, so the same instant with another offset is another value.
#
# Guess: a query that is translated means what C# means: == of two DateTimeOffsets is true for the same instant. Ordering is refused with an exception that
# names SQLite, so what is not refused is taken for right.
# Seen (Microsoft.EntityFrameworkCore.Sqlite 10.0.15): ==, Contains, Distinct and GroupBy are translated to comparisons of the text in the file. Of one instant stored
# as 02:30+02:00, 01:30+01:00 and 00:30+00:00, a query by the instant finds the row whose offset happens to be that of the parameter, Distinct and
# GroupBy give three, and a unique index takes all of them. In C# it is one. A reading sent once by a gateway in local time and once in UTC is stored twice.
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
var instant = new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);
var stored = new[] { 2, 1, 0 }.Select(hours => instant.ToOffset(TimeSpan.FromHours(hours))).ToArray();
try
{
    database.AddRange(stored.Select(at => new Reading { At = at }));
    database.SaveChanges();
    Console.WriteLine("the unique index took all three");
}
catch (DbUpdateException)
{
    Console.WriteLine("the unique index took one");
}

Console.WriteLine($"==: {database.Rows.Count(row => row.At == instant)} of 3 rows, in C# {stored.Count(at => at == instant)}");
Console.WriteLine($"== from the other side: {database.Rows.Count(row => row.At == stored[1])} of 3 rows");
Console.WriteLine($"Contains: {database.Rows.Count(row => new[] { instant }.Contains(row.At))} of 3 rows, in C# {stored.Count(at => new[] { instant }.Contains(at))}");
Console.WriteLine($"Distinct: {database.Rows.Select(row => row.At).Distinct().Count()}, in C# {stored.Distinct().Count()}");
Console.WriteLine($"GroupBy: {database.Rows.GroupBy(row => row.At).Count()}, in C# {stored.GroupBy(at => at).Count()}");

internal sealed class Reading
{
    public int Id { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class Readings(DbContextOptions<Readings> options) : DbContext(options)
{
    public DbSet<Reading> Rows => Set<Reading>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Reading>().HasIndex(row => row.At).IsUnique();
}
CODE
seen="$(dotnet run -c Release 2>&1)"
echo "$seen"
expected='the unique index took all three
==: 1 of 3 rows, in C# 3
== from the other side: 1 of 3 rows
Contains: 1 of 3 rows, in C# 3
Distinct: 3, in C# 1
GroupBy: 3, in C# 1'
if [[ $seen != "$expected" ]]; then
  echo "This is no longer so." >&2
  exit 1
fi
