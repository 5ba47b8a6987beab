using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Data;

namespace VibeDash.Server.Operations;

/// <summary>
/// Does on another processor, early, what takes long and needs nothing of what a start otherwise waits for. What it finds is what the framework keeps and
/// then has at hand; what fails here fails again where it belongs, and is said there.
/// </summary>
internal static class HeadStart
{
    /// <summary>Lets EF Core work out its model, which depends on no configuration.</summary>
    public static void WorkOutModel() => _ = Task.Run(() =>
    {
        using var context = new VibeDashContext(new DbContextOptionsBuilder<VibeDashContext>().UseSqlite().Options);
        return context.Model;
    });
}
