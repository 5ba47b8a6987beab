using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Alerts, actions on them, and sensors and machines that are out of service.</summary>
/// <remarks>
/// Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.
/// A refusal is a result, not an exception.
/// </remarks>
public interface IAlertApi
{
    /// <summary>Alerts that match a query, newest first.</summary>
    Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default);

    /// <summary>One alert with its journal; null when no alert has that id.</summary>
    Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default);

    /// <summary>Applies an action to alerts. Returns one result for each alert, in order.</summary>
    Task<Answer<AlertResult[]>> ActAsync(AlertAction action, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Acknowledges all alerts that match a filter, as one action.</summary>
    Task<Answer<AlertBulkResult>> AcknowledgeAllAsync(AlertBulkAcknowledgement acknowledgement, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The sensors and machines that are out of service, longest first.</summary>
    Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a sensor or machine out of service.</summary>
    Task<Answer<OutOfService>> TakeOutOfServiceAsync(OutOfServiceRequest request, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Sets another end of an out-of-service period.</summary>
    Task<Answer<OutOfService>> ExtendOutOfServiceAsync(long id, OutOfServiceExtension extension, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Returns a sensor or machine to service.</summary>
    Task<Answer<OutOfService>> ReturnToServiceAsync(long id, Actor actor, CancellationToken cancellationToken = default);
}
