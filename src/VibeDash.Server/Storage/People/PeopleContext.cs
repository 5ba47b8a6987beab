using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.People;

namespace VibeDash.Server.Storage.People;

/// <summary>
/// People, their sessions and the keys of programs, in a file of their own: signing in does not wait for the event loop's transaction, and a backup of
/// the history, which may be downloaded, holds no password hash.
/// </summary>
internal sealed class PeopleContext(DbContextOptions<PeopleContext> options) : IdentityUserContext<Person>(options)
{
    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<AccessKeyRow> Keys => Set<AccessKeyRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
        configurationBuilder.Properties<Role>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<SessionRow>(session =>
        {
            session.HasKey(row => row.Id);
            session.HasIndex(row => row.PersonId);
        });
        builder.Entity<AccessKeyRow>(key =>
        {
            key.HasKey(row => row.Id);
            key.Property(row => row.Permissions).HasConversion(
                permissions => string.Join(' ', permissions),
                text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>).ToArray(),
                new Microsoft.EntityFrameworkCore.ChangeTracking.ArrayStructuralComparer<Permission>());
        });
    }
}
