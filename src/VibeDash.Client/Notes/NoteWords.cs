using System.Globalization;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>What notes are called.</summary>
public static class NoteWords
{
    /// <summary>A kind of note.</summary>
    public static string Kind(NoteKind kind) => kind switch
    {
        NoteKind.MaintenanceDone => "Maintenance done",
        _ => "Remark",
    };

    /// <summary>What was done to a note.</summary>
    public static string Action(NoteAction action) => action switch
    {
        NoteAction.Added => "Written",
        NoteAction.Changed => "Changed",
        _ => "Deleted",
    };

    /// <summary>A length of time, to two digits or so: <c>43 s</c>, <c>25 min</c>, <c>24 h</c>, <c>7 d</c>.</summary>
    public static string Span(TimeSpan length) => length.TotalSeconds switch
    {
        < 120 => Whole(length.TotalSeconds, "s"),
        < 120 * 60 => Whole(length.TotalMinutes, "min"),
        < 72 * 3600 => Whole(length.TotalHours, "h"),
        _ => Whole(length.TotalDays, "d"),
    };

    private static string Whole(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0} {unit}");
}
