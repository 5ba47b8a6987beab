namespace VibeDash.Client.Ui;

/// <summary>How a sensor stands; a higher value comes first on the page.</summary>
public enum SensorCondition
{
    /// <summary>Sends, and has no open alert.</summary>
    Normal,

    /// <summary>Silent for longer than its cadence explains, and no open alert.</summary>
    Stale,

    /// <summary>Said to be out of reach by its broker or gateway, and no open alert.</summary>
    Offline,

    /// <summary>An open alert of severity Advisory.</summary>
    Advisory,

    /// <summary>An open alert of severity Warning.</summary>
    Warning,

    /// <summary>An open alert of severity Critical.</summary>
    Critical,
}
