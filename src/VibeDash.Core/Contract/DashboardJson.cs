using System.Text.Json;
using System.Text.Json.Serialization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Contract;

/// <summary>JSON serialization of the wire contract, for both sides of HTTP and of the hub.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FleetSnapshot))]
[JsonSerializable(typeof(SensorSnapshot))]
[JsonSerializable(typeof(SensorSnapshot[]))]
[JsonSerializable(typeof(SensorTick[]))]
[JsonSerializable(typeof(AlertChange[]))]
[JsonSerializable(typeof(ServerStatus))]
[JsonSerializable(typeof(TrendHistory))]
[JsonSerializable(typeof(TrendHistory[]))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Note[]))]
[JsonSerializable(typeof(NoteChange[]))]
[JsonSerializable(typeof(NoteEdit))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(BackupStatus))]
[JsonSerializable(typeof(BackupRun))]
[JsonSerializable(typeof(FieldFault[]))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(AlertDetail))]
[JsonSerializable(typeof(AlertAction))]
[JsonSerializable(typeof(AlertResult[]))]
[JsonSerializable(typeof(AlertBulkAcknowledgement))]
[JsonSerializable(typeof(AlertBulkResult))]
[JsonSerializable(typeof(AlertRule))]
[JsonSerializable(typeof(RuleEdit))]
[JsonSerializable(typeof(RuleVersion[]))]
[JsonSerializable(typeof(RuleMatch[]))]
[JsonSerializable(typeof(LevelThreshold[]))]
[JsonSerializable(typeof(OutOfService[]))]
[JsonSerializable(typeof(OutOfServiceRequest))]
[JsonSerializable(typeof(OutOfServiceExtension))]
[JsonSerializable(typeof(SensorSettings))]
[JsonSerializable(typeof(RunLevelProposal))]
[JsonSerializable(typeof(HistoryEvaluation))]
[JsonSerializable(typeof(SensorChangeRequest))]
[JsonSerializable(typeof(SensorExtent))]
[JsonSerializable(typeof(DeadLetter[]))]
[JsonSerializable(typeof(DeadLetterGroup[]))]
[JsonSerializable(typeof(DeadLetterDetail))]
[JsonSerializable(typeof(DeadLetterSelection))]
[JsonSerializable(typeof(DeadLettersDeleted))]
[JsonSerializable(typeof(ReplayResult))]
[JsonSerializable(typeof(ReplayRun))]
[JsonSerializable(typeof(KeyValuePair<string, string>[]))]
[JsonSerializable(typeof(EventsResult))]
[JsonSerializable(typeof(SourceStatus[]))]
[JsonSerializable(typeof(ConnectionStatus[]))]
[JsonSerializable(typeof(CommandEntry[]))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
public sealed partial class DashboardJson : JsonSerializerContext;
