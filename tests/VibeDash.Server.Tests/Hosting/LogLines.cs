using System.Globalization;
using Microsoft.Extensions.Logging;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A log that keeps its lines, each with its level.</summary>
internal sealed class LogLines : ILogger
{
    public List<string> Written { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Written.Add(string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)}"));
}
