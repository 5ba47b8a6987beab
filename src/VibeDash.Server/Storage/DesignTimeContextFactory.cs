using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace VibeDash.Server.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> work without starting the server.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<VibeDashContext>
{
    public VibeDashContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<VibeDashContext>().UseSqlite("Data Source=design-time.db").Options);
}
