using VibeDash.Core.Faults;

namespace VibeDash.Server.Refusals;

/// <summary>Reads names of enumeration values in queries, case-insensitively; the framework's own binding is case-sensitive.</summary>
internal static class QueryName
{
    /// <summary>Reads a name; null when it is missing, or when it is unknown, which adds a fault.</summary>
    public static T? Read<T>(string field, string? name, List<FieldFault> faults)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (Enum.GetNames<T>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return Enum.Parse<T>(exact);
        faults.Add(new(field, FaultCode.NotOneOf, Enum.GetNames<T>()));
        return null;
    }
}
