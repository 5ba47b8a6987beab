using ArchUnitNET.Domain;

namespace VibeDash.Server.Tests.House;

/// <summary>
/// The imports between the rooms of a project. Uses ArchUnitNET to read the assemblies, but not its slices, which treat a nested folder as a slice
/// beside its parent.
/// </summary>
/// <param name="imports">Importing room, imported room, and a type that imports.</param>
internal sealed class RoomGraph(IEnumerable<(string From, string To, string Type)> imports)
{
    private readonly (string From, string To, string Type)[] _imports = [.. imports.DistinctBy(import => (import.From, import.To)).OrderBy(import => (import.From, import.To))];

    /// <summary>The rooms of a project: the namespaces one level below its own.</summary>
    public static RoomGraph Of(Architecture house, string project) => new(
        from type in house.Types
        let room = Room(type, project)
        where room is not null
        from dependency in type.Dependencies
        let other = Room(dependency.Target, project)
        where other is not null && other != room
        select (room, other, type.Name));

    /// <summary>The rooms that a room imports.</summary>
    public IEnumerable<string> Imports(string room) => _imports.Where(import => import.From == room).Select(import => import.To);

    /// <summary>The imports on cycles, grouped by cycle, one per line; empty when rooms import each other one way.</summary>
    public IReadOnlyList<string> Circles() =>
    [
        .. _imports.Where(import => Reaches(import.To, import.From))
            .GroupBy(import => string.Join(' ', _imports.Select(other => other.From).Distinct().Where(room => Reaches(import.From, room) && Reaches(room, import.From))))
            .Select(circle => string.Join(", ", circle.Select(import => $"{import.From} -> {import.To} ({import.Type})"))),
    ];

    private bool Reaches(string from, string to)
    {
        var (seen, open) = (new HashSet<string>(), new Stack<string>([from]));
        while (open.TryPop(out var room))
        {
            foreach (var next in Imports(room))
            {
                if (next == to)
                    return true;
                if (seen.Add(next))
                    open.Push(next);
            }
        }

        return false;
    }

    private static string? Room(IType type, string project) =>
        type.Namespace?.FullName is { } name && name.StartsWith(project + ".", StringComparison.Ordinal) ? name[(project.Length + 1)..].Split('.')[0] : null;
}
