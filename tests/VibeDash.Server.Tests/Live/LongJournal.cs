using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Live;

/// <summary>A server with an alert of which the journal tells 2,001 things.</summary>
public sealed class LongJournal : SharedServer
{
    private protected override async Task BegunAsync()
    {
        await StopServerAsync();
        await using (var context = new VibeDashContext(
                         new DbContextOptionsBuilder<VibeDashContext>().UseSqlite($"Data Source={Path.Combine(Folder, "vibedash.db")};Pooling=False").Options))
        {
            context.Alerts.Add(AlertRow.From(new(1, "VB-1", ConditionKind.BaselineMultiple)));
            context.AlertTransitions.AddRange(Enumerable.Range(1, 2001).Select(position => new AlertTransitionRow
            {
                Position = position, AlertId = 1, Trigger = AlertTrigger.Commented, From = AlertState.Normal, To = AlertState.Normal,
                At = DateTimeOffset.UnixEpoch.AddYears(56), By = "Ann", Note = "Seen",
            }));
            await context.SaveChangesAsync();
        }

        await StartServerAsync();
    }
}
