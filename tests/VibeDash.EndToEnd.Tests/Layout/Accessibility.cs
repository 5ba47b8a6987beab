using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Evaluates pages as those need them who see little, cannot use a mouse or have a small screen.</summary>
internal static class Accessibility
{
    /// <summary>Faults of the current page as text; empty for none.</summary>
    public static async Task<string[]> FindingsAsync(this Visitor visitor) =>
        [.. await visitor.Page.EvaluateAsync<string[]>(ReflowScript.Findings), .. await Axe.FindingsAsync(visitor.Page)];
}
