namespace VibeDash.Server.Hosting;

/// <summary>Section <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Runs a simulated fleet on the embedded broker. Default: on in Development, otherwise off; never publishes to another broker.</summary>
    public bool Enabled { get; set; }
}
