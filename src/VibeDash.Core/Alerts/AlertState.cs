namespace VibeDash.Core.Alerts;

/// <summary>State of an alert, derived from its <see cref="AlertFacts"/>: the alarm states of ISA-18.2 / IEC 62682.</summary>
public enum AlertState
{
    /// <summary>NORM: the condition does not hold, and nothing is left to acknowledge. The end of an alert.</summary>
    Normal,

    /// <summary>UNACK: the condition holds and is not acknowledged.</summary>
    Unacknowledged,

    /// <summary>RTNUN: the condition has ended and is not acknowledged.</summary>
    ReturnedUnacknowledged,

    /// <summary>ACKED: the condition holds and is acknowledged.</summary>
    Acknowledged,

    /// <summary>SHLVD: shelved by a user, with a reason and an end.</summary>
    Shelved,

    /// <summary>DSUPR: suppressed by design while the machine stands still.</summary>
    SuppressedByDesign,

    /// <summary>OOSRV: the sensor or its machine is out of service.</summary>
    OutOfService,
}
