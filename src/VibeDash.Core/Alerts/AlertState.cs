namespace VibeDash.Core.Alerts;

/// <summary>Where an alert stands, derived from its <see cref="AlertFacts"/>: the alarm states of ISA-18.2 / IEC 62682.</summary>
public enum AlertState
{
    /// <summary>NORM: the condition does not hold, and nothing is left to acknowledge. The end of an alert.</summary>
    Normal,

    /// <summary>UNACK: the condition holds, and nobody has acknowledged it.</summary>
    Unacknowledged,

    /// <summary>RTNUN: the condition has ended, and nobody has acknowledged that there was one.</summary>
    ReturnedUnacknowledged,

    /// <summary>ACKED: the condition holds, and somebody has acknowledged it.</summary>
    Acknowledged,

    /// <summary>SHLVD: put aside by a person, with a reason and an end.</summary>
    Shelved,

    /// <summary>DSUPR: suppressed by design, as the machine stands still.</summary>
    SuppressedByDesign,

    /// <summary>OOSRV: the sensor or its machine is out of service.</summary>
    OutOfService,
}
