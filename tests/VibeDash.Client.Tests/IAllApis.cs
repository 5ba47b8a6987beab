using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests;

/// <summary>The APIs of all features, so that one substitute serves a page. Public for NSubstitute.</summary>
public interface IAllApis : ISensorApi, IHistoryApi, IAlertApi, IRuleApi, INoteApi, IBackupApi, IConnectionApi, IDeadLetterApi, IPersonApi, IAuditApi;
