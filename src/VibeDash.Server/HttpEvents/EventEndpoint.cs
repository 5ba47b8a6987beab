using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.HttpEvents;

/// <summary>Events API.</summary>
internal static class EventEndpoint
{
    /// <summary>Registers the intake of posted events.</summary>
    public static IServiceCollection AddHttpEvents(this IServiceCollection services) => services.AddSingleton<EventIntake>();

    /// <summary>Maps <c>POST events</c>.</summary>
    public static RouteGroupBuilder MapEvents(this RouteGroupBuilder api)
    {
        api.MapPost("events", (HttpContext context, EventIntake intake) => intake.PostAsync(context))
            .Requires(Permission.SendEvents)
            .WithMetadata(new RequestSizeLimitAttribute(PostedBody.MaximumBytes), new ReadsContentType())
            .Produces<EventsResult>(StatusCodes.Status202Accepted)
            .Produces<EventsResult>(StatusCodes.Status422UnprocessableEntity)
            .Refuses(
                RefusalCode.BodyMalformed, RefusalCode.BodyNotReceived, RefusalCode.BodyTooLong, RefusalCode.ContentTypeUnsupported, RefusalCode.ServerBusy, RefusalCode.StorageUnavailable)
            .WithTags("Events")
            .WithSummary("Stores and evaluates events, and answers when they are on disk. 202 when at least one was stored or is a duplicate, 422 when all were rejected.")
            .WithDescription(
                $"""
                The answer has one entry for each event, in order: `stored`, `duplicate`, or `rejected` with reason and detail; what is rejected is also
                among the dead letters, under the topic `{PostedEvents.Topic}`. The body is one event or an array of events (`{PostedBody.Json}`), an event a line
                (`{PostedBody.JsonLines}`), a CloudEvent 1.0 in structured mode whose data is an event (`{PostedBody.CloudEventJson}`), or an array of those
                (`{PostedBody.CloudEventBatchJson}`). At most {PostedBody.MaximumBytes / 1024 / 1024} MiB and {PostedEvents.MaximumEvents:N0} events a request, else 413; at most 64 KiB an event, else that event is
                rejected. A body that is malformed as a whole stores nothing: 400.

                429 (the server is behind) and 503 (nothing can be stored) carry `Retry-After`. Send the same request again: nothing is lost, and what was
                stored of it meanwhile is recognised as duplicate.
                """)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        [PostedBody.Json] = new() { Example = Example() },
                        [PostedBody.JsonLines] = new(),
                        [PostedBody.CloudEventJson] = new(),
                        [PostedBody.CloudEventBatchJson] = new(),
                    },
                };
                return Task.CompletedTask;
            });
        return api;
    }

    private static System.Text.Json.Nodes.JsonNode? Example() => System.Text.Json.Nodes.JsonNode.Parse(
        """
        {
          "eventId": "a1b2c3d4-5678-90ef-ghij-klmnopqrstuv", "eventType": "VibrationRecorded", "timestamp": "2023-09-29T16:30:25Z",
          "source": "VibrationSensor", "sensorLocation": "Motor Assembly Line B, Conveyor Unit 4", "version": "v1.2",
          "data": { "sensorId": "VB-42345", "vibrationLevel": 12.5, "baselineVibrationLevel": 4.0, "unit": "m/s²", "difference": 8.5 },
          "metadata": { "model": "VibroMonitor Pro X1", "calibrationDate": "2023-06-15" },
          "systemMessage": "Vibration level recorded exceeds the acceptable threshold. Immediate inspection required."
        }
        """);
}
