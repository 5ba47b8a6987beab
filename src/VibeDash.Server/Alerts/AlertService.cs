using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Alerts;

/// <summary>Alerts and out-of-service entries, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class AlertService(
    AlertReader alerts, IDbContextFactory<VibeDashContext> contexts, EventQueue queue, IOptions<AlertOptions> options, IHttpContextAccessor request, TimeProvider time) : IAlertApi
{
    private DateTimeOffset Now => UnixMicroseconds.Now(time);

    /// <inheritdoc/>
    public Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) => alerts.FindAsync(query, Sight.Of(request).Limit, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default) => alerts.FindAsync(alertId, Sight.Of(request).Limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<Answer<AlertResult[]>> ActAsync(AlertAction action, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = Now;
        action = action with { Until = action.Until is { } until ? UnixMicroseconds.Whole(until) : null };
        return action.Fault(now, options.Value.MaximumShelving) is { } fault
            ? Refusal.Invalid(fault)
            : await queue.ExecuteAsync(new AlertCommand(action, actor, now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Answer<AlertBulkResult>> AcknowledgeAllAsync(AlertBulkAcknowledgement acknowledgement, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = Now;
        acknowledgement = acknowledgement with { Until = acknowledgement.Until is { } until ? UnixMicroseconds.Whole(until) : null };
        if (acknowledgement.Fault(now) is { } fault)
            return Refusal.Invalid(fault);

        // Whoever waits no longer gets all of it, as with one command.
        return await AcknowledgeMatchingCommand.AllAsync(acknowledgement, actor, now, command => queue.ExecuteAsync(command, CancellationToken.None)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await context.OutOfService.AsNoTracking().Where(entry => entry.ReturnedAt == null).OrderBy(entry => entry.At).ToArrayAsync(cancellationToken);
        if (Sight.Of(request).Limit is not { } limit)
            return all;
        var seen = new List<OutOfService>();
        foreach (var entry in all)
        {
            if (limit.Covers(entry.Machine ?? await context.LocationAsync(entry.SensorId!, cancellationToken)))
                seen.Add(entry);
        }

        return [.. seen];
    }

    /// <inheritdoc/>
    public async Task<Answer<OutOfService>> TakeOutOfServiceAsync(OutOfServiceRequest request, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return request.Fault(now) is { } fault ? Refusal.Invalid(fault) : await queue.ExecuteAsync(new TakeOutOfServiceCommand(request, actor, now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Answer<OutOfService>> ExtendOutOfServiceAsync(long id, OutOfServiceExtension extension, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return extension.Fault(now) is { } fault
            ? Refusal.Invalid(fault)
            : await queue.ExecuteAsync(new ExtendOutOfServiceCommand(id, UnixMicroseconds.Whole(extension.ExpectedEnd!.Value), actor, now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Answer<OutOfService>> ReturnToServiceAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        queue.ExecuteAsync(new ReturnToServiceCommand(id, actor, Now), cancellationToken);
}
