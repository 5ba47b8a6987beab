using VibeDash.Core.People;

namespace VibeDash.Client.Ui;

/// <summary>English texts of roles and permissions.</summary>
public static class RoleText
{
    /// <summary>What a role may do.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Viewer => "Viewer: looks.",
        Role.Technician => "Technician: looks, answers alerts, writes notes.",
        Role.Engineer => "Engineer: as a technician, and rules, baselines, sensors, out of service.",
        Role.Administrator => "Administrator: as an engineer, and people, keys, backups, dead letters.",
        _ => role.ToString(),
    };

    /// <summary>What a permission of a key allows.</summary>
    public static string Of(Permission permission) => permission switch
    {
        Permission.View => "read",
        Permission.Act => "answer alerts and write notes",
        Permission.Configure => "change rules and sensors",
        Permission.Maintain => "make backups, replay dead letters",
        Permission.Administer => "administer",
        Permission.SendEvents => "send events",
        _ => permission.ToString(),
    };
}
