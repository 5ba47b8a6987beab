namespace VibeDash.Server.Hosting;

/// <summary>Section <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Let a simulated fleet send to the embedded broker. On in Development, else off; never sends to another broker.</summary>
    public bool Enabled { get; set; }
}
