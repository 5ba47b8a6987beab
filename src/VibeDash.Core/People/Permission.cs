using System.Diagnostics.CodeAnalysis;

namespace VibeDash.Core.People;

/// <summary>What a person or a program may do. Each endpoint, hub and page asks for one of them.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "The word of the field; not an IPermission.")]
public enum Permission
{
    /// <summary>See sensors, history, alerts, rules and notes.</summary>
    View,

    /// <summary>Acknowledge, shelve, assign and comment on alerts; write notes.</summary>
    Act,

    /// <summary>Change rules, baselines, labels and ids of sensors, take machines out of service, evaluate history; see dead letters.</summary>
    Configure,

    /// <summary>Make and download backups; replay and delete dead letters.</summary>
    Maintain,

    /// <summary>Change people and keys; see the record of commands. Not for programs.</summary>
    Administer,

    /// <summary>Send events over HTTP.</summary>
    SendEvents,
}
