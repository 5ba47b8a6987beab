using Microsoft.EntityFrameworkCore;
using VibeDash.Core.People;

namespace VibeDash.Server.Storage;

/// <summary>Queries for who is limited to places. Locations are compared by their parts, which the database does not know.</summary>
internal static class PlaceQueries
{
    /// <summary>Location of a sensor; null when it is not known.</summary>
    public static Task<string?> LocationAsync(this VibeDashContext context, string sensorId, CancellationToken cancellationToken) =>
        context.Sensors.AsNoTracking().Where(sensor => sensor.SensorId == sensorId).Select(sensor => sensor.Location).FirstOrDefaultAsync(cancellationToken);

    /// <summary>True when a sensor, or the subject of an alert, may be seen. Without a limit everything may, whether it is known or not.</summary>
    public static async Task<bool> ShowsAsync(this VibeDashContext context, PlaceLimit? limit, string subject, CancellationToken cancellationToken) =>
        limit is null || limit.Shows(subject, await context.LocationAsync(subject, cancellationToken));

    /// <summary>The alerts that may be seen.</summary>
    public static IQueryable<AlertRow> Seen(this VibeDashContext context, PlaceLimit? limit)
    {
        var alerts = context.Alerts.AsNoTracking();
        if (limit is null)
            return alerts;
        var sensors = context.Sensors.AsNoTracking().Select(sensor => new { sensor.SensorId, sensor.Location }).ToList();
        var common = context.Alerts.AsNoTracking().Where(alert => EF.Functions.Like(alert.SensorId, "%/%")).Select(alert => alert.SensorId).Distinct().ToList();
        string[] subjects = [.. sensors.Where(sensor => limit.Covers(sensor.Location)).Select(sensor => sensor.SensorId), .. common.Where(subject => limit.Shows(subject, null))];

        // One parameter for all: SQLite has a limit of them.
        return alerts.Where(alert => EF.Parameter(subjects).Contains(alert.SensorId));
    }
}
